"""Blocks to plant faults in."""

from collections.abc import Callable

from tests.doubles.slack.seen import Json

Make = Callable[[int], Json]


def plain(length: int, letter: str = "x") -> Json:
    return {"type": "plain_text", "text": letter * length, "emoji": False}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length, "verbatim": True}


def button(number: int = 0, **more: object) -> Json:
    return {"type": "button", "action_id": f"a{number}", "text": plain(1), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(number: int = 0, **more: object) -> Json:
    return {"text": plain(1), "value": f"v{number}", **more}


def menu(kind: str, many: int) -> Json:
    return {"type": kind, "action_id": "a", "options": [option(number) for number in range(many)]}


def asked(element: Json, **more: object) -> Json:
    return {"type": "input", "block_id": "b", "label": plain(1), "element": {"action_id": "a", **element}, **more}


def confirm(part: str) -> Make:
    asks = {"title": plain(1), "text": plain(1), "confirm": plain(1), "deny": plain(1)}
    return lambda n: actions(button(confirm={**asks, part: plain(n)}))


def table(rows: int, columns: int) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


def said(length: int) -> Json:
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": "x" * length}]}


def rich(*elements: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def section(text: str, *, verbatim: bool = True) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": verbatim}}
