"""A canary person raises concerns in canary words through every way that Slack has, at every log level and while things
go wrong: they are found nowhere but where Slack must be told whom to answer, their words nowhere but in the release.

Two places are no leak, and are looked at apart. A form gives its author back what they typed, in the inputs of their
own modal: behind ``/rai concern``, from the desk, or when something is wrong with it. It opens for them alone, by a
trigger or view of theirs, and stands in no history. And a call must name whom it answers: those arguments, and no
others, are listed in ``canary.ADDRESSED``. What somebody writes to the bot in a chat stands there by their own hand.
The workspace's id is everybody's, and leads to nobody.
"""

import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from sqlalchemy import text

from adapters.slack.troubles import Refused
from bot.questions.shelf import Shelf
from tests.adapters.looking import listening
from tests.adapters.previews import looks_over
from tests.adapters.slack.canary import (
    MARK,
    PERSON,
    ROOM,
    WAYS,
    WORDS,
    CanarySpace,
    Watch,
    by_command,
    by_desk,
    by_mention,
    canary,
    follows,
    receipt_in,
    sends,
)
from tests.doubles.slack.fronts import Ack
from tests.doubles.slack.fronts import Kind as FrontKind
from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import Json, state_of
from tests.doubles.slack.server import Fault, Faults, SlackDouble
from tests.doubles.slack.workspace import TEAM
from tests.walks.slack_player import COUNCIL
from tests.walks.slack_stage import Mode, slack_stage

Kind: TypeAlias = Literal["limited", "refused", "broken", "hung", "lost"]

LEVELS = (1, logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)


@asynccontextmanager
async def watched(
    folder: Path, shelf: Shelf, level: int, mode: Mode = "http", patience: tuple[float, float] = (1.2, 2.0)
) -> AsyncIterator[Watch]:
    """A house behind Slack's door, everything around it watched."""
    with listening(level) as logged:
        double = SlackDouble(CanarySpace())
        async with slack_stage(folder, shelf, mode, double=double, patience=patience) as stage:
            yield Watch(stage, folder, logged)


@pytest.mark.parametrize(("mode", "level"), [("socket", 1), *(("http", level) for level in LEVELS)])
async def test_nobody_and_no_word_is_found_whichever_way_they_come(
    tmp_path: Path, shelf: Shelf, mode: Mode, level: int
) -> None:
    async with watched(tmp_path, shelf, level, mode) as watch:
        person = canary(watch.stage)
        for way in WAYS:
            await way(person, watch.stage)
            receipt = await sends(person, watch.stage, watch)
            if way is WAYS[0]:
                assert "What you added is kept." in await follows(person, watch.stage, receipt)
        # Not all of them: what Slack would hold up comes later, and is no matter here.
        assert watch.released() >= 2
        assert watch.traces() == []


@pytest.mark.parametrize("kind", ["broken", "limited", "hung", "lost", "refused"])
async def test_a_slack_that_fails_makes_nothing_be_told(tmp_path: Path, shelf: Shelf, kind: Kind) -> None:
    async with watched(tmp_path, shelf, 1) as watch:
        person, stage = canary(watch.stage), watch.stage
        stage.workspace.client.timeout = 0.2  # type: ignore[assignment]
        stage.double.faults = first_calls(kind)
        for way in (by_desk, by_command, by_mention):
            with suppress(AssertionError):
                await way(person, stage)
                await sends(person, stage, watch)
        assert any(call.error == kind for call in stage.double.workspace.calls) or kind == "lost"
        stage.double.faults = lambda _method, _args: None
        await by_command(person, stage)
        await sends(person, stage, watch)
        await stage.later(timedelta(minutes=10))
        assert watch.traces() == []


def first_calls(kind: Kind) -> Faults:
    """The first two calls of each method go wrong."""
    made: Counter[str] = Counter()

    def fault(method: str, _args: Json) -> Fault | None:
        made[method] += 1
        return Fault(kind, error="internal_error", seconds=0.05) if made[method] <= 2 else None

    return fault


async def test_a_database_that_is_busy_or_gone_makes_nothing_be_told(tmp_path: Path, shelf: Shelf) -> None:
    async with watched(tmp_path, shelf, 1, patience=(0.05, 0.05)) as watch:
        person, stage = canary(watch.stage), watch.stage
        await by_command(person, stage)
        await looks_over(person, stage, WORDS)
        with closing(sqlite3.connect(next(tmp_path.rglob("rai.db")), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await person.submits()
            assert "longer than usual" in person.sees()
            other.execute("ROLLBACK")
        await stage.settle()
        watch.receipts.append(receipt_in(person.sees()))
        person.closes()
        async with stage.app.database.writing() as transaction:
            await transaction.execute(text("DROP TABLE concerns_message"))
        await by_command(person, stage)
        await looks_over(person, stage, WORDS)
        await person.submits()
        await stage.settle()
        assert watch.traces() == []


async def test_a_form_that_is_sent_twice_or_is_wrong_tells_nothing(tmp_path: Path, shelf: Shelf) -> None:
    async with watched(tmp_path, shelf, 1) as watch:
        person, stage = canary(watch.stage), watch.stage
        await by_command(person, stage)
        await looks_over(person, stage, WORDS)
        surface = person.surface()
        assert surface is not None
        view = {**surface.content, "state": {"values": state_of(surface.blocks, {})}}
        await person.submits()
        await stage.settle()
        watch.receipts.append(receipt_in(person.sees()))
        person.closes()
        again = await stage.front.send("interactive", sent_by(person, view))
        assert again.status == 200
        await person.command(f"receipt {WORDS}", ROOM)
        await stage.settle()
        await person.submits({"Anything to add?": WORDS})
        await stage.settle()
        assert "six words" in "".join(person.errors.values())
        await stage.front.send("interactive", sent_by(person, {**view, "private_metadata": WORDS}))
        await stage.settle()
        assert watch.traces() == []


MALFORMED: dict[str, tuple[FrontKind, Json]] = {
    "a form without values": ("interactive", {"type": "view_submission", "view": {"callback_id": WORDS}}),
    "a form of lists": ("interactive", {"type": "view_submission", "view": {"state": [WORDS]}}),
    "a field of no kind": (
        "interactive",
        {"type": "view_submission", "view": {"state": {"values": {"words": {"a": {"type": WORDS, "value": WORDS}}}}}},
    ),
    "a press of nothing": ("interactive", {"type": "block_actions", "actions": [{"action_id": WORDS, "value": WORDS}]}),
    "an old press": (
        "interactive",
        {"type": "block_actions", "actions": [{"action_id": "concerns.raise/0#0", "value": WORDS, "block_id": WORDS}]},
    ),
    "a press of words": (
        "interactive",
        {"type": "block_actions", "actions": [{"action_id": "concerns.raise/1#0", "value": WORDS, "block_id": WORDS}]},
    ),
    "no known interaction": ("interactive", {"type": WORDS}),
    "no known event": ("event", {"type": "event_callback", "event": {"type": WORDS, "user": PERSON, "text": WORDS}}),
    "a message of nobody": ("event", {"type": "event_callback", "event": {"type": "message", "text": WORDS}}),
    "a command of numbers": ("command", {"command": "/rai", "text": WORDS, "user_id": "", "team_id": ""}),
}


@pytest.mark.parametrize("what", MALFORMED)
async def test_what_cannot_be_read_leaves_no_trace(tmp_path: Path, shelf: Shelf, what: str) -> None:
    async with watched(tmp_path, shelf, 1) as watch:
        kind, payload = MALFORMED[what]
        who = {"user": {"id": PERSON, "team_id": TEAM}, "team": {"id": TEAM}, "trigger_id": MARK, "team_id": TEAM}
        await watch.stage.front.send(kind, {**who, **payload})
        await watch.stage.settle()
        assert watch.traces() == []


@pytest.mark.parametrize("where", ["table", "file", "log", "call", "metadata", "private_metadata", "message", "answer"])
async def test_a_planted_leak_is_found(tmp_path: Path, shelf: Shelf, where: str) -> None:
    async with watched(tmp_path, shelf, 1) as watch:
        assert watch.traces() == []
        await plant(watch, where)
        found = watch.traces()
        assert any(trace.startswith(PERSON) for trace in found)
        assert any(trace.startswith(WORDS) for trace in found)


async def test_a_receipt_that_stands_in_a_history_is_found(tmp_path: Path, shelf: Shelf) -> None:
    async with watched(tmp_path, shelf, 1) as watch:
        person, stage = canary(watch.stage), watch.stage
        await by_command(person, stage)
        receipt = await sends(person, stage, watch)
        assert watch.traces() == []
        await stage.workspace.web.call(
            "chat.postMessage", channel=stage.double.workspace.direct(PERSON).id, text=receipt
        )
        assert watch.traces() == [f"{receipt} in call chat.postMessage", f"{receipt} in a message that stands"]


async def plant(watch: Watch, where: str) -> None:
    both, web, person = f"{PERSON} {WORDS}", watch.stage.workspace.web, canary(watch.stage)
    direct = watch.stage.double.workspace.direct(PERSON).id
    match where:
        case "table":
            async with watch.stage.app.database.writing() as transaction:
                await transaction.execute(text(f"INSERT INTO concerns_vault VALUES ('{both}')"))
        case "file":
            (watch.folder / "planted").write_text(both, "utf-16-le")
        case "log":
            logging.getLogger("bot.planted").debug("%s", both)
        case "call":
            await web.call("files.getUploadURLExternal", filename=both, length=1)
        case "metadata":
            mark = {"event_type": "rai_message", "event_payload": {"key": both}}
            # Slack refuses what is no opaque key there; it was sent all the same.
            with suppress(Refused):
                await web.call("chat.postMessage", channel=COUNCIL, text="A case", metadata=mark)
        case "private_metadata":
            block = {"type": "section", "text": {"type": "plain_text", "text": "Hello", "emoji": False}}
            view = {"type": "home", "blocks": [block], "private_metadata": both}
            await web.call("views.publish", user_id=PERSON, view=view)
        case "message":
            await web.call("chat.postMessage", channel=direct, text=both)
        case "answer":
            person.acks.append(Ack(200, {"errors": {"words": both}}, 0.0))


def sent_by(person: SlackPerson, view: Json) -> Json:
    who = {"id": person.user.id, "name": person.user.name, "team_id": TEAM}
    return {"type": "view_submission", "user": who, "team": {"id": TEAM}, "view": view}
