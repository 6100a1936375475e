"""How each field of a form looks in Slack, how it is read back, and how words of Slack's become plain ones."""

import pytest

from adapters.shapes import Json, inner, objects
from adapters.slack.inbound import plain
from adapters.slack.render_form import drawn_form, error_blocks, read_form, refilled
from bot.chat.cards import Text
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from tests.doubles.slack.seen import seen_blocks, state_of

FEW = (("a", "First"), ("b", "Second"))
MANY = tuple((str(number), f"Hour {number}") for number in range(6))


def view_of(*fields: Field, title: str = "A form") -> Json:
    return drawn_form(Form("hours.book/1", title, fields, "Send", "hidden"))


def element_of(field: Field) -> Json:
    (block,) = objects(view_of(field), "blocks")
    return inner(block, "element")


def sent(view: Json, **filled: str) -> Json:
    """The modal as it comes back."""
    return {**view, "state": {"values": state_of(view["blocks"], filled)}}  # type: ignore[arg-type]


def test_a_form_is_a_modal_with_what_to_know_first_and_what_it_hides() -> None:
    view = drawn_form(Form("hours.book/1", "Book", (TextField("about", "About"),), "Book", "mark", (Text("Read."),)))
    assert (view["callback_id"], view["private_metadata"]) == ("hours.book/1", "mark")
    assert (view["submit"], view["close"]) == (
        {"type": "plain_text", "text": "Book", "emoji": False},
        {"type": "plain_text", "text": "Cancel", "emoji": False},
    )
    assert seen_blocks(view["blocks"]) == "Read.\n\nAbout:"  # type: ignore[arg-type]


def test_a_long_title_of_a_form_is_a_header_too() -> None:
    view = view_of(TextField("a", "A"), title="What do you do in your daily work?")
    assert seen_blocks(view["blocks"]).startswith("What do you do in your daily work?")  # type: ignore[arg-type]


def test_words_have_as_many_letters_as_their_field_and_slack_take() -> None:
    short = element_of(TextField("a", "A", initial="begun", most=300, multiline=True))
    assert short == {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": 300,
        "initial_value": "begun",
        "action_id": "a",
    }
    assert element_of(TextField("a", "A", initial="word " * 100, most=20))["initial_value"] == "word word word…"
    assert element_of(TextField("a", "A", most=9_000))["max_length"] == 3_000


def test_few_choices_are_radio_buttons_and_many_are_a_menu() -> None:
    few, many = element_of(ChoiceField("a", "A", FEW, initial="b")), element_of(ChoiceField("a", "A", MANY))
    assert few["type"] == "radio_buttons"
    assert few["initial_option"] == list(objects(few, "options"))[1]
    assert many["type"] == "static_select"
    assert "initial_option" not in many
    assert element_of(ChoiceField("a", "A", (("a", "x" * 61),)))["type"] == "static_select"


def test_a_choice_of_nothing_says_so_and_a_form_of_nothing_else_cannot_be_sent() -> None:
    view = view_of(ChoiceField("slot", "When"))
    assert seen_blocks(view["blocks"]) == "When: nothing to choose from."  # type: ignore[arg-type]
    assert "submit" not in view


def test_days_times_people_and_boxes() -> None:
    assert element_of(DateField("a", "A", initial="2026-11-24"))["initial_date"] == "2026-11-24"
    assert element_of(DateField("a", "A")) == {"type": "datepicker", "action_id": "a"}
    assert element_of(TimeField("a", "A", initial="09:30:00"))["initial_time"] == "09:30"
    assert element_of(TimeField("a", "A")) == {"type": "timepicker", "action_id": "a"}
    assert element_of(PersonField("a", "A", initial="slack:T1:U1"))["initial_user"] == "U1"
    assert element_of(PersonField("a", "A", initial="teams:t:u")) == {"type": "users_select", "action_id": "a"}
    box = element_of(ToggleField("a", "A", initial="yes"))
    assert box["initial_options"] == box["options"]
    assert "initial_options" not in element_of(ToggleField("a", "A"))


def test_a_hint_stands_below_and_an_empty_one_nowhere() -> None:
    hinted, bare = objects(
        view_of(TextField("a", "A", hint="Six words."), TextField("b", "B", hint="\u200b")), "blocks"
    )
    assert hinted["hint"] == {"type": "plain_text", "text": "Six words.", "emoji": False}
    assert "hint" not in bare


ALL = (
    TextField("words", "Words"),
    ChoiceField("few", "Few", FEW),
    ChoiceField("many", "Many", MANY),
    DateField("day", "Day"),
    TimeField("time", "Time"),
    PersonField("host", "Host"),
    ToggleField("box", "Box"),
)
FILLED = {
    "Words": "Hello",
    "Few": "Second",
    "Many": "Hour 3",
    "Day": "2026-11-24",
    "Time": "09:30",
    "Host": "U1",
    "Box": "yes",
}


def test_what_was_filled_in_is_read_and_stays_where_it_was_wrong() -> None:
    view = sent(view_of(*ALL), **FILLED)
    expected = {"words": "Hello", "few": "b", "many": "3", "day": "2026-11-24", "time": "09:30"}
    assert read_form(view, "T1") == ("hours.book/1", {**expected, "host": "slack:T1:U1", "box": "yes"}, "hidden")
    again = refilled(view, "This hour is taken.")
    assert seen_blocks(again["blocks"]).startswith("⚠ This hour is taken.\n\nWords: Hello")  # type: ignore[arg-type]
    assert read_form(sent(again), "T1") == read_form(view, "T1")
    twice = refilled(sent(again), "It still is.")
    assert "This hour is taken." not in seen_blocks(twice["blocks"])  # type: ignore[arg-type]


def test_what_was_left_empty_is_read_as_empty_and_stays_empty() -> None:
    fields = (TextField("a", "A", required=False, initial="begun"), PersonField("b", "B", required=False))
    view = sent(view_of(*fields, ToggleField("c", "C")), A="")
    assert read_form(view, "T1")[1] == {"a": "", "b": "", "c": ""}
    assert "begun" not in str(refilled(view, "Once more."))


def test_an_input_that_is_none_of_ours_is_refused_and_left_as_it_is() -> None:
    with pytest.raises(ValueError, match="no kind"):
        read_form({"state": {"values": {"a": {"a": {"type": "file_input"}}}}}, "T1")
    block = {"type": "input", "block_id": "a", "element": {"type": "file_input", "action_id": "a"}}
    assert refilled({"type": "modal", "blocks": [block]}, "") == {"type": "modal", "blocks": [block]}


def test_a_problem_with_nothing_in_it_is_not_drawn() -> None:
    assert (
        drawn_form(Form("a.b/1", "A", (TextField("a", "A"),), "Send"), "\u200b")["blocks"]
        == view_of(TextField("a", "A"))["blocks"]
    )


def test_errors_stand_at_their_fields_and_others_at_the_first() -> None:
    view = view_of(TextField("a", "A"), TextField("b", "B"))
    assert error_blocks({"b": "Too long."}, view) == {"b": "Too long."}
    assert error_blocks({"a": "Empty.", "": "It is full.", "gone": "Nobody."}, view) == {
        "a": "Empty. It is full. Nobody."
    }
    assert error_blocks({"": "Closed."}, {"blocks": []}) == {"": "Closed."}


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("is <https://example.org|this page> fair?", "is this page fair?"),
        ("see <https://example.org/a>", "see https://example.org/a"),
        ("ask <@U1|mira>", "ask @mira"),
        ("ask <@U1> now", "ask  now"),
        ("in <#C1|general>", "in general"),
        ("in <#C1>", "in"),
        ("hey <!here>", "hey here"),
        ("hey <!subteam^S1>", "hey"),
        ("hey <!subteam^S1|@legal>", "hey @legal"),
        ("on <!date^1392734382^{date}|18 Feb>", "on 18 Feb"),
        ("2 &lt; 3 &amp;&amp; 4 &gt; 3", "2 < 3 && 4 > 3"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("&amp;lt;", "&lt;"),
        (" <b> ", "b"),
    ],
)
def test_slacks_markup_is_read_as_what_people_saw(written: str, seen: str) -> None:
    assert plain(written) == seen
