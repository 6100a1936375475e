"""Every request is acknowledged in time whatever the database does, and answered once it does something again."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest

from adapters.slack.web import PatientWeb
from bot.chat.errors import Unreachable
from bot.questions.shelf import Shelf
from bot.store.db import CONNECTIONS
from tests.adapters.previews import looks_over
from tests.doubles.slack.fronts import Ack
from tests.doubles.slack.server import Fault
from tests.walks.slack_player import COUNCIL, TEAM_CHANNEL
from tests.walks.slack_stage import Mode, SlackStage, slack_stage

IN_TIME = 1.5
"""Seconds: half of what Slack waits; the stage's own patience is a small part of one."""

ALL = CONNECTIONS + 10
"""With those that SQLAlchemy's pool adds in need: who holds them all lets nobody read or write."""

CONCERN = "The age of applicants is weighed twice."
QUESTION = "can a risk score be calibrated and have equal false positive rates"
WAITS = "This takes longer than usual"


@pytest.fixture(params=["http", "socket"])
async def hasty(request: pytest.FixtureRequest, tmp_path: Path, shelf: Shelf) -> AsyncIterator[SlackStage]:
    """A house that loses patience soon."""
    mode: Mode = request.param
    async with slack_stage(tmp_path, shelf, mode, patience=(0.05, 0.05)) as opened:
        yield opened


@asynccontextmanager
async def stalled(stage: SlackStage) -> AsyncIterator[None]:
    """A database from which nobody gets a connection."""
    async with AsyncExitStack() as held:
        for _ in range(ALL):
            await held.enter_async_context(stage.app.database.engine.connect())
        yield


@asynccontextmanager
async def written_by_another(stage: SlackStage) -> AsyncIterator[None]:
    """A database that another process is writing to, and does not let go."""
    other = sqlite3.connect(str(stage.app.database.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


Act = Callable[[SlackStage], Awaitable[Ack | None]]


async def asks(stage: SlackStage) -> Ack:
    return await stage.person("you").command(QUESTION)


async def looks_at_hours(stage: SlackStage) -> Ack:
    return await stage.person("you").command("hours")


async def writes(stage: SlackStage) -> Ack:
    return await stage.person("you").direct_message("hours")


async def mentions(stage: SlackStage) -> Ack:
    return await stage.person("you").mention("hours", TEAM_CHANNEL)


async def opens_the_page(stage: SlackStage) -> Ack:
    return await stage.person("you").opens_home()


REQUESTS: dict[str, tuple[Act, str]] = {
    "a question": (asks, "alibrat"),
    "a command": (looks_at_hours, "Office hours"),
    "a direct message": (writes, "Office hours"),
    "a mention": (mentions, "Office hours"),
    "the page": (opens_the_page, "Something is going wrong?"),
}


@pytest.mark.parametrize("what", REQUESTS)
async def test_a_request_is_acknowledged_while_the_database_stalls_and_answered_after(
    hasty: SlackStage, what: str
) -> None:
    act, answer = REQUESTS[what]
    async with stalled(hasty):
        ack = await act(hasty)
        assert ack is not None
        assert (ack.status, ack.seconds < IN_TIME) == (200, True)
        assert answer not in hasty.person("you").sees()
    await hasty.settle()
    assert answer in hasty.person("you").sees()


async def test_a_press_is_acknowledged_while_the_database_stalls_and_answered_after(hasty: SlackStage) -> None:
    you = hasty.player("you")
    await you.says(QUESTION)
    async with stalled(hasty):
        ack = await you.person.presses("This helped")
        assert ack is not None
        assert ack.seconds < IN_TIME
    await hasty.settle()
    assert "Thank you" in you.sees()


async def test_a_form_that_takes_long_waits_in_its_modal_and_shows_the_receipt_there(hasty: SlackStage) -> None:
    you = hasty.player("you")
    await you.says("concern")
    await looks_over(you.person, hasty, CONCERN)
    async with stalled(hasty):
        ack = await you.person.submits()
        assert ack.seconds < IN_TIME
        assert WAITS in you.sees()
    await hasty.settle()
    assert "Your concern is kept" in you.sees()
    assert WAITS not in you.sees()
    assert len(await hasty.player("chair").council_sees()) == 1


@pytest.mark.parametrize("kind", ["lost", "broken", "hung"])
async def test_a_receipt_that_comes_late_is_shown_though_slack_did_not_answer_before(
    hasty: SlackStage, kind: Literal["lost", "broken", "hung"]
) -> None:
    # To wait for what hangs takes a second each time.
    you, faults = hasty.player("you"), [Fault(kind)] * (1 if kind == "hung" else 2)
    hasty.workspace.client.timeout = 1
    hasty.double.faults = lambda method, _: faults.pop() if method == "views.update" and faults else None
    await you.says("concern")
    await looks_over(you.person, hasty, CONCERN)
    async with stalled(hasty):
        await you.person.submits()
    await hasty.settle()
    assert faults == []
    assert "Your concern is kept" in you.sees()


async def test_what_may_not_be_repeated_is_not_and_a_refusal_is_none_to_repeat(hasty: SlackStage) -> None:
    web = PatientWeb(hasty.workspace.web)
    for method, kind in (("chat.postMessage", "lost"), ("views.update", "refused"), ("views.update", "broken")):
        hasty.double.faults = lambda _method, _args, kind=kind: Fault(kind)  # type: ignore[misc]
        with pytest.raises(Unreachable):
            await web.call(method, channel=COUNCIL, text="Hello", view_id="V1")
    called = [each.method for each in hasty.double.workspace.calls if each.method != "conversations.info"]
    assert called[-5:] == ["chat.postMessage", *["views.update"] * 4]


async def test_a_form_whose_modal_was_closed_meanwhile_is_kept_all_the_same(hasty: SlackStage) -> None:
    you = hasty.player("you")
    await you.says("concern")
    await looks_over(you.person, hasty, CONCERN)
    async with stalled(hasty):
        await you.person.submits()
        await you.leaves()
    await hasty.settle()
    assert len(await hasty.player("chair").council_sees()) == 1
    assert await you.news() == []


async def test_a_button_that_opens_a_form_opens_a_window_that_waits(hasty: SlackStage) -> None:
    you, chair = hasty.player("you"), hasty.player("chair")
    await you.says("concern")
    await looks_over(you.person, hasty, CONCERN)
    await you.fills()
    await chair.looks_at("weighed twice")
    await chair.presses("Claim")
    await chair.looks_at("weighed twice")
    async with stalled(hasty):
        ack = await chair.person.presses("Write to the author")
        assert ack is not None
        assert ack.seconds < IN_TIME
        await chair.person.appears(WAITS)
    await hasty.settle()
    assert chair.form_open()
    assert WAITS not in chair.sees()


async def test_a_command_that_opens_a_form_needs_no_database(hasty: SlackStage) -> None:
    you = hasty.person("you")
    async with stalled(hasty):
        assert (await you.command("concern")).seconds < IN_TIME
        assert (await you.shortcut("rai-desk")).seconds < IN_TIME
        await hasty.door.idle()
        assert you.form_open()


async def test_while_another_process_writes_everything_is_acknowledged_and_answered_after(hasty: SlackStage) -> None:
    you = hasty.person("you")
    async with written_by_another(hasty):
        acks = [await act(hasty) for act in (writes, mentions, asks)]
    await hasty.settle()
    assert max(ack.seconds for ack in acks) < IN_TIME
    assert any("Office hours" in each for each in you.sees_in("DUYOU"))
    assert any("alibrat" in each for each in you.whispers())


async def test_with_its_real_patience_a_form_is_acknowledged_within_three_seconds(http: SlackStage) -> None:
    you = http.player("you")
    await you.says("concern")
    await looks_over(you.person, http, CONCERN)
    async with stalled(http):
        ack = await you.person.submits()
        assert 2 <= ack.seconds < 3
        assert WAITS in you.sees()
    await http.settle()
    assert "Your concern is kept" in you.sees()
    assert len(you.person.sees_in(COUNCIL)) == 1
