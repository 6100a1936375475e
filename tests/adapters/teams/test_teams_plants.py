"""Leaks that are planted in a house behind Teams' door, of every kind: the watch finds each."""

import base64
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import text

from adapters.teams.messenger import message_of
from adapters.teams.render import adaptive
from adapters.teams.shape import Shape, packed
from bot.questions.shelf import Shelf
from tests.adapters.teams.canary import OBJECT, WORDS, Watch, canary
from tests.adapters.teams.watched import Watched, watching
from tests.adapters.teams.ways import by_menu, sends
from tests.doubles.teams.fronts import Answer
from tests.doubles.teams.shapes import Json


@pytest.fixture
def watched(home: Path, shelf: Shelf, capfd: pytest.CaptureFixture[str]) -> Watched:
    """Opens a house whose every trace is watched."""
    return watching(home, shelf, capfd)


BOTH = f"{OBJECT} {WORDS}"
HELLO: Json = {"type": "TextBlock", "text": "Hello"}
PRESSED: Json = {"type": "Action.Submit", "title": "Go on", "data": {"rai": {"press": "a.b/1", "data": BOTH}}}
FACTS: Json = {"type": "FactSet", "facts": [{"title": "Who", "value": BOTH}]}
BEGUN: Json = {"type": "Input.Text", "id": "words", "placeholder": BOTH}

FILES = {
    "file": BOTH.encode("utf-16-le"),
    "hex": BOTH.encode().hex().encode(),
    "base64": base64.b64encode(f"in {BOTH}.".encode()),
    "quoted": f"{OBJECT} {quote(WORDS)}".encode(),
}
MESSAGES: dict[str, Json] = {
    "text": {"type": "message", "text": BOTH},
    "notification": message_of(adaptive([HELLO], "Hello"), BOTH),
    "fallback": message_of(adaptive([HELLO], BOTH), "Hello"),
    "button": message_of(adaptive([HELLO, {"type": "ActionSet", "actions": [PRESSED]}], "Hello"), "Hello"),
    "fact": message_of(adaptive([FACTS], "Hello"), "Hello"),
}
ANSWERS: dict[str, Json] = {
    "title": {"task": {"value": {"title": BOTH}}},
    "toast": {"statusCode": 200, "value": BOTH},
    "shape": {"task": {"value": {"shape": packed(Shape("", "", [BEGUN]))}}},
    "preview": {"task": {"value": {"title": "Before it is sent", "card": FACTS}}},
}
ELSEWHERE = ("table", "backup", "log", "exception", "output", "upload", "login")


@pytest.mark.parametrize("where", [*FILES, *MESSAGES, *ANSWERS, *ELSEWHERE])
async def test_a_planted_leak_is_found(watched: Watched, where: str) -> None:
    async with watched() as watch:
        assert watch.traces() == []
        await plant(watch, where)
        found = watch.traces()
        assert any(trace.startswith(OBJECT) for trace in found)
        assert any(trace.startswith(WORDS) for trace in found)


async def test_a_receipt_that_stands_in_a_history_is_found(watched: Watched) -> None:
    async with watched() as watch:
        person, stage = canary(watch.stage), watch.stage
        await by_menu(person, stage)
        receipt = await sends(person, stage, watch)
        assert watch.traces() == []
        await say(watch, {"type": "message", "text": receipt})
        assert watch.traces() == [f"{receipt} in call send", f"{receipt} in a message that stands"]


async def say(watch: Watch, activity: Json) -> None:
    organisation, person = watch.stage.organisation, canary(watch.stage)
    service = watch.stage.double.service_url
    await organisation.connector.send(service, person.direct.id, activity)


async def plant(watch: Watch, where: str) -> None:
    if where in FILES:
        (watch.folder / "planted").write_bytes(FILES[where])
    elif where in MESSAGES:
        await say(watch, MESSAGES[where])
    elif where in ANSWERS:
        canary(watch.stage).answers.append(Answer(200, ANSWERS[where], 0.0))
    else:
        await plant_elsewhere(watch, where)


async def plant_elsewhere(watch: Watch, where: str) -> None:
    client, double = watch.stage.organisation.client, watch.stage.double
    match where:
        case "table":
            async with watch.stage.app.database.writing() as transaction:
                await transaction.execute(text(f"INSERT INTO concerns_vault VALUES ('{BOTH}')"))
        case "backup":
            with closing(sqlite3.connect(watch.folder / "copy.db")) as copy, copy:
                copy.execute(f"CREATE TABLE planted AS SELECT '{BOTH}' AS words")
        case "log":
            logging.getLogger("bot.planted").debug("%s", BOTH)
        case "exception":
            try:
                raise KeyError(BOTH)
            except KeyError:
                logging.getLogger("adapters.planted").exception("something failed")
        case "output":
            print(BOTH)  # noqa: T201
        case "upload":
            await client.put(f"{double.base_url}/upload/{BOTH}", content=b"x")
        case "login":
            await client.post(f"{double.login_url}x/oauth2/v2.0/token", data={"x": BOTH})
