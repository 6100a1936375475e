"""What Slack refuses is in the health check while it lasts, and what was accepted meanwhile is delivered once after."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.slack.methods import SCOPES
from bot.questions.shelf import Shelf
from tests.adapters.slack.post_office import NOW
from tests.doubles.slack.server import Fault, SlackDouble
from tests.doubles.slack.workspace import BOT_TOKEN, BOT_USER, Channel, Workspace
from tests.fakes.timing import FakeClock
from tests.walks.slack_player import COUNCIL
from tests.walks.slack_stage import SlackStage, slack_stage
from tests.walks.talk import WRONG, sends

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Mishap:
    """Something in Slack that a person must mend.

    Args:
        fatal: whether nothing works any more, so that the process is not ready.
        says: what the health check then says.
    """

    breaks: Callable[[Workspace], object]
    mends: Callable[[Workspace], object]
    says: str
    fatal: bool = False


def council(space: Workspace) -> Channel:
    return space.channels[COUNCIL]


def token(space: Workspace, error: str) -> None:
    space.tokens[BOT_TOKEN].error = error


def scope(name: str) -> Mishap:
    return Mishap(
        lambda space: space.tokens[BOT_TOKEN].scopes.discard(name),
        lambda space: space.tokens[BOT_TOKEN].scopes.add(name),
        f"The bot's token lacks a scope: {name}. Print `rai manifest slack`",
    )


def flag(name: str, *, bad: bool, says: str) -> Mishap:
    return Mishap(
        lambda space: setattr(council(space), name, bad), lambda space: setattr(council(space), name, not bad), says
    )


_DELETED: dict[str, Channel] = {}
MISHAPS = {
    "the bot was removed": Mishap(
        lambda space: council(space).members.discard(BOT_USER),
        lambda space: council(space).members.add(BOT_USER),
        "the bot is not in it. See RAI_COUNCIL_PLACE, and write /invite",
    ),
    "the channel was deleted": Mishap(
        lambda space: _DELETED.update({COUNCIL: space.channels.pop(COUNCIL)}),
        lambda space: space.channels.update({COUNCIL: _DELETED.pop(COUNCIL)}),
        "Slack knows no such channel",
    ),
    "the channel was archived": flag("is_archived", bad=True, says="The channel is archived. Unarchive it"),
    "the channel was shared": flag("is_shared", bad=True, says="Another organisation reads this channel too"),
    "the channel was made public": flag("is_private", bad=False, says="everybody in the workspace could read"),
    "a scope was lost": scope("chat:write"),
    "the token was revoked": Mishap(
        lambda space: token(space, "token_revoked"),
        lambda space: token(space, ""),
        "The bot's token was revoked. Install the app again and set SLACK_BOT_TOKEN",
        fatal=True,
    ),
    "the app was taken out": Mishap(
        lambda space: token(space, "account_inactive"),
        lambda space: token(space, ""),
        "The app was taken out of the workspace",
        fatal=True,
    ),
}


@pytest.fixture
async def stage(tmp_path: Path, shelf: Shelf) -> AsyncIterator[SlackStage]:
    double = SlackDouble()
    double.workspace.tokens[BOT_TOKEN].scopes = set(SCOPES)
    async with slack_stage(tmp_path, shelf, clock=FakeClock(NOW), double=double) as opened:
        # Hours pass here in no time; the pace is another matter.
        opened.workspace.web.pace.apart = 0.0
        yield opened


async def readiness(stage: SlackStage) -> tuple[int, str, str]:
    """The health check: its status, its problems, its warnings."""
    answer = await stage.client.get("/readyz")
    told = answer.json()
    return answer.status_code, "\n".join(told["problems"]), "\n".join(told["warnings"])


async def well(stage: SlackStage) -> bool:
    return await readiness(stage) == (200, "", "")


async def raises_a_concern(stage: SlackStage, mishap: Mishap | None = None) -> str:
    """Somebody raises a concern; the mishap comes while they write."""
    author = stage.player("mira")
    await author.says("concern")
    if mishap:
        mishap.breaks(stage.double.workspace)
        stage.workspace.directory.forget(COUNCIL)
    return await sends(author, {WRONG: "It scores people."})


@pytest.mark.parametrize("mishap", MISHAPS.values(), ids=MISHAPS.keys())
async def test_a_concern_is_kept_through_it_told_in_the_health_check_and_delivered_once_after(
    stage: SlackStage, mishap: Mishap
) -> None:
    space = stage.double.workspace
    assert await well(stage)
    assert "Your concern is kept" in await raises_a_concern(stage, mishap)
    await stage.workspace.look()
    for _ in range(3):
        await stage.later(HOUR)
    posted = list(space.channels[COUNCIL].messages) if COUNCIL in space.channels else []
    assert posted == []
    assert await stage.app.outbox.stuck() == 1
    status, problems, warnings = await readiness(stage)
    assert status == (503 if mishap.fatal else 200)
    assert mishap.says in (problems if mishap.fatal else warnings)
    mishap.mends(space)
    await stage.workspace.look()
    assert await well(stage), "it is gone again once it was mended"
    await stage.later(HOUR)
    assert ["It scores people." in each for each in stage.person("chair").sees_in(COUNCIL)] == [True]
    assert await stage.app.outbox.stuck() == 0
    assert await well(stage)


@pytest.mark.parametrize("mishap", MISHAPS.values(), ids=MISHAPS.keys())
async def test_what_a_message_meets_is_told_before_anybody_looks(stage: SlackStage, mishap: Mishap) -> None:
    await raises_a_concern(stage, mishap)
    _, problems, warnings = await readiness(stage)
    assert mishap.says in problems + warnings
    if COUNCIL in _DELETED:
        mishap.mends(stage.double.workspace)


async def test_a_change_of_a_case_in_an_archived_channel_waits_for_it(stage: SlackStage) -> None:
    await raises_a_concern(stage)
    chair, space = stage.player("chair"), stage.double.workspace
    await chair.looks_at("It scores people.")
    council(space).is_archived = True
    await chair.presses("Claim")
    await stage.workspace.look()
    assert "The channel is archived" in (await readiness(stage))[2]
    council(space).is_archived = False
    await stage.workspace.look()
    await stage.later(HOUR)
    assert "State: claimed" in (await chair.council_sees())[0]
    assert len(stage.person("chair").sees_in(COUNCIL, council(space).messages[0]["ts"])) == 1


async def test_reading_in_a_channel_is_no_sign_that_it_takes_messages(stage: SlackStage) -> None:
    council(stage.double.workspace).is_archived = True
    await stage.workspace.look()
    await stage.workspace.web.call("conversations.history", channel=COUNCIL)
    assert "The channel is archived" in (await readiness(stage))[2]


async def test_a_channel_that_only_refuses_messages_stays_in_the_health_check_until_it_takes_one(
    stage: SlackStage,
) -> None:
    stage.double.faults = lambda method, _: (
        Fault("refused", "restricted_action_read_only_channel") if method == "chat.postMessage" else None
    )
    await raises_a_concern(stage)
    await stage.workspace.look()
    assert "read-only for the bot" in (await readiness(stage))[2]
    stage.double.faults = lambda _method, _args: None
    await stage.later(HOUR)
    assert await well(stage)


async def test_a_slack_that_does_not_answer_is_told_and_is_no_reason_to_be_restarted(stage: SlackStage) -> None:
    stage.double.faults = lambda _method, _args: Fault("broken")
    await stage.workspace.look()
    assert "Slack does not answer" in (await readiness(stage))[2]
    stage.double.faults = lambda _method, _args: Fault("limited", seconds=0)
    await stage.workspace.look()
    stage.double.faults = lambda _method, _args: None
    await stage.workspace.look()
    assert await well(stage)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}},
        {"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}},
    ],
)
async def test_that_the_bot_was_taken_out_is_told_at_once(stage: SlackStage, event: dict[str, object]) -> None:
    await stage.person("chair").event(event)
    await stage.settle()
    status, problems, _ = await readiness(stage)
    assert status == 503
    assert "Slack: The bot's token was revoked. Install the app again and set SLACK_BOT_TOKEN" in problems


async def test_a_persons_token_that_was_revoked_is_none_of_the_bots(stage: SlackStage) -> None:
    await stage.person("chair").event({"type": "tokens_revoked", "tokens": {"oauth": ["UCHAIR"]}})
    await stage.settle()
    assert await well(stage)


async def test_what_another_channel_refuses_is_no_matter_of_the_house(stage: SlackStage) -> None:
    space = stage.double.workspace
    space.channels["CTEAM"].members.discard(BOT_USER)
    await stage.person("mira").mention("what is fairness", "CTEAM")
    await stage.settle()
    assert await well(stage)


async def test_a_group_of_direct_messages_that_the_bot_may_not_ask_about_lacks_no_scope(stage: SlackStage) -> None:
    stage.double.faults = lambda method, _: (
        Fault("refused", "missing_scope") if method == "conversations.info" else None
    )
    await stage.person("mira").command("concern", "CTEAM")
    await stage.settle()
    assert await well(stage)
