"""Activities in canary words that nobody can read: they leave no trace of the words, or of who sent them."""

import logging
from pathlib import Path
from urllib.parse import quote

import pytest

from adapters.teams.shape import Shape, packed
from bot.questions.shelf import Shelf
from tests.adapters.teams.canary import OBJECT, ROOM, WORDS, canary
from tests.adapters.teams.watched import Watched, watching
from tests.doubles.teams.shapes import Json


@pytest.fixture
def watched(home: Path, shelf: Shelf, capfd: pytest.CaptureFixture[str]) -> Watched:
    """Opens a house whose every trace is watched."""
    return watching(home, shelf, capfd)


RAI = {
    "form": "concerns.raise/1",
    "hidden": "x",
    "shape": packed(Shape("", "", [{"type": "Input.Text", "id": "words"}])),
}
BROKEN: dict[str, Json] = {
    "a form without a shape": {"name": "task/submit", "value": {"data": {"rai": {"form": "a.b/1"}, "words": WORDS}}},
    "a form of an old version": {
        "name": "task/submit",
        "value": {"data": {"rai": {**RAI, "form": "concerns.raise/0"}, "words": WORDS}},
    },
    "a form of numbers": {"name": "task/submit", "value": {"data": {"rai": RAI, "words": [WORDS]}}},
    "a form of another room": {
        "name": "task/submit",
        "value": {"data": {"rai": {**RAI, "form": "council.reply/1"}, "words": WORDS}},
    },
    "a form with a foreign mark": {"name": "task/submit", "value": {"data": {"rai": RAI, "words": WORDS}}},
    "a press of nothing": {"name": "task/submit", "value": {"data": {"rai": {"press": WORDS, "data": WORDS}}}},
    "a press of words": {
        "name": "adaptiveCard/action",
        "value": {"action": {"data": {"rai": {"press": "concerns.raise/1", "data": WORDS}}}},
    },
    "a wait for nothing": {"name": "task/submit", "value": {"data": {"rai": {"wait": WORDS}}}},
    "no known invoke": {"name": WORDS, "value": WORDS},
    "no known activity": {"type": WORDS, "text": WORDS},
    "an accepted file of words": {
        "name": "fileConsent/invoke",
        "value": {"action": "accept", "context": {"rai": {"file": WORDS, "content": WORDS}},
                  "uploadInfo": {"uploadUrl": f"https://{OBJECT}.example/{quote(WORDS)}", "name": WORDS}},
    },
    "a time that is none": {"type": "message", "text": f"concern {WORDS}", "timestamp": WORDS, "expiration": WORDS},
    "words where one of a few belongs": {
        "type": "message", "text": f"concern {WORDS}", "textFormat": WORDS, "inputHint": WORDS, "importance": WORDS,
        "deliveryMode": WORDS, "attachmentLayout": WORDS,
    },
    "lists of words": {"type": "message", "text": [WORDS], "attachments": [WORDS], "suggestedActions": WORDS},
    "names of words": {"type": "message", "text": "help", WORDS: WORDS, "channelData": {WORDS: WORDS}},
    "reactions of words": {"type": "messageReaction", "reactionsAdded": [{"type": WORDS}]},
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("level", [1, logging.WARNING])
async def test_what_cannot_be_read_leaves_no_trace(watched: Watched, what: str, level: int) -> None:
    async with watched(level) as watch:
        person, stage = canary(watch.stage), watch.stage
        where = person.space.conversations[ROOM]
        await person.hands(person.sender.activity("invoke", where) | BROKEN[what])
        await person.hands(person.sender.activity("invoke", person.direct) | BROKEN[what])
        await stage.settle()
        assert watch.traces() == []


async def test_what_is_no_json_or_comes_without_a_token_leaves_no_trace(watched: Watched) -> None:
    async with watched() as watch:
        person = canary(watch.stage)
        activity = person.sender.activity("message", person.direct, text=f"concern {WORDS}")
        assert (await person.hands(activity, "")).status == 401
        assert (await person.hands(activity, f"{WORDS}.{OBJECT}.x")).status == 401
        assert (await person.hands({**activity, "serviceUrl": f"https://{OBJECT}.example/"})).status in (401, 403)
        token = person.tokens[-1]
        for body in (f'{{"type": "{WORDS}', f"[{OBJECT}]", f'"{WORDS}"', "[" * 100_000):
            answer = await watch.stage.front.send_raw(body.encode(), f"Bearer {token}")
            assert answer.status == 400
        assert watch.traces() == []
