"""Buttons as Slack draws them, and presses as it tells them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, takewhile

from adapters.shapes import Json, inner, word
from adapters.slack.texts import labelled, plain_text
from bot.chat.actions import Pressed
from bot.chat.cards import Button, Confirm
from bot.chat.text import clean, shorten

IN_A_ROW = 5
"""Buttons side by side; Slack takes 25, which nobody reads."""

OPEN = "Open"
"""What stands on the button beside a thing to choose: its name stands on the line."""

_ACTION_ID = re.compile(r"(?P<name>[a-z]+\.[a-z-]+/\d+)#\d+(?P<form>#form)?")
_MENU = "slack.more/1"
LONGEST_IN_MENU = 150
"""Characters that an option of a menu can carry."""


@dataclass(frozen=True)
class Press:
    """What was pressed.

    Args:
        opens_form: whether the button said that a form comes.
        thread: the thread that an answer for everybody belongs to, where the button knew one.
    """

    pressed: Pressed
    opens_form: bool
    thread: str


def drawn_buttons(buttons: Sequence[Button], thread: str = "", first: int = 0) -> list[Json]:
    """Rows of at most five buttons, and a line of its own for each thing to choose.

    Args:
        first: how many buttons of the same card stand above these.
    """
    drawn: list[Json] = []
    for is_line, group in groupby(enumerate(buttons, first), key=lambda each: bool(clean(each[1].hint))):
        numbered = list(group)
        drawn += [_line(each, number, thread) for number, each in numbered] if is_line else _rows(numbered, thread)
    return drawn


def beside(section: Json, button: Button, thread: str, number: int) -> Json:
    """A section with one button at its right."""
    return {**section, "block_id": f"{thread}/{number}", "accessory": _button(button, number)}


def _line(button: Button, number: int, thread: str) -> Json:
    """A thing to choose: its name and what to know of it, and a button that opens it."""
    name = clean(button.label)
    text = labelled(shorten(name, 1_000), shorten(clean(button.hint), 1_000))
    drawn = beside({"type": "section", "text": text}, replace(button, label=OPEN), thread, number)
    return {**drawn, "accessory": {**inner(drawn, "accessory"), "accessibility_label": shorten(name, 75) or OPEN}}


def _rows(numbered: Sequence[tuple[int, Button]], thread: str) -> list[Json]:
    """Actions blocks; from the sixth button on, the last ones are in a menu where it can carry them."""
    alone, menu = _shared_out(numbered)
    drawn = [_button(button, number) for number, button in alone]
    if menu:
        options = [{"text": plain_text(each.label, 75), "value": _in_menu(each)} for _, each in menu]
        drawn.append({"type": "overflow", "action_id": f"{_MENU}#{menu[0][0]}", "options": options})
    rows = [drawn[at : at + IN_A_ROW] for at in range(0, len(drawn), IN_A_ROW)]
    first = numbered[0][0]
    return [{"type": "actions", "block_id": f"{thread}/{first + at}", "elements": row} for at, row in enumerate(rows)]


def read_press(action: Mapping[str, object]) -> Press:
    """One of a payload's ``actions``; raises ValueError where it is none of ours."""
    found = _ACTION_ID.fullmatch(word(action, "action_id"))
    if found is None:
        raise ValueError("an action of no button of ours")
    name, data = found["name"], word(action, "value")
    if name == _MENU:
        name, _, data = word(action, "selected_option", "value").partition("|")
    return Press(Pressed(name, data), bool(found["form"]), word(action, "block_id").partition("/")[0])


def _shared_out(numbered: Sequence[tuple[int, Button]]) -> tuple[list[tuple[int, Button]], list[tuple[int, Button]]]:
    """The buttons that stand by themselves, and those of the menu: the last ones, so that neighbours stay so."""
    if len(numbered) <= IN_A_ROW:
        return list(numbered), []
    last = takewhile(lambda each: _fits_menu(each[1]), reversed(numbered[IN_A_ROW - 1 :]))
    count = len(list(islice(last, 5)))
    return (list(numbered[:-count]), list(numbered[-count:])) if count > 1 else (list(numbered), [])


def _fits_menu(button: Button) -> bool:
    plain = button.style == "plain" and not button.confirm and not button.opens_form
    return plain and len(_in_menu(button)) <= LONGEST_IN_MENU


def _in_menu(button: Button) -> str:
    return f"{button.action.name}|{button.action.data}"


def _button(button: Button, number: int) -> Json:
    label = clean(button.label) or "…"
    drawn: Json = {
        "type": "button",
        "text": plain_text(label, 75),
        "action_id": f"{button.action.name}#{number}{'#form' if button.opens_form else ''}",
        "value": button.action.data,
    }
    # What asks first is not loud before it asks: the red one is in the question.
    if button.style == "primary" or (button.style == "danger" and not button.confirm):
        drawn["style"] = button.style
    if len(label) > 75:
        drawn["accessibility_label"] = shorten(label, 75)
    if button.confirm:
        drawn["confirm"] = _confirm(button.confirm, button.style)
    return drawn


def _confirm(ask: Confirm, style: str) -> Json:
    return {
        **({"style": style} if style != "plain" else {}),
        "title": plain_text("Please confirm", 100),
        "text": plain_text(ask.question, 300),
        "confirm": plain_text(ask.yes, 30),
        "deny": plain_text(ask.no, 30),
    }
