"""What a client shows of a card, in plain words: no marks, nothing that is hidden, every button in brackets."""

import pytest

from tests.doubles.faces import adaptive, bar, box, choices, execute, field, letters, submit, toggle, words
from tests.doubles.teams.seen import controls, plain, seen_card
from tests.doubles.teams.shapes import Json

LINK: Json = {"type": "Action.OpenUrl", "url": "https://example.org"}
COLUMNS: Json = {"type": "ColumnSet", "columns": [{"items": [letters("State")]}, {"items": [letters("open")]}]}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**Bold** and _slanted_", "Bold and slanted"),
        ("[words](https://example.org/a)", "words (https://example.org/a)"),
        ("- one\r- two", "• one\n• two"),
        ("1. one\n2. two", "1. one\n2. two"),
        (r"5 \* 5 \_x\_ &amp; more", "5 * 5 _x_ & more"),
        ("# No heading", "# No heading"),
        ("`code` <b>x</b> ![x](https://a.example)", "`code` <b>x</b> !x (https://a.example)"),
        ("one\n\ntwo", "one\ntwo"),
    ],
)
def test_marks_of_a_text_block_are_not_seen(text: str, seen: str) -> None:
    assert plain(text) == seen


@pytest.mark.parametrize(
    ("element", "seen"),
    [
        (letters("*as* [it](https://is.example)"), "*as* [it](https://is.example)"),
        (letters("words", selectAction=LINK), "words (https://example.org)"),
        ({"type": "RichTextBlock", "inlines": ["plain"]}, "plain"),
        ({"type": "FactSet", "facts": [{"title": "State", "value": "open"}]}, "State: open"),
        ({"type": "Image", "url": "https://example.org/a.png", "altText": "A bridge"}, "Picture: A bridge"),
        (bar(execute("One"), submit("Two")), "[One] [Two]"),
        (box(letters("One"), letters("Two")), "One\nTwo"),
        (box(letters("Fairness"), letters("Equal chances"), selectAction=execute("Fairness")),
         "[Fairness]\nEqual chances"),
        (COLUMNS, "State  open"),
        (field(value="begun"), "Name: begun"),
        (field("ChoiceSet", choices=choices("a"), value="a"), "Name: A"),
        (box(letters("Really?"), id="q", isVisible=False), ""),
    ],
)  # fmt: skip
def test_an_element_is_seen_as_a_client_shows_it(element: Json, seen: str) -> None:
    assert seen_card(adaptive(element)) == seen


def test_what_was_made_to_appear_is_seen_and_can_be_pressed() -> None:
    card = adaptive(
        bar(toggle("Close", "q", True)), box(letters("Really?"), bar(execute("Yes")), id="q", isVisible=False)
    )
    assert [each.label for each in controls(card)] == ["Close"]
    assert seen_card(card, {"q": True}) == "[Close]\n\nReally?\n[Yes]"
    assert [each.label for each in controls(card, {"q": True})] == ["Close", "Yes"]


def test_the_buttons_of_the_whole_card_stand_last() -> None:
    card = adaptive(bar(execute("One")), words("Words"), actions=[execute("Two")])
    assert seen_card(card) == "[One]\n\nWords\n\n[Two]"
    assert [each.label for each in controls(card)] == ["One", "Two"]
