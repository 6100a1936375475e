"""The recorded payloads, as somebody of the stage's own workspace would cause them, whole and broken."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from tests.doubles.slack.fronts import Kind
from tests.walks.slack_stage import SlackStage

RECORDED = Path(__file__).parents[2] / "payloads" / "slack"
WRONG: tuple[object, ...] = (None, "", 7, [], {}, "<!channel>", [{"x": None}], True, "🙂" * 3_000)
"""What may stand where something else belongs."""


def recorded(name: str) -> dict[str, Any]:
    """A payload as it was recorded."""
    payload: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return payload


def names() -> list[str]:
    """Every kind that was recorded."""
    return sorted(each.stem for each in RECORDED.glob("*.json"))


def kind(name: str) -> Kind:
    """How Slack sends it."""
    if name.startswith(("command", "ssl")):
        return "command"
    return "interactive" if name.startswith(("block", "view", "shortcut", "message_action")) else "event"


def on_stage(name: str, stage: SlackStage) -> dict[str, Any]:
    """A recorded payload with the stage's people and places, a fresh trigger and an address that takes answers."""
    space = stage.double.workspace
    text = (RECORDED / f"{name}.json").read_text("utf-8")
    for invented, there in (
        ("T0HOUSE01", space.team),
        ("U0MIRA001", "UMIRA"),
        ("C0TEAM001", "CTEAM"),
        ("D0MIRA001", space.direct("UMIRA").id),
        ("U0BOT0001", space.bot_user),
        ("1234567890123.1234567890.0123456789abcdef0123456789abcdef", space.trigger("UMIRA")),
    ):
        text = text.replace(invented, there)
    payload: dict[str, Any] = json.loads(text)
    if "response_url" in payload:
        payload["response_url"] = stage.double.response_url("CTEAM", "UMIRA")
    if "event_id" in payload:
        payload["event_id"] = space.fresh("Ev")
    return payload


def broken(payload: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The payload with each part in turn left out, and with something else in its place."""
    for number, path in enumerate(_paths(payload)):
        where = ".".join(map(str, path))
        yield f"{where} left out", _changed(payload, path, None, leave_out=True)
        wrong = WRONG[number % len(WRONG)]
        yield f"{where} = {str(wrong)[:12]}", _changed(payload, path, wrong)


def _paths(payload: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inside = payload.items() if isinstance(payload, dict) else enumerate(payload) if isinstance(payload, list) else ()
    for name, value in inside:
        yield (*path, name)
        yield from _paths(value, (*path, name))


def _changed(
    payload: dict[str, Any], path: tuple[str | int, ...], to: object, *, leave_out: bool = False
) -> dict[str, Any]:
    changed = deepcopy(payload)
    found: Any = changed
    for name in path[:-1]:
        found = found[name]
    if leave_out:
        del found[path[-1]]
    else:
        found[path[-1]] = to
    return changed


def done(stage: SlackStage) -> list[str]:
    """What the house has done in Slack since it looked at it."""
    looks = ("auth.test", "conversations.info", "users.info")
    return [call.method for call in stage.double.workspace.calls if call.method not in looks]
