"""Activities of each kind that Teams sends, after Microsoft's documentation, with invented ids: whole and broken."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from tests.doubles.teams.organisation import BOT, TENANT, Message
from tests.walks.teams_stage import TeamsStage

RECORDED = Path(__file__).parents[2] / "payloads" / "teams"
WRONG: tuple[object, ...] = (
    None, "", 7, [], {}, "<at>RAI</at>", [{"x": None}], True, "🙂" * 3_000, 10**400, "\ud800", {"rai": {"press": []}},
    float("nan"), [[[[]]]],
)  # fmt: skip
"""What may stand where something else belongs."""

Steps = tuple[str | int, ...]


def recorded(name: str) -> dict[str, Any]:
    """An activity as it was recorded."""
    activity: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return activity


def names() -> list[str]:
    """Every kind that was recorded."""
    return sorted(each.stem for each in RECORDED.glob("*.json"))


def on_stage(name: str, stage: TeamsStage) -> dict[str, Any]:
    """A recorded activity with the stage's people and places: Mira, her chat, the team's channel, a thread there."""
    mira, space = stage.person("mira"), stage.double.organisation
    team = space.conversations[stage.team.id]
    for stamp in ("1795424400000", "1795424405000"):
        for where in (team, mira.direct):
            if where.message(stamp) is None:
                where.messages.append(Message(stamp, where.id, BOT, {"type": "message", "text": "Hello"}))
    group = space.group("group", *(each.person for each in (mira, stage.person("you"))))
    text = (RECORDED / f"{name}.json").read_text("utf-8")
    for invented, there in (
        ("11111111-2222-3333-4444-555555555555", TENANT),
        ("aaaaaaaa-0000-0000-0000-0000000a1111", mira.person.aad),
        ("29:1miraMIRAmira", mira.person.id),
        ("a:1miraCHAT", mira.direct.id),
        ("19:groupchat@thread.v2", group.id),
        ("19:0f00team@thread.tacv2", stage.team.id),
        ("19:team@thread.tacv2", stage.team.id),
        ("28:99999999-8888-7777-6666-555555555555", BOT),
        ("https://smba.trafficmanager.net/emea/", stage.double.service_url),
    ):
        text = text.replace(invented, there)
    activity: dict[str, Any] = json.loads(text)
    return activity


def broken(activity: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The activity with each part in turn left out, and with something else in its place."""
    for number, path in enumerate(_paths(activity)):
        where = ".".join(map(str, path))
        yield f"{where} left out", _changed(activity, path, None, leave_out=True)
        wrong = WRONG[number % len(WRONG)]
        yield f"{where} = {ascii(wrong)[:12]}", _changed(activity, path, wrong)


def _paths(activity: object, path: Steps = ()) -> Iterator[Steps]:
    inside = (
        activity.items() if isinstance(activity, dict) else enumerate(activity) if isinstance(activity, list) else ()
    )
    for name, value in inside:
        yield (*path, name)
        yield from _paths(value, (*path, name))


def _changed(activity: dict[str, Any], path: Steps, to: object, *, leave_out: bool = False) -> dict[str, Any]:
    changed = deepcopy(activity)
    found: Any = changed
    for name in path[:-1]:
        found = found[name]
    if leave_out:
        del found[path[-1]]
    else:
        found[path[-1]] = to
    return changed


def done(stage: TeamsStage) -> list[str]:
    """What the house has done in Teams since it looked at it."""
    looks = ("login", "openid", "keys", "member", "members", "pagedmembers")
    return [call.method for call in stage.double.organisation.calls if call.method not in looks]
