"""How a form is read back from Teams, and how it comes back with what is wrong."""

import base64
import json
import zlib

import pytest

from adapters.shapes import objects, word
from adapters.teams.render_form import drawn_form, read_form, refilled, title_of
from adapters.teams.shape import DEEPEST, LARGEST
from bot.chat.forms import ChoiceField, DateField, Form, PersonField, TextField, TimeField, ToggleField
from tests.adapters.teams.forms import FEW, MANY, card_of
from tests.adapters.teams.looking import actions, elements, inputs, problems_of, seen, sent

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


@pytest.mark.parametrize(("came", "read"), [("yes", "yes"), ("no", ""), ("false", ""), ("", "")])
def test_a_box_that_is_not_ticked_is_empty_whatever_a_client_sends_for_that(came: str, read: str) -> None:
    filled = sent(card_of(TextField("a", "A"), ToggleField("box", "Box")), {"a": "words", "box": came})
    assert read_form(filled, "t1")[1] == {"a": "words", "box": read}
    again = inputs(refilled(filled, {"a": "Other words, please."}))[1]
    assert again.get("value", "") == read


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
