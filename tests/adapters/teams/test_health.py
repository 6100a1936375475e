"""What Teams refuses is in the health check while it lasts, and what was accepted meanwhile is delivered once after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from adapters.teams.troubles import SHARED
from bot.chat.cards import Card, Text
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import Place
from tests.doubles.teams import payloads
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.organisation import OTHER_TENANT, SECRET, TENANT
from tests.walks.talk import WRONG, raises, sends
from tests.walks.teams_stage import TeamsStage

HOUR = timedelta(hours=1)
CONCERN = "It scores people."
A_CARD = Card("Hello", (Text("There is news."),))
ENDS, ENDED = "2027-11-23T00:00:00Z", "2020-01-01T00:00:00Z"


@dataclass(frozen=True)
class Mishap:
    """Something in Teams that a person must mend.

    Args:
        fatal: whether nothing works any more, so that the process is not ready.
        says: what the health check then says.
    """

    breaks: Callable[[TeamsStage], object]
    mends: Callable[[TeamsStage], object]
    says: str
    fatal: bool = False


def lets_in(stage: TeamsStage) -> None:
    """Somebody of another organisation joins the council's channel."""
    away = stage.double.organisation.person("away", tenant=OTHER_TENANT)
    stage.council.members.add(away.aad)


def shows_out(stage: TeamsStage) -> None:
    (away,) = [each.aad for each in stage.double.organisation.people.values() if each.tenant == OTHER_TENANT]
    stage.council.members.discard(away)


def expires(stage: TeamsStage, ends: str) -> None:
    """The app's secret ends then; what it opened before is taken no more."""
    space = stage.double.organisation
    space.secrets[SECRET] = ends
    space.tokens.clear()


def refuses(stage: TeamsStage, code: str) -> None:
    stage.double.faults = lambda method, _: Fault("refused", code, 403) if method == "send" else None


def takes_all(stage: TeamsStage) -> None:
    stage.double.faults = lambda _method, _args: None


def hides(stage: TeamsStage) -> None:
    """The council's channel is deleted."""
    space = stage.double.organisation
    space.conversations[f"deleted {stage.council.id}"] = space.conversations.pop(stage.council.id)


def shows(stage: TeamsStage) -> None:
    space = stage.double.organisation
    space.conversations[stage.council.id] = space.conversations.pop(f"deleted {stage.council.id}")


MISHAPS = {
    "the bot was removed": Mishap(
        lambda stage: stage.double.organisation.installed.discard(stage.council.id),
        lambda stage: stage.double.organisation.installed.add(stage.council.id),
        "The bot is not in the council's team any more. Add the app to that team again.",
    ),
    "the channel was deleted": Mishap(hides, shows, "Teams knows no such channel. Set RAI_COUNCIL_PLACE"),
    "another organisation reads it": Mishap(lets_in, shows_out, SHARED),
    "an administrator blocked the bot": Mishap(
        lambda stage: setattr(stage.double.organisation, "disabled", True),
        lambda stage: setattr(stage.double.organisation, "disabled", False),
        "An administrator has blocked the bot",
        fatal=True,
    ),
    "the secret expired": Mishap(
        lambda stage: expires(stage, ENDED),
        lambda stage: expires(stage, ENDS),
        "The app's secret has expired. Make a new one in Microsoft Entra",
        fatal=True,
    ),
    "the channel takes no messages": Mishap(
        lambda stage: refuses(stage, "MessageWritesBlocked"), takes_all, "The channel takes no messages from the bot"
    ),
}


async def readiness(stage: TeamsStage) -> tuple[int, str, str]:
    """The health check: its status, its problems, its warnings."""
    answer = await stage.front.client.get("/readyz")
    told = answer.json()
    return answer.status_code, "\n".join(told["problems"]), "\n".join(told["warnings"])


async def raises_a_concern(stage: TeamsStage, mishap: Mishap) -> str:
    """Somebody raises a concern; the mishap comes while they write."""
    author = stage.player("mira")
    await author.says("concern")
    mishap.breaks(stage)
    stage.organisation.directory.forget(Place("teams", stage.council.id))
    return await sends(author, {WRONG: CONCERN})


def cases(stage: TeamsStage) -> list[str]:
    kept = stage.double.organisation.conversations.get(stage.council.id)
    return [each for each in stage.person("chair").sees_in(stage.council.id) if CONCERN in each] if kept else []


@pytest.mark.parametrize("mishap", MISHAPS.values(), ids=MISHAPS.keys())
async def test_a_concern_is_kept_through_it_told_in_the_health_check_and_delivered_once_after(
    stage: TeamsStage, mishap: Mishap
) -> None:
    assert await readiness(stage) == (200, "", "")
    assert "Your concern is kept" in await raises_a_concern(stage, mishap)
    assert cases(stage) == []
    for _ in range(3):
        await stage.later(HOUR)
    assert cases(stage) == []
    assert await stage.app.outbox.stuck() == 1
    status, problems, warnings = await readiness(stage)
    assert status == (503 if mishap.fatal else 200)
    assert mishap.says in (problems if mishap.fatal else warnings)
    mishap.mends(stage)
    await stage.organisation.look()
    await stage.later(HOUR)
    assert len(cases(stage)) == 1
    assert await stage.app.outbox.stuck() == 0
    assert await readiness(stage) == (200, "", "")


async def test_the_bot_that_is_back_in_the_councils_team_is_well_again_at_once(stage: TeamsStage) -> None:
    chair = stage.person("chair")
    await chair.uninstalls(stage.council)
    await stage.settle()
    assert "not in the council's team any more" in (await readiness(stage))[2]
    await chair.installs(stage.council)
    await stage.settle()
    assert await readiness(stage) == (200, "", "")


async def test_somebody_of_elsewhere_who_joins_the_councils_channel_reads_no_case_after_that(
    stage: TeamsStage,
) -> None:
    await raises(stage.player("ann"), "The first one.")
    lets_in(stage)
    chair = stage.person("chair")
    joined = chair.sender.activity("conversationUpdate", stage.double.organisation.conversations[stage.council.id])
    await chair.hands(joined | {"membersAdded": [{"id": "29:away"}]})
    await stage.settle()
    assert SHARED in (await readiness(stage))[2]
    before = chair.sees_all_in(stage.council.id)
    assert "Your concern is kept" in await raises_a_concern(stage, Mishap(lambda _: None, lambda _: None, ""))
    assert chair.sees_all_in(stage.council.id) == before


async def test_a_channel_that_teams_calls_shared_gets_no_case_whoever_its_roster_names(stage: TeamsStage) -> None:
    chair = stage.person("chair")
    asked = payloads.message(chair.sender, chair.writes(f"{payloads.MENTION} help", stage.council.id), mentions=True)
    asked["channelData"]["channel"]["type"] = "shared"
    await chair.hands(asked)
    await stage.settle()
    before = chair.sees_all_in(stage.council.id)
    await raises(stage.player("ann"))
    assert chair.sees_all_in(stage.council.id) == before
    assert SHARED in (await readiness(stage))[2]


async def test_a_teams_that_does_not_answer_is_told_and_is_no_reason_to_be_restarted(stage: TeamsStage) -> None:
    stage.double.faults = lambda method, _: Fault("lost") if method in ("login", "pagedmembers") else None
    await stage.organisation.look()
    status, problems, warnings = await readiness(stage)
    assert (status, problems) == (200, "")
    assert "Microsoft does not answer" in warnings
    takes_all(stage)
    await stage.organisation.look()
    assert await readiness(stage) == (200, "", "")


async def test_what_another_place_refuses_is_no_matter_of_the_house(stage: TeamsStage) -> None:
    space = stage.double.organisation
    space.installed.discard(stage.team.id)
    await stage.person("mira").mention("what is fairness", stage.team.id)
    space.blocked.add(stage.person("mira").person.aad)
    await stage.person("mira").message("help")
    await stage.settle()
    assert await readiness(stage) == (200, "", "")


async def test_who_must_be_told_and_has_no_app_is_waited_for(stage: TeamsStage) -> None:
    refused = Fault("refused", "ForbiddenOperationException", 403)
    stage.double.faults = lambda method, _: refused if method == "create" else None
    with pytest.raises(Unreachable, match="has not installed the app"):
        await stage.organisation.messenger.tell(Actor("teams", TENANT, stage.person("you").person.aad), A_CARD, "k1")
    assert await readiness(stage) == (200, "", "")
    takes_all(stage)
    await stage.organisation.messenger.tell(Actor("teams", TENANT, stage.person("you").person.aad), A_CARD, "k1")
    assert "Hello" in stage.person("you").sees()
