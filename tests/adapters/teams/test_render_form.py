"""How a form and each of its fields look in Teams."""

from dataclasses import replace

import pytest

from adapters.shapes import Json, inner, objects, word
from adapters.teams.render import size
from adapters.teams.render_form import LEFT_OUT, STANDS_BELOW, drawn_form, refilled, title_of
from adapters.teams.shape import unpacked
from bot.chat.cards import Quote, Text
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from tests.adapters.teams.forms import FEW, MANY, card_of
from tests.adapters.teams.looking import actions, inputs, problems_of, seen, sent


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


def preview(words: str) -> Form:
    fields = (TextField("words", "Words", initial=words, multiline=True),)
    return Form("a.b/1", "Before it is sent", fields, "Send", intro=(Text("So:"), Quote(words)), ready=True)


@pytest.mark.parametrize("letter", ["😀", "漢", '"', "a\n"])
def test_a_preview_of_the_longest_words_is_shown_whole(letter: str) -> None:
    words = (letter * 2_000)[:1_999] + "z"
    card = drawn_form(preview(words))
    assert problems_of(card, "dialog") == []
    assert [each["value"] for each in inputs(card)] == [words]
    assert seen(card).count("z") == 2


def test_a_preview_with_more_than_fits_says_where_all_of_it_stands() -> None:
    options = tuple((str(number), "語" * 30) for number in range(100))
    form = preview("😀" * 2_000)
    card = drawn_form(replace(form, fields=(*form.fields, ChoiceField("system", "System", options))))
    assert problems_of(card, "dialog") == []
    assert STANDS_BELOW in seen(card)
    assert inputs(card)[0]["value"] == "😀" * 2_000


def test_a_preview_is_not_carried_along_nor_shown_above_words_that_were_changed() -> None:
    card = drawn_form(preview("My old words."))
    data = sent(card, {"words": "My new words."})
    assert "My old words." not in str(unpacked(word(data, "rai", "shape")))
    again = refilled(data, {"words": "Shorter, please."})
    assert "My old words." not in str(again)
    assert inputs(again)[0]["value"] == "My new words."
    assert title_of(sent(again, {})) == "Before it is sent"
