"""Buttons as Teams draws them, and presses as it tells them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, TypeAlias

from adapters.shapes import Json, inner, word
from adapters.teams.texts import SMALL, literal, plain
from bot.chat.actions import Pressed
from bot.chat.cards import Button, Confirm
from bot.chat.text import clean, shorten

Surface: TypeAlias = Literal["message", "dialog"]

IN_A_ROW = 6
"""Actions of one set: Teams' store takes no more, and draws no more of them side by side."""

MOST_CARRIED = 2_400
"""Characters of data in one row: each stands in its button twice, and may take four bytes."""

LONGEST_LABEL = 75
"""Characters on a button; a longer label is whole where the pointer rests on it."""

ARROW = "›"

_NAME = re.compile(r"[a-z]+\.[a-z-]+/[0-9]+")
_STYLES = {"primary": {"style": "positive"}, "danger": {"style": "destructive"}}


def drawn_buttons(buttons: Sequence[Button], first: int, surface: Surface) -> list[Json]:
    """Rows of at most six buttons, and a frame of its own for each thing to choose.

    Args:
        first: how many buttons of the same card stand above these.
    """
    drawn: list[Json] = []
    for is_thing, group in groupby(enumerate(buttons, first), key=lambda each: bool(clean(each[1].hint))):
        numbered = list(group)
        drawn += _things(numbered, surface) if is_thing else _rows(numbered, surface)
    return drawn


def read_press(data: object) -> Pressed:
    """What a pressed button carried; raises ValueError where it is none of ours."""
    name, carried = word(data, "rai", "press"), inner(data, "rai").get("data")
    if not is_name(name) or not isinstance(carried, str):
        raise ValueError("a press of no button of ours")
    return Pressed(name, carried)


def for_one(drawn: Json) -> Json:
    """A drawn card, or a message of it, whose buttons say that one person alone sees it: Teams says that of none."""
    shown = {name: _for_one(each) for name, each in drawn.items()}
    return {**shown, "alone": True} if "press" in drawn else shown


def is_for_one(data: object) -> bool:
    """Whether a pressed button stood where one person alone sees it."""
    return inner(data, "rai").get("alone") is True


def is_name(text: str) -> bool:
    """Whether a text names an action or a form, as ``room.verb/version``."""
    return _NAME.fullmatch(text) is not None


def _rows(numbered: Sequence[tuple[int, Button]], surface: Surface) -> Iterator[Json]:
    """Sets of actions, each followed by the questions that its buttons ask first."""
    for row in _shared_out(numbered):
        yield {"type": "ActionSet", "actions": [_button(button, number, surface) for number, button in row]}
        yield from _questions(row, surface)


def _shared_out(numbered: Sequence[tuple[int, Button]]) -> Iterator[list[tuple[int, Button]]]:
    """Buttons in rows: as many as stand side by side, and no more than one card can carry."""
    row: list[tuple[int, Button]] = []
    for each in numbered:
        carried = sum(len(button.action.data) for _, button in [*row, each])
        if row and (len(row) == IN_A_ROW or carried > MOST_CARRIED):
            yield row
            row = []
        row.append(each)
    yield row


def _things(numbered: Sequence[tuple[int, Button]], surface: Surface) -> Iterator[Json]:
    """Things to choose: the name of each and what to know of it, pressed as a whole."""
    for number, button in numbered:
        yield {
            "type": "Container",
            "style": "emphasis",
            "spacing": "small",
            "selectAction": _button(button, number, surface),
            "items": [_with_arrow(_thing(button))],
        }
        yield from _questions([(number, button)], surface)


def _thing(button: Button) -> list[Json]:
    label, hint = shorten(clean(button.label), 500), shorten(clean(button.hint), 1_000)
    return [literal(label or "…", {"weight": "bolder"}), literal(hint, SMALL, spacing="none")]


def _with_arrow(items: list[Json]) -> Json:
    """Something that can be pressed as a whole looks like it: on a phone nothing else shows that."""
    arrow: Json = {"type": "TextBlock", "text": ARROW, "size": "large", "isSubtle": True}
    aside: Json = {"type": "Column", "width": "auto", "verticalContentAlignment": "center", "items": [arrow]}
    return {"type": "ColumnSet", "columns": [{"type": "Column", "width": "stretch", "items": items}, aside]}


def _button(button: Button, number: int, surface: Surface) -> Json:
    """The button, or what shows the question that it asks first: the loud one is in the question."""
    if button.confirm:
        return {"type": "Action.ToggleVisibility", **_label(button.label), "targetElements": [_target(number, True)]}
    return _press(button, button.label, surface)


def _questions(row: Sequence[tuple[int, Button]], surface: Surface) -> Iterator[Json]:
    for number, button in row:
        if button.confirm:
            yield _question(button, button.confirm, number, surface)


def _question(button: Button, ask: Confirm, number: int, surface: Surface) -> Json:
    """What is asked before a press that cannot be undone; hidden until the button is pressed."""
    back = {"type": "Action.ToggleVisibility", **_label(ask.no), "targetElements": [_target(number, False)]}
    return {
        "type": "Container",
        "id": _name_of_question(number),
        "isVisible": False,
        "style": "emphasis",
        "items": [
            literal(shorten(clean(ask.question), 500) or "…", {"weight": "bolder"}),
            {"type": "ActionSet", "actions": [_press(button, ask.yes, surface), back]},
        ],
    }


def _target(number: int, visible: bool) -> Json:
    return {"type": "TargetElement", "elementId": _name_of_question(number), "isVisible": visible}


def _name_of_question(number: int) -> str:
    return f"question-{number}"


def _press(button: Button, label: str, surface: Surface) -> Json:
    """What is sent; what a client does not know as Execute it sends as Submit, and a dialog knows Submit alone."""
    carried: Json = {"rai": {"press": button.action.name, "data": button.action.data}}
    shown = {**_label(label), **_STYLES.get(button.style, {})}
    submit: Json = {"type": "Action.Submit", **shown, "data": carried}
    if surface == "dialog":
        return submit
    if button.opens_form:
        return {**submit, "data": {"msteams": {"type": "task/fetch"}, **carried}}
    return {"type": "Action.Execute", **shown, "verb": button.action.name, "data": carried, "fallback": submit}


def _for_one(found: object) -> object:
    match found:
        case dict():
            return for_one(found)
        case list():
            return [_for_one(each) for each in found]
        case _:
            return found


def _label(label: str) -> Json:
    words = clean(label)
    whole = {"tooltip": plain(words, 1_000)} if len(words) > LONGEST_LABEL else {}
    return {"title": plain(words, LONGEST_LABEL), **whole}
