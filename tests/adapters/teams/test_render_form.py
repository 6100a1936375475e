"""How each field of a form looks in Teams, how it is read back, and how it comes back with what is wrong."""

import base64
import json
import zlib

import pytest

from adapters.shapes import Json, inner, objects, word
from adapters.teams.render import size
from adapters.teams.render_form import LEFT_OUT, drawn_form, read_form, refilled, title_of
from adapters.teams.shape import DEEPEST, LARGEST
from bot.chat.cards import Quote, Text
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from tests.adapters.teams.looking import actions, elements, inputs, problems_of, seen, sent

FEW = (("a", "First"), ("b", "Second"))
MANY = tuple((str(number), f"Hour {number}") for number in range(6))


def card_of(*fields: Field, title: str = "A form") -> Json:
    card = drawn_form(Form("hours.book/1", title, fields, "Send", "hidden"))
    assert problems_of(card, "dialog") == []
    return card


def input_of(field: Field) -> Json:
    (drawn,) = inputs(card_of(field))
    return drawn


def test_a_form_is_what_to_know_its_fields_and_a_button_that_carries_what_it_hides() -> None:
    card = drawn_form(Form("hours.book/1", "Book", (TextField("about", "About"),), "Book it", "mark", (Text("Read."),)))
    assert seen(card) == "Read.\nAbout"
    (send,) = actions(card)
    assert (send["type"], send["title"], send["style"]) == ("Action.Submit", "Book it", "positive")
    carried = inner(send, "data", "rai")
    assert (carried["form"], carried["hidden"]) == ("hours.book/1", "mark")
    assert card["fallbackText"] == "Book\nAbout"


def test_a_long_title_of_a_form_is_a_headline_too_and_comes_back_for_its_frame() -> None:
    title = "What do you do in your daily work, and at which stage of the product do you do it?"
    card = card_of(TextField("a", "A"), title=title)
    assert seen(card).startswith(title)
    assert title_of(sent(card, {})) == title
    assert title_of(sent(card_of(TextField("a", "A")), {})) == "A form"


def test_words_have_as_many_letters_as_their_field_takes() -> None:
    assert input_of(TextField("a", "A", initial="begun", most=300, multiline=True)) == {
        "type": "Input.Text",
        "id": "a",
        "label": "A",
        "isRequired": True,
        "errorMessage": "Please fill this in.",
        "maxLength": 300,
        "isMultiline": True,
        "value": "begun",
    }
    assert input_of(TextField("a", "A", initial="word " * 100, most=20))["value"] == "word word word…"
    assert "isRequired" not in input_of(TextField("a", "A", required=False))


def test_few_choices_stand_one_under_the_other_and_many_in_a_menu() -> None:
    few, many = input_of(ChoiceField("a", "A", FEW, initial="b")), input_of(ChoiceField("a", "A", MANY))
    assert (few["style"], few["value"], "placeholder" in few) == ("expanded", "b", False)
    assert (many["style"], many["placeholder"], "value" in many) == ("compact", "Choose one", False)
    assert input_of(ChoiceField("a", "A", (("a", "x" * 61),)))["style"] == "compact"
    assert "value" not in input_of(ChoiceField("a", "A", FEW, initial="gone"))


def test_a_choice_that_could_be_read_as_marks_is_in_a_menu_which_draws_letters() -> None:
    drawn = input_of(ChoiceField("a", "A", (("a", "With *Jonas* {{DATE(x)}}"),)))
    assert drawn["style"] == "compact"
    assert next(objects(drawn, "choices"))["title"] == "With *Jonas* {\u200b{DATE(x)}}"


def test_a_choice_of_nothing_says_so_and_a_form_of_nothing_else_cannot_be_sent() -> None:
    card = card_of(ChoiceField("slot", "When"))
    assert seen(card) == "When: nothing to choose from."
    assert list(actions(card)) == []


def test_a_menu_of_very_many_long_choices_has_room_in_one_card() -> None:
    options = tuple((str(number), "語" * 90 + str(number)) for number in range(300))
    drawn = input_of(ChoiceField("a", "A", options, initial="5"))
    choices = list(objects(drawn, "choices"))
    assert (len(choices), drawn["value"]) == (100, "5")
    assert size(choices) < 12_000


def test_days_times_people_and_boxes() -> None:
    assert input_of(DateField("a", "A", initial="2026-11-24"))["value"] == "2026-11-24"
    assert input_of(TimeField("a", "A", initial="09:30:00"))["value"] == "09:30"
    person = input_of(PersonField("a", "A", initial="teams:t1:0a-1b"))
    assert (person["type"], person["value"], person["choices"]) == ("Input.ChoiceSet", "0a-1b", [])
    assert person["choices.data"] == {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    assert "value" not in input_of(PersonField("a", "A", initial="slack:T1:U1"))
    box = input_of(ToggleField("a", "Tell me", initial="yes"))
    assert (box["title"], box["value"], box["valueOn"], box["valueOff"]) == ("Tell me", "yes", "yes", "no")


@pytest.mark.parametrize(("came", "read"), [("yes", "yes"), ("no", ""), ("false", ""), ("", "")])
def test_a_box_that_is_not_ticked_is_empty_whatever_a_client_sends_for_that(came: str, read: str) -> None:
    filled = sent(card_of(TextField("a", "A"), ToggleField("box", "Box")), {"a": "words", "box": came})
    assert read_form(filled, "t1")[1] == {"a": "words", "box": read}
    again = inputs(refilled(filled, {"a": "Other words, please."}))[1]
    assert again.get("value", "") == read


def test_every_kind_of_field_says_what_is_missing_in_its_own_words() -> None:
    fields = (
        ChoiceField("a", "A", FEW),
        DateField("b", "B"),
        TimeField("c", "C"),
        PersonField("d", "D"),
        ToggleField("e", "E", required=True),
    )
    assert [each["errorMessage"] for each in inputs(card_of(*fields))] == [
        "Please choose one of the options.",
        "Please choose a day.",
        "Please choose a time.",
        "Please choose a person.",
        "Please tick the box.",
    ]


@pytest.mark.parametrize("field", [ToggleField("a", "Is *it*?"), ToggleField("a", "Agreed", required=True)])
def test_a_box_that_must_be_ticked_or_could_be_read_as_marks_has_a_label_of_letters(field: ToggleField) -> None:
    drawn = input_of(field)
    assert (drawn["label"], drawn["title"]) == (field.label, "Yes")


def test_a_hint_stands_below_and_an_empty_one_nowhere() -> None:
    card = card_of(TextField("a", "A", hint="Six *words*."), TextField("b", "B", hint="\u200b"))
    assert seen(card) == "A\nSix *words*.\nB"


def test_what_to_know_is_cut_where_it_would_fill_the_window() -> None:
    form = Form("a.b/1", "A", (TextField("a", "A"),), "Send", intro=(Quote("語 " * 2_000), Quote("word " * 2_000)))
    card = drawn_form(form)
    assert problems_of(card, "dialog") == []
    assert LEFT_OUT in seen(card)


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
    "words": "Hello",
    "few": "b",
    "many": "3",
    "day": "2026-11-24",
    "time": "09:30",
    "host": "0a1b",
    "box": "yes",
}


def test_what_was_filled_in_is_read() -> None:
    data = sent(card_of(*ALL), FILLED)
    assert read_form(data, "t1") == ("hours.book/1", {**FILLED, "host": "teams:t1:0a1b"}, "hidden")


def test_a_field_that_teams_leaves_out_is_empty_and_what_is_no_field_is_not_read() -> None:
    data = {**sent(card_of(*ALL), {}), "stranger": "x"}
    for name in FILLED:
        data.pop(name, None)
    assert read_form({**data, "words": None}, "t1")[1] == dict.fromkeys(FILLED, "")


def test_what_was_wrong_stands_below_its_field_and_what_was_typed_stays() -> None:
    data = sent(card_of(*ALL), FILLED)
    again = refilled(data, {"many": "This hour is taken.", "gone": "Please look again.", "": "Nothing was sent."})
    assert problems_of(again, "dialog") == []
    lines = seen(again).splitlines()
    assert lines[:2] == ["Please look again.", "Nothing was sent."]
    shown = list(elements(again))
    at = next(number for number, each in enumerate(shown) if each.get("id") == "many")
    assert seen({"items": [shown[at + 1]]}) == "This hour is taken."
    assert {run["color"] for run in objects(shown[at + 1], "inlines")} == {"attention"}
    assert read_form(sent(again, {}), "t1") == read_form(data, "t1")
    twice = refilled(sent(again, {}), {"day": "That day is over."})
    assert "This hour is taken." not in seen(twice)
    assert "Please look again." not in seen(twice)


def test_what_was_left_empty_stays_empty() -> None:
    card = card_of(TextField("a", "A", required=False, initial="begun"), ToggleField("b", "B", initial="yes"))
    again = refilled(sent(card, {"a": "", "b": ""}), {"a": "Once more."})
    assert "begun" not in str(again)
    assert read_form(sent(again, {}), "t1")[1] == {"a": "", "b": ""}


def test_what_went_wrong_before_stands_on_top_and_not_in_what_comes_next() -> None:
    card = drawn_form(Form("a.b/1", "A", (TextField("a", "A"),), "Send"), problem="Please try <at>again</at>.")
    top = next(objects(card, "body"))
    assert (top["style"], seen(top).replace("\n", "")) == ("attention", "Please try <at>again</at>.")
    assert seen(refilled(sent(card, {}), {})) == "A"


def packed(found: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(found).encode())).decode()


def deep(levels: int) -> object:
    found: object = {}
    for _ in range(levels):
        found = {"items": [found]}
    return found


BODY = [{"type": "TextBlock", "text": "x"}]


@pytest.mark.parametrize(
    "rai",
    [
        None,
        "form",
        {},
        {"press": "hours.book/1", "data": ""},
        {"form": "hours.book/1", "hidden": ""},
        {"form": "no name", "hidden": "", "shape": packed({"body": BODY})},
        {"form": "hours.book/1", "hidden": 1, "shape": packed({"body": BODY})},
        {"form": "hours.book/1", "hidden": "", "shape": ["x"]},
        {"form": "hours.book/1", "hidden": "", "shape": ""},
        {"form": "hours.book/1", "hidden": "", "shape": "語"},
        {"form": "hours.book/1", "hidden": "", "shape": "no base64"},
        {"form": "hours.book/1", "hidden": "", "shape": base64.b64encode(b"no zlib").decode()},
        {"form": "hours.book/1", "hidden": "", "shape": packed({"body": BODY})[:24]},
        {"form": "hours.book/1", "hidden": "", "shape": packed([])},
        {"form": "hours.book/1", "hidden": "", "shape": packed({"body": []})},
        {"form": "hours.book/1", "hidden": "", "shape": packed({"body": [deep(DEEPEST)]})},
        {"form": "hours.book/1", "hidden": "", "shape": packed({"body": [{"text": "x" * LARGEST}]})},
        {"form": "hours.book/1", "hidden": "", "shape": base64.b64encode(zlib.compress(b"[" * 90_000)).decode()},
    ],
)
def test_what_is_no_form_of_ours_is_told(rai: object) -> None:
    data = {"rai": rai, "words": "Hello"}
    for read in (lambda: read_form(data, "t1"), lambda: refilled(data, {}), lambda: title_of(data)):
        with pytest.raises(ValueError, match="form"):
            read()


def test_a_value_that_is_no_text_is_told() -> None:
    data = {**sent(card_of(*ALL), {}), "words": ["x"]}
    for read in (lambda: read_form(data, "t1"), lambda: refilled(data, {})):
        with pytest.raises(ValueError, match="no text"):
            read()


def test_a_form_carries_its_shape_in_little_room() -> None:
    (send,) = actions(card_of(*ALL))
    assert len(word(send, "data", "rai", "shape")) < 1_200
