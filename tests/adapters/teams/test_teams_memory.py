"""What a house behind Teams' door has in memory seconds after it has answered: of a concern, nothing."""

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.teams.invokes import PATIENCE
from adapters.teams.late import Late
from adapters.teams.pace import Pace
from adapters.teams.repeats import Repeats
from bot.concerns.schedule import parse
from bot.questions.shelf import Shelf
from tests.adapters.previews import looks_over
from tests.adapters.teams.microsoft import Seconds
from tests.adapters.teams.ways import WHAT, receipt_in
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.people import TeamsPerson
from tests.held import holders
from tests.walks.teams_stage import TeamsStage, teams_stage

OWN = "remembered words 77d1"
"""What is looked for is made of this while a test runs, so that no constant holds it."""


@pytest.fixture
async def waiting(home: Path, shelf: Shelf) -> AsyncIterator[TeamsStage]:
    """A house in which concerns wait for their release, and answers are kept for Teams to ask again a short moment."""
    leisurely = itertools.count(step=2).__next__
    async with teams_stage(home, shelf, parse("tue,thu 10:00 UTC"), seconds=leisurely) as opened:
        opened.door._invokes._repeats = Repeats(kept=0.1)
        yield opened


async def settled(stage: TeamsStage) -> None:
    """Wait until everything is answered, and Teams has had its time to ask for the answers again."""
    await stage.settle()
    async with asyncio.timeout(10):
        while stage.door._invokes._repeats._answered:
            await asyncio.sleep(0)


def forgets(person: TeamsPerson) -> None:
    """Let Teams' side forget what it showed and sent, so that what is left is the house's."""
    person.space.dialogs.clear()
    person.answers.clear()
    person.sent = {}
    for conversation in person.space.conversations.values():
        conversation.messages[:] = [each for each in conversation.messages if OWN not in str(each.content)]


def fresh(number: int) -> str:
    return f"{OWN}-{number}"


async def test_what_is_held_somewhere_is_found() -> None:
    kept: list[object] = [{"inside": {"more": (fresh(0).encode(),)}}]
    assert holders(fresh(0)) == ["tuple"]
    kept[:] = [asyncio.create_task(_answered(fresh(0)))]
    await asyncio.sleep(0)
    assert holders(fresh(0)) == ["Task"]
    kept.clear()
    assert holders(fresh(0)) == []


async def _answered(words: str) -> str:
    return words


async def test_words_and_receipt_are_gone_once_a_concern_is_answered(waiting: TeamsStage) -> None:
    person = waiting.person("mira")
    await person.message(f"concern {fresh(2)}")
    await waiting.settle()
    await person.presses("Open the form")
    await person.submits({WHAT: "Raise a concern", "Your words": fresh(2)})
    await looks_over(person, waiting, fresh(2))
    await person.submits()
    await settled(waiting)
    receipt = receipt_in(person.sees())
    forgets(person)
    assert holders(fresh(2)) == []
    held = holders(receipt)
    assert held == []


async def test_an_answer_that_teams_may_ask_for_again_is_gone_after_a_while(waiting: TeamsStage) -> None:
    person, invokes = waiting.person("mira"), waiting.door._invokes
    await person.extension("rai-desk")
    await person.submits({WHAT: "Raise a concern"})
    await looks_over(person, waiting, fresh(6))
    await settled(waiting)
    invokes._repeats = Repeats(kept=1.0)
    await person.submits()
    await waiting.settle()
    receipt = receipt_in(person.sees())
    forgets(person)
    assert (holders(fresh(6)), holders(receipt)) == ([], ["dict"])
    await settled(waiting)
    assert holders(receipt) == []


async def test_a_late_answer_is_gone_once_it_was_fetched(waiting: TeamsStage) -> None:
    person = waiting.person("mira")
    await late(waiting, person, fresh(3))
    await person.presses("Show it")
    receipt = receipt_in(person.sees())
    await settled(waiting)
    forgets(person)
    assert holders(fresh(3)) == []
    assert holders(receipt) == []


async def test_a_late_answer_that_nobody_fetches_is_gone_after_a_while(waiting: TeamsStage) -> None:
    person, invokes = waiting.person("mira"), waiting.door._invokes
    invokes._late = Late(kept=1.0)
    await late(waiting, person, fresh(4))
    await settled(waiting)
    forgets(person)
    assert holders(fresh(4)) == []
    assert len(invokes._late._answers) == 1
    async with asyncio.timeout(10):
        while invokes._late._answers:
            await asyncio.sleep(0)


async def late(stage: TeamsStage, person: TeamsPerson, words: str) -> None:
    """Send a concern whose answer takes too long, and let it be there by now."""
    await person.extension("rai-desk")
    await person.submits({WHAT: "Raise a concern", "Your words": words})
    await looks_over(person, stage, words)
    stage.door._invokes._patience = 0.05
    with closing(sqlite3.connect(next(stage_folder(stage).rglob("rai.db")), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await person.submits()
        assert "longer than usual" in person.sees()
        other.execute("ROLLBACK")
    stage.door._invokes._patience = PATIENCE
    await stage.settle()


def stage_folder(stage: TeamsStage) -> Path:
    return Path(str(stage.app.settings.data_dir))


async def test_words_are_gone_after_a_defect_and_after_mistakes(waiting: TeamsStage) -> None:
    person = waiting.person("mira")
    waiting.double.faults = lambda method, _: Fault("broken", status=500) if method in ("member", "send") else None
    await person.extension("rai-desk")
    await person.submits({WHAT: "Use a receipt", "Your words": fresh(5)})
    await person.submits({"Anything to add?": fresh(5)})
    await person.message(f"concern {fresh(5)}")
    await waiting.settle()
    activity = person.sender.activity("invoke", person.direct, name="task/submit", value={"data": fresh(5)})
    await person.hands(activity | {"timestamp": fresh(5), "entities": fresh(5)})
    await settled(waiting)
    forgets(person)
    del activity
    assert holders(fresh(5)) == []


async def test_of_what_teams_tells_about_a_person_their_mail_and_login_are_not_kept(waiting: TeamsStage) -> None:
    person = waiting.person("mira")
    mail = str(person.person.told()["email"])
    await person.message("help")
    await waiting.settle()
    assert "member" in [call.method for call in waiting.double.organisation.calls]
    assert holders(mail) == []


def test_when_teams_was_called_for_whom_is_forgotten_once_it_counts_no_more() -> None:
    pace = Pace(seconds := Seconds())
    pace.wait("a:mira", "send")
    seconds.now += 3_700
    pace.wait("a:ann", "send")
    assert "a:mira" not in repr(pace._gates)
