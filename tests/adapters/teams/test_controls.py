"""How buttons look in Teams, what each sends, and how a press is read."""

import pytest

from adapters.shapes import Json, inner, objects, word
from adapters.teams.controls import drawn_buttons, read_press
from bot.chat.actions import Pressed
from bot.chat.cards import Button, Confirm
from tests.adapters.teams.looking import problems_of, seen
from tests.doubles.teams.cards import Surface

GO = Pressed("hours.book/1", "{}")
CARRIED = {"rai": {"press": "hours.book/1", "data": "{}"}}
ASK = Confirm("Cancel this hour?", "Cancel it", "Keep it")


def drawn(*buttons: Button, surface: Surface = "message", first: int = 0) -> list[Json]:
    shown = drawn_buttons(buttons, first, surface)
    card: Json = {"type": "AdaptiveCard", "version": "1.5", "fallbackText": "Buttons", "body": shown}
    assert problems_of(card, surface) == []
    return shown


def titles(element: Json) -> list[str]:
    return [word(each, "title") for each in objects(element, "actions")]


def test_a_button_is_executed_and_sent_as_before_by_clients_that_know_no_other_way() -> None:
    (row,) = drawn(Button("Book", GO, "primary"))
    assert list(objects(row, "actions")) == [
        {
            "type": "Action.Execute",
            "title": "Book",
            "style": "positive",
            "verb": "hours.book/1",
            "data": CARRIED,
            "fallback": {"type": "Action.Submit", "title": "Book", "style": "positive", "data": CARRIED},
        }
    ]


def test_a_button_that_opens_a_form_says_so_while_it_is_drawn() -> None:
    (row,) = drawn(Button("Book", GO, opens_form=True))
    assert list(objects(row, "actions")) == [
        {"type": "Action.Submit", "title": "Book", "data": {"msteams": {"type": "task/fetch"}, **CARRIED}}
    ]


@pytest.mark.parametrize("opens_form", [True, False])
def test_in_a_dialog_every_button_is_submitted(opens_form: bool) -> None:
    (row,) = drawn(Button("Book", GO, opens_form=opens_form), surface="dialog")
    assert list(objects(row, "actions")) == [{"type": "Action.Submit", "title": "Book", "data": CARRIED}]


def test_what_cannot_be_undone_asks_first_and_is_red_only_in_its_question() -> None:
    row, question = drawn(Button("Cancel", GO, "danger", confirm=ASK), Button("Forget", GO, "danger"), first=4)
    cancel, forget = objects(row, "actions")
    assert (cancel["type"], "style" in cancel, forget["style"]) == ("Action.ToggleVisibility", False, "destructive")
    assert cancel["targetElements"] == [{"type": "TargetElement", "elementId": "question-4", "isVisible": True}]
    assert (question["id"], question["isVisible"]) == ("question-4", False)
    words, answers = objects(question, "items")
    assert seen({"items": [words]}) == "Cancel this hour?"
    yes, no = objects(answers, "actions")
    assert (yes["title"], yes["style"], yes["data"]) == ("Cancel it", "destructive", CARRIED)
    assert (no["title"], no["targetElements"]) == (
        "Keep it",
        [{"type": "TargetElement", "elementId": "question-4", "isVisible": False}],
    )


def test_things_to_choose_are_frames_that_are_pressed_as_a_whole() -> None:
    one = Button("Proxies", Pressed("questions.open/1", "1"), hint="fairness")
    two = Button("Drift", Pressed("questions.open/1", "2"), hint="reliability", confirm=ASK)
    first, second, question, row = drawn(one, two, Button("None of these", GO))
    assert [seen(first), seen(second)] == ["Proxies\nfairness\n›", "Drift\nreliability\n›"]
    assert read_press(inner(first, "selectAction")["data"]) == Pressed("questions.open/1", "1")
    assert inner(second, "selectAction")["type"] == "Action.ToggleVisibility"
    assert titles(list(objects(question, "items"))[1]) == ["Cancel it", "Keep it"]
    assert titles(row) == ["None of these"]


def test_the_seventh_button_begins_a_row() -> None:
    rows = drawn(*[Button(f"B{number}", Pressed("room.open/1", str(number))) for number in range(13)])
    assert [len(titles(row)) for row in rows] == [6, 6, 1]


def test_buttons_that_carry_long_questions_stand_in_rows_that_one_card_can_carry() -> None:
    rows = drawn(*[Button(f"B{number}", Pressed("room.open/1", "x" * 1_000 + str(number))) for number in range(5)])
    assert [titles(row) for row in rows] == [["B0", "B1"], ["B2", "B3"], ["B4"]]


def test_a_long_label_is_cut_and_whole_where_the_pointer_rests_and_an_empty_one_can_still_be_pressed() -> None:
    (row,) = drawn(Button("word " * 30, GO), Button("\u200b", GO))
    long, empty = objects(row, "actions")
    assert (long["title"], long["tooltip"]) == ("word " * 13 + "word…", ("word " * 30).strip())
    assert empty["title"] == "…"


def test_a_press_is_read_whatever_else_teams_puts_beside_it() -> None:
    assert read_press({"msteams": {"type": "task/fetch"}, **CARRIED}) == GO


@pytest.mark.parametrize(
    "data",
    [
        None,
        "rai",
        {},
        {"rai": "press"},
        {"rai": {"press": "hours.book/1"}},
        {"rai": {"press": "hours.book/1", "data": {"a": 1}}},
        {"rai": {"press": "Hours.book", "data": ""}},
        {"rai": {"press": ["hours.book/1"], "data": ""}},
        {"rai": {"press": "hours.book/1\n", "data": ""}},
    ],
)
def test_a_press_that_is_none_of_ours_is_told(data: object) -> None:
    with pytest.raises(ValueError, match="no button of ours"):
        read_press(data)
