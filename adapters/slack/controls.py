"""Buttons as Slack draws them, and presses as it tells them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.slack.shapes import Json, word
from bot.chat.actions import Pressed
from bot.chat.cards import Button, Confirm
from bot.chat.text import clean, shorten

IN_A_ROW = 5
"""Buttons side by side; Slack takes 25, which nobody reads."""

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


def drawn_buttons(buttons: Sequence[Button], thread: str = "") -> list[Json]:
    """Actions blocks of at most five controls; from the sixth button on, what a menu can carry is in one."""
    alone, menu = _shared_out(buttons)
    drawn = [_button(button, number) for number, button in enumerate(alone)]
    if menu:
        options = [{"text": _plain(each.label, 75), "value": _in_menu(each)} for each in menu]
        drawn.append({"type": "overflow", "action_id": f"{_MENU}#{len(alone)}", "options": options})
    rows = [drawn[at : at + IN_A_ROW] for at in range(0, len(drawn), IN_A_ROW)]
    return [{"type": "actions", "block_id": f"{thread}/{number}", "elements": row} for number, row in enumerate(rows)]


def read_press(action: Mapping[str, object]) -> Press:
    """One of a payload's ``actions``; raises ValueError where it is none of ours."""
    found = _ACTION_ID.fullmatch(word(action, "action_id"))
    if found is None:
        raise ValueError("an action of no button of ours")
    name, data = found["name"], word(action, "value")
    if name == _MENU:
        name, _, data = word(action, "selected_option", "value").partition("|")
    return Press(Pressed(name, data), bool(found["form"]), word(action, "block_id").partition("/")[0])


def _shared_out(buttons: Sequence[Button]) -> tuple[list[Button], list[Button]]:
    """The buttons that stand by themselves, and those of the menu."""
    if len(buttons) <= IN_A_ROW:
        return list(buttons), []
    menu = [each for each in buttons[IN_A_ROW - 1 :] if _fits_menu(each)][-5:]
    if len(menu) < 2:
        return list(buttons), []
    return [each for each in buttons if not any(each is one for one in menu)], menu


def _fits_menu(button: Button) -> bool:
    plain = button.style == "plain" and not button.confirm and not button.opens_form
    return plain and len(_in_menu(button)) <= LONGEST_IN_MENU


def _in_menu(button: Button) -> str:
    return f"{button.action.name}|{button.action.data}"


def _button(button: Button, number: int) -> Json:
    label = clean(button.label) or "…"
    drawn: Json = {
        "type": "button",
        "text": _plain(label, 75),
        "action_id": f"{button.action.name}#{number}{'#form' if button.opens_form else ''}",
        "value": button.action.data,
    }
    if button.style != "plain":
        drawn["style"] = button.style
    if len(label) > 75:
        drawn["accessibility_label"] = shorten(label, 75)
    if button.confirm:
        drawn["confirm"] = _confirm(button.confirm)
    return drawn


def _confirm(ask: Confirm) -> Json:
    return {
        "title": _plain("Please confirm", 100),
        "text": _plain(ask.question, 300),
        "confirm": _plain(ask.yes, 30),
        "deny": _plain(ask.no, 30),
    }


def _plain(text: str, most: int) -> Json:
    return {"type": "plain_text", "text": shorten(clean(text), most) or "…", "emoji": False}
