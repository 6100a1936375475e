"""What every door does with what comes in: a sent form is answered at times and sizes that tell nothing of it."""

import asyncio
import json

import pytest

from adapters.rooms import DEFECT, JITTER, LARGE, Rooms, padded
from bot.chat.cards import Card
from bot.chat.crowd import Crowd
from bot.chat.errors import HouseError
from bot.chat.events import CommandUsed, FormSubmitted
from bot.chat.forms import FormSpec, TextField, Values
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.replies import Reply, Whisper
from bot.chat.router import Router
from bot.chat.routes import Command, on_form
from bot.chat.sealed import sealed_form

MIRA = Actor("terminal", "local", "mira")
STEP = 0.2


def spec(name: str) -> FormSpec[str]:
    return FormSpec(name, "A form", (TextField("words", "Words"),), "Send", lambda values, _: values["words"])


async def quick(_: FormSubmitted, __: str) -> Reply:
    return Whisper(Card("Quick"))


async def slow(_: str) -> Reply:
    await asyncio.sleep(STEP / 2)
    return Whisper(Card("Slow"))


async def told(_: CommandUsed) -> Reply:
    return Whisper(Card("Told"))


@pytest.fixture
def rooms() -> Rooms:
    routes = (on_form(spec("open.quick/1"), quick), sealed_form(spec("sealed.slow/1"), slow))
    return Rooms(Router((Command("ask", "ask", told, otherwise=True), *routes), Crowd()), STEP)


async def let_in() -> bool:
    return True


async def seconds(rooms: Rooms, event: CommandUsed | FormSubmitted) -> float:
    began = asyncio.get_running_loop().time()
    async with rooms.evenly(event):
        assert isinstance(await rooms.outcome(event, let_in), Whisper)
    return asyncio.get_running_loop().time() - began


async def test_a_quick_form_and_a_slow_one_take_equally_long(rooms: Rooms) -> None:
    took = [
        await seconds(rooms, FormSubmitted(MIRA, name, {"words": "x"})) for name in ("open.quick/1", "sealed.slow/1")
    ]
    # An answer later than a step would come a whole step later.
    assert all(STEP <= each < 2 * STEP + JITTER for each in took)


async def test_what_is_no_form_is_answered_at_once(rooms: Rooms) -> None:
    assert await seconds(rooms, CommandUsed(MIRA, Place("terminal", "desk"), "ask", "why")) < STEP / 2


@pytest.mark.parametrize("length", [0, 1, 100, LARGE - 20, LARGE])
def test_every_answer_has_a_size_that_tells_nothing(length: int) -> None:
    body = json.dumps({"words": "x" * length}).encode()
    assert len(padded(body)) % LARGE == 0
    assert json.loads(padded(body)) == json.loads(body)


def broken(_values: Values, _hidden: str) -> str:
    raise ValueError("canary words")


async def test_a_defect_while_a_form_is_checked_is_an_apology(caplog: pytest.LogCaptureFixture) -> None:
    form = FormSpec("open.broken/1", "A form", (TextField("words", "Words"),), "Send", broken)
    rooms = Rooms(Router((Command("ask", "ask", told, otherwise=True), on_form(form, quick)), Crowd()))
    outcome = rooms.check(FormSubmitted(MIRA, "open.broken/1", {"words": "x"}))
    assert isinstance(outcome, HouseError)
    assert outcome.message_for_person == DEFECT
    assert "canary" not in caplog.text


async def test_a_defect_in_the_safe_space_neither_frightens_nor_claims_what_nobody_knows(
    caplog: pytest.LogCaptureFixture,
) -> None:
    form = FormSpec("sealed.broken/1", "A form", (TextField("words", "Words"),), "Send", broken)
    open_one = FormSpec("open.broken/1", "A form", (TextField("words", "Words"),), "Send", broken)
    routes = (Command("ask", "ask", told, otherwise=True), sealed_form(form, slow), on_form(open_one, quick))
    rooms = Rooms(Router(routes, Crowd()), 0)
    sent, asked = (FormSubmitted(MIRA, name, {"words": "x"}) for name in ("sealed.broken/1", "open.broken/1"))
    for outcome in (rooms.check(sent), await rooms.outcome(sent, let_in)):
        assert isinstance(outcome, HouseError)
        assert "I cannot say whether what you sent was kept" in outcome.message_for_person
        for wrong in ("noted", "tell who"):
            assert wrong not in outcome.message_for_person
    outcome = await rooms.outcome(asked, let_in)
    assert isinstance(outcome, HouseError)
    assert outcome.message_for_person == DEFECT
    assert "canary" not in caplog.text
