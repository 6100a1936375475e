"""A canary person raises concerns in canary words through every way that Teams has, at every log level and while things
go wrong: they are found nowhere but where Teams must be told whom to answer, their words nowhere but in the release.

Two places are no leak, and are looked at apart. A form gives its author back what they typed, in the inputs of their
own dialog: from the desk, or when something is wrong with it. It goes to them alone, as the answer to what they sent,
and stands in no history. And a call must name whom it answers: those arguments, and no others, are left out in
``canary.told``. What somebody writes to the bot in a chat stands there by their own hand. The tenant's id is
everybody's, and leads to nobody.
"""

import logging
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from sqlalchemy import text

from adapters.teams.invokes import PATIENCE
from bot.questions.shelf import Shelf
from tests.adapters.previews import looks_over
from tests.adapters.teams.canary import OBJECT, WORDS, canary
from tests.adapters.teams.watched import Watched, watching
from tests.adapters.teams.ways import (
    TYPED,
    WAYS,
    WHAT,
    by_desk,
    by_home,
    by_mention,
    by_menu,
    follows,
    receipt_in,
    sends,
)
from tests.doubles.teams.clock import TeamsClock
from tests.doubles.teams.faults import Fault, Faults
from tests.doubles.teams.shapes import Json

Kind: TypeAlias = Literal["limited", "precondition", "refused", "broken", "hung", "lost"]

LEVELS = (1, logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)


@pytest.fixture
def watched(home: Path, shelf: Shelf, capfd: pytest.CaptureFixture[str]) -> Watched:
    """Opens a house whose every trace is watched."""
    return watching(home, shelf, capfd)


@pytest.mark.parametrize("level", LEVELS)
async def test_nobody_and_no_word_is_found_whichever_way_they_come(watched: Watched, level: int) -> None:
    async with watched(level) as watch:
        person = canary(watch.stage)
        for way in WAYS:
            await way(person, watch.stage)
            receipt = await sends(person, watch.stage, watch)
        assert "What you added is kept." in await follows(person, watch.stage, receipt)
        assert "The council has your concern" in await follows(person, watch.stage, receipt, more="")
        assert watch.released() == len(WAYS)
        assert watch.traces() == []


@pytest.mark.parametrize("method", ["member", "pagedmembers", "send", "create", "login", "keys"])
@pytest.mark.parametrize("kind", ["refused", "broken", "lost"])
async def test_a_teams_that_fails_makes_nothing_be_told(watched: Watched, method: str, kind: Kind) -> None:
    async with watched() as watch:
        person, stage = canary(watch.stage), watch.stage
        stage.double.faults = first_calls(method, kind)
        for way in (by_menu, by_mention, by_desk):
            with suppress(AssertionError, KeyError):
                await way(person, stage)
                await sends(person, stage, watch)
        stage.double.faults = lambda _method, _args: None
        await by_menu(person, stage)
        await sends(person, stage, watch)
        await stage.later(timedelta(minutes=10))
        assert watch.released() > 0
        assert watch.traces() == []


def first_calls(method: str, kind: Kind, times: int = 2) -> Faults:
    """The first calls of a method go wrong."""
    made: Counter[str] = Counter()

    def fault(called: str, _args: Json) -> Fault | None:
        made[called] += called == method
        return (
            Fault(kind, code="Forbidden", status=403 if kind == "refused" else 500)
            if 0 < made[called] <= times
            else None
        )

    return fault


async def test_what_comes_too_late_is_told_to_nobody_but_who_waits(watched: Watched) -> None:
    async with watched() as watch:
        person, stage = canary(watch.stage), watch.stage
        for fetched in (True, False):
            await by_menu(person, stage)
            await looks_over(person, stage, WORDS)
            stage.door._invokes._patience = 0.05
            with closing(sqlite3.connect(next(watch.folder.rglob("rai.db")), isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                await person.submits()
                assert "longer than usual" in person.sees()
                other.execute("ROLLBACK")
            stage.door._invokes._patience = PATIENCE
            await stage.settle()
            if fetched:
                await person.presses("Show it")
                watch.receipts.append(receipt_in(person.sees()))
            person.closes()
        assert watch.released() == 2
        assert watch.traces() == []


async def test_a_defect_in_the_rooms_makes_nothing_be_told(watched: Watched) -> None:
    async with watched() as watch:
        person, stage = canary(watch.stage), watch.stage
        await by_menu(person, stage)
        await looks_over(person, stage, WORDS)
        assert isinstance(person.space.clock, TeamsClock)
        now = stage.clock.now().timestamp()
        person.space.clock.follows = lambda: now
        stage.clock.broken = RuntimeError(f"{OBJECT} {WORDS}")
        await person.submits()
        with suppress(Exception):
            await stage.settle()
        stage.clock.broken = None
        assert "I cannot say whether what you sent was kept" in person.sees()
        person.closes()
        async with stage.app.database.writing() as transaction:
            await transaction.execute(text("DROP TABLE concerns_message"))
        await by_desk(person, stage)
        await looks_over(person, stage, WORDS)
        await person.submits()
        await stage.settle()
        assert person.form_open()
        assert WORDS in person.sees()
        assert watch.traces() == []


async def test_a_form_that_is_sent_twice_or_is_wrong_tells_nothing(watched: Watched) -> None:
    async with watched() as watch:
        person, stage = canary(watch.stage), watch.stage
        await by_menu(person, stage)
        form = person.space.dialogs[OBJECT]
        for wrong in ({"words": WORDS * 200}, {"words": "", "value": WORDS}, {"value": WORDS}, {"words": f"{WORDS}\0"}):
            await person.sends({**form, "data": {**send_of(form), **wrong}})
            assert person.dialog()
        await by_menu(person, stage)
        await sends(person, stage, watch)
        await person.submits_again()
        person.closes()
        await by_home(person, stage)
        person.closes()
        await person.extension("rai-desk")
        await person.submits({WHAT: "Use a receipt", TYPED: "abacus " * 6})
        await person.submits({"Anything to add?": WORDS})
        assert "six words" in "".join(person.errors.values()) or "receipt" in "".join(person.errors.values())
        await stage.settle()
        assert watch.traces() == []


def send_of(dialog: Json) -> Json:
    """What the button of a form in a dialog carries."""
    return next(each["actions"][0]["data"] for each in dialog["card"]["body"] if each["type"] == "ActionSet")
