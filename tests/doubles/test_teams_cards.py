"""The linter of Adaptive Cards finds what Teams refuses, what a client shows wrongly, and what a person would miss."""

import pytest

from tests.doubles.faces import adaptive, bar, box, choices, execute, field, letters, opener, submit, toggle, words
from tests.doubles.teams.cards import LARGEST, Surface, problems_of_card, size_of
from tests.doubles.teams.limits import problems_of_activity
from tests.doubles.teams.schema import problems_by_schema, schema_path
from tests.doubles.teams.shapes import CONSENT, Json, with_card

PEOPLE: Json = {"choices": [], "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}}
NOBODY: Json = {"choices": [], "choices.data": {"dataset": "x"}}
REQUIRED: Json = {"isRequired": True, "errorMessage": "Please fill this in."}
IMAGE = {"type": "Image", "url": "https://example.org/a.png", "altText": "A bridge"}

COLUMNS: Json = {"type": "ColumnSet", "columns": [{"items": [words()], "width": "stretch"}]}

GOOD: list[tuple[Surface, Json]] = [
    ("message", adaptive(words(), letters(), bar(execute("Claim"), opener("Answer")), msteams={"width": "Full"})),
    ("message", adaptive(bar(toggle("Close", "q", True)), box(bar(execute("Yes")), id="q", isVisible=False))),
    ("message", adaptive(IMAGE, box(words(), selectAction=execute("Choose")))),
    ("message", adaptive({"type": "FactSet", "facts": [{"title": "a", "value": "b"}]})),
    ("message", adaptive({"type": "RichTextBlock", "inlines": ["plain"]}, COLUMNS)),
    ("message", adaptive({"type": "Table", "columns": [{"width": 1}], "rows": [{"cells": [{"items": [words()]}]}]})),
    ("dialog", adaptive(field(**REQUIRED), field("ChoiceSet", "b", choices=choices("x", "y")), bar(submit("Send")))),
    ("dialog", adaptive(field("ChoiceSet", "who", **PEOPLE), bar(submit("Send")))),
    ("dialog", adaptive(field("Toggle", "t", title="Yes", valueOn="yes", valueOff=""), field("Date", "d"))),
    ("dialog", adaptive(field("Toggle", "t", label="", title="Yes"), field(maxLength=1))),
]


@pytest.mark.parametrize(("surface", "card"), GOOD)
def test_a_good_card_is_taken(surface: Surface, card: Json) -> None:
    assert problems_of_card(card, surface) == []


@pytest.mark.parametrize(
    ("card", "problem"),
    [
        ({}, "no AdaptiveCard"),
        (adaptive(words(), version="1.6"), "version"),
        (adaptive(words(), fallbackText=""), "fallbackText"),
        (adaptive(), "nothing to see"),
        (adaptive(*[words("x" * 9_000)] * 3), "bytes, at most 25600"),
        (adaptive(words(), msteams={"width": "Wide"}), "width Full"),
        (adaptive(words(), refresh={"userIds": ["x"] * 61}), "more than 60 people"),
        (adaptive(words(id="a"), letters(), box(words(), id="a")), "more than one 'a'"),
        (adaptive(bar(toggle("Close", "q", True))), "there is no 'q' to show"),
        (adaptive(words("Hello <at>Mira</at>")), "<at> without its entity"),
        (adaptive({"type": "Marquee"}), "Teams knows no 'Marquee'"),
        (adaptive(words(colour="red")), "a TextBlock has no 'colour'"),
        (adaptive({"type": "TextBlock"}), "a TextBlock needs 'text'"),
        (adaptive({"type": "ColumnSet", "columns": [{"items": [{"type": "Marquee"}]}]}), "no 'Marquee'"),
        (adaptive(box(box({"type": "Marquee"}))), "no 'Marquee'"),
        (adaptive(words(color="red")), "'red' is none of"),
        (adaptive(words(wrap="yes")), "neither true nor false"),
        (adaptive({"type": "TextBlock", "text": 5}), "no text"),
        (adaptive(letters("{{DATE(2026-11-22T09:00:00Z, SHORT)}}")), "compute something"),
        (adaptive({**IMAGE, "url": "http://example.org/a.png"}), "no https address"),
        (adaptive({**IMAGE, "altText": " "}), "who cannot see it"),
        (adaptive(field()), "outside of a dialog"),
        (adaptive(bar(*[execute(str(each)) for each in range(7)])), "7 in one bar, at most 6"),
        (adaptive(words(), actions=[execute(str(each)) for each in range(7)]), "7 in one bar, at most 6"),
        (adaptive(bar(execute(""))), "without a title"),
        (adaptive(box(words(), selectAction=submit(""))), "without a title"),
        (adaptive(bar({**execute("x"), "fallback": "drop"})), "for old clients"),
        (adaptive(bar({**execute("x"), "fallback": submit("x", other=1)})), "send something else"),
        (adaptive(bar(execute("x", verb=""))), "without a verb"),
        (adaptive(bar(submit("x", msteams={"type": "imBack"}))), "for opening dialogs"),
        (adaptive(bar({"type": "Action.OpenUrl", "title": "x", "url": "javascript:alert(1)"})), "no https address"),
        (adaptive(bar()), "actions: none"),
    ],
)
def test_what_is_wrong_with_a_card_is_said(card: Json, problem: str) -> None:
    assert any(problem in each for each in problems_of_card(card, "message")), problems_of_card(card, "message")


@pytest.mark.parametrize(
    ("card", "problem"),
    [
        (adaptive(field(name="")), "without an id"),
        (adaptive(field(label="")), "without a label"),
        (adaptive(field(isRequired=True)), "does not say so"),
        (adaptive(field("Toggle", "t", label="", title="Yes", **REQUIRED)), "the mark of a required input"),
        (adaptive(field(maxLength=0)), "no number from one on"),
        (adaptive(field("ChoiceSet", choices=[])), "nothing to choose from"),
        (adaptive(field("ChoiceSet", choices=choices("x", "x"))), "two choices with one value"),
        (adaptive(field("ChoiceSet", choices=choices("x"), value="y")), "a choice that is not there"),
        (adaptive(field("ChoiceSet", **NOBODY)), "looks up no people"),
        (adaptive(bar(execute("x"))), "Action.Submit alone"),
        (adaptive(bar(opener("x"))), "opens no dialog"),
    ],
)
def test_what_is_wrong_with_a_dialog_is_said(card: Json, problem: str) -> None:
    assert any(problem in each for each in problems_of_card(card, "dialog")), problems_of_card(card, "dialog")


def test_a_card_may_be_as_large_as_its_limit_and_no_larger() -> None:
    room = LARGEST - size_of(adaptive(words("")))
    assert problems_of_card(adaptive(words("x" * room))) == []
    assert problems_of_card(adaptive(words("x" * (room + 1)))) == [f"card: {LARGEST + 1} bytes, at most {LARGEST}"]
    assert problems_of_card(adaptive(words(), refresh={"action": execute("x"), "userIds": ["x"] * 60})) == []


def test_words_that_only_look_like_a_mention_are_letters_in_a_run() -> None:
    assert problems_of_card(adaptive(letters("<at>Mira</at>"))) == []
    entity = {"type": "mention", "text": "<at>Mira</at>", "mentioned": {"id": "29:1", "name": "Mira"}}
    assert problems_of_card(adaptive(words("<at>Mira</at>"), msteams={"entities": [entity]})) == []


@pytest.mark.skipif(schema_path() is None, reason="the schema lies beside the checkout, and here it does not")
def test_microsofts_schema_agrees() -> None:
    assert [problems_by_schema(card) for _, card in GOOD] == [[]] * len(GOOD)
    for wrong in ({"type": "Marquee"}, words(colour="red"), words(color="red"), {"type": "TextBlock"}):
        assert problems_by_schema(adaptive(wrong)), wrong
    assert problems_by_schema(adaptive(words(), msteams={"width": "Wide"}))


CARD = with_card(adaptive(words()))
FILE = {"contentType": CONSENT, "name": "x.ics", "content": {"description": "x", "sizeInBytes": 3}}


@pytest.mark.parametrize(
    ("activity", "kind", "problem"),
    [
        ({**CARD, "text": "Hello"}, "channel", "no id is told"),
        ({**CARD, "summary": ""}, "channel", "its notification says nothing"),
        ({"type": "message", "text": "Hello <at>Mira</at>"}, "channel", "mentions nobody"),
        ({"type": "message", "text": "x", "blocks": []}, "channel", "knows no 'blocks'"),
        (with_card(adaptive(words(colour="red"))), "channel", "has no 'colour'"),
        (with_card(adaptive(field())), "personal", "outside of a dialog"),
        ({"type": "message", "summary": "x", "attachments": [FILE]}, "channel", "a chat of two only"),
        ({"type": "message", "summary": "x", "attachments": [FILE]}, "personal", "acceptContext"),
        ({"type": "message", "summary": "x", "attachments": [{"contentType": "x"}]}, "personal", "nobody expected"),
    ],
)
def test_what_teams_would_mangle_is_complained_of(activity: Json, kind: str, problem: str) -> None:
    assert any(problem in each for each in problems_of_activity(activity, kind))


def test_a_right_message_is_not_complained_of() -> None:
    mention = {"type": "mention", "text": "<at>Mira</at>", "mentioned": {"id": "29:1", "name": "Mira"}}
    assert problems_of_activity(CARD, "channel") == []
    assert problems_of_activity({"type": "message", "text": "<at>Mira</at>!", "entities": [mention]}, "channel") == []
    assert problems_of_activity({"type": "typing"}, "personal") == []
    assert problems_of_activity(CARD, "personal", targeted=True) != []
