"""Bad luck: a platform that takes nothing, a database that is away, an entry that is gone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from tests.questions.library import save_all, small_shelf
from tests.walks.stage import Stage
from tests.walks.talk import (
    KNOWN,
    MESSAGE,
    PREVIEW,
    UNKNOWN,
    VALUE,
    WORDS,
    WRONG,
    asks_a_human,
    books,
    cases,
    offers,
    owned,
    place,
    raises,
    receipt_in,
    uses,
)


@asynccontextmanager
async def away(stage: Stage, table: str) -> AsyncIterator[None]:
    """A table is not there for a while."""
    await _runs(stage, f"ALTER TABLE {table} RENAME TO away")
    yield
    await _runs(stage, f"ALTER TABLE away RENAME TO {table}")


async def _runs(stage: Stage, statement: str) -> None:
    async with stage.app.database.writing() as transaction:
        await transaction.execute(text(statement))


async def patience(stage: Stage) -> None:
    for _ in range(4):
        await stage.later(timedelta(minutes=10))


async def test_a_concern_taken_in_while_the_platform_takes_nothing_arrives_once(stage: Stage) -> None:
    with stage.out_of_reach():
        receipt = await raises(stage.player("ann"))
        await stage.later(timedelta(minutes=10))
    assert await place(stage) == []
    await patience(stage)
    assert len(await cases(stage)) == 1
    assert "The council has your concern" in await uses(stage.player("ann"), receipt)


async def test_what_is_done_with_a_case_meanwhile_stands_there_afterwards(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    await chair.presses("Write to the author")
    with stage.out_of_reach():
        await chair.fills({MESSAGE: "We look."})
    await patience(stage)
    assert "We look." in (await cases(stage))[0]
    assert [each.partition(": ")[2] for each in await chair.under("State:")] == [
        "chair claimed it", "chair wrote to the author",
    ]  # fmt: skip
    assert "We look." in await uses(stage.player("ann"), receipt)


async def test_a_host_who_could_not_be_told_is_told_later(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    with stage.out_of_reach():
        assert "Your office hour is booked" in await books(mira)
    await patience(stage)
    (told,) = await host.news()
    assert "Somebody booked your office hour" in told


async def test_a_database_that_is_away_takes_nothing_and_nothing_typed_is_lost(stage: Stage) -> None:
    ann = stage.player("ann")
    await ann.says("concern")
    assert PREVIEW in await ann.fills({WRONG: WORDS, VALUE: "fairness"})
    async with away(stage, "concerns_message"):
        seen = await ann.fills()
        assert "Please try again later. Nothing of this was saved." in seen
    assert await place(stage) == []
    receipt_in(await ann.fills())
    assert WORDS in (await cases(stage))[0]


async def test_a_question_is_answered_although_nothing_can_be_kept(stage: Stage) -> None:
    mira = stage.player("mira")
    async with away(stage, "questions_reader"):
        assert "The short words on Letting people appeal." in await mira.says(KNOWN)
    async with away(stage, "questions_gap"):
        seen = await mira.says(UNKNOWN)
        assert "I don't know" in seen
        assert "was noted" not in seen
    assert "The backlog is empty" in await stage.player("chair").says("backlog")


async def test_a_question_that_is_gone_says_so_to_whoever_takes_it(stage: Stage) -> None:
    await asks_a_human(stage)
    chair = stage.player("chair")
    await chair.looks_at(UNKNOWN)
    await _runs(stage, "DELETE FROM questions_ticket")
    assert "This question is not here. Nothing was changed." in await chair.presses("I'll take it")


async def test_a_case_that_is_gone_says_so(stage: Stage) -> None:
    await raises(stage.player("ann"))
    chair = stage.player("chair")
    await chair.looks_at(WORDS)
    for table in ("council_act", "council_case"):
        await _runs(stage, f"DELETE FROM {table}")
    assert "This case is not here. Nothing was changed." in await chair.presses("Claim")


async def test_an_entry_the_library_has_no_more_says_so(stage: Stage, tmp_path: Path) -> None:
    mira = stage.player("mira")
    await mira.says(KNOWN)
    smaller = save_all(tmp_path / "smaller")
    (smaller / "topics" / "appeals.md").unlink()
    stage.app.live.shelf = small_shelf(smaller)
    assert "The library has this entry no more. Please ask again." in await mira.presses("More")
