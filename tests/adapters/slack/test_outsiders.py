"""Guests, people of another organisation, and channels it reads: safe space and council stay closed, and say so."""

import logging
from collections.abc import Awaitable, Callable

import pytest

from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.workspace import Channel, Workspace
from tests.walks.slack_player import TEAM_CHANNEL
from tests.walks.slack_stage import SlackStage

GUEST = "for members of this workspace"
SHARED = "Another organisation reads this channel too"
FOREIGN = "belongs to another workspace"
CHOICES = {"concern": "Raise a concern", "receipt": "Use a receipt"}
WHAT = "What would you like to do?"


def a_guest(stage: SlackStage) -> SlackPerson:
    person = stage.person("visitor")
    person.user.is_guest = True
    stage.double.workspace.channels[TEAM_CHANNEL].members.add(person.user.id)
    return person


def a_neighbour(stage: SlackStage) -> SlackPerson:
    """Somebody of another organisation, who reads a shared channel."""
    person = stage.person("neighbour")
    person.user.team = "T2"
    a_shared_channel(stage).members.add(person.user.id)
    return person


def a_shared_channel(stage: SlackStage) -> Channel:
    space = stage.double.workspace
    return space.channels.get("CSHARED") or space.channel("shared", *space.users, is_shared=True)


async def typed(_: SlackStage, person: SlackPerson, channel: str, words: str) -> None:
    await person.command(words, channel)


async def mentioned(_: SlackStage, person: SlackPerson, channel: str, words: str) -> None:
    await person.mention(words, channel)


async def written(_: SlackStage, person: SlackPerson, _channel: str, words: str) -> None:
    await person.direct_message(words)


async def from_the_desk(stage: SlackStage, person: SlackPerson, channel: str, words: str) -> None:
    await person.command("", channel)
    await stage.settle()
    await person.submits({WHAT: CHOICES[words]})


async def from_the_menu(stage: SlackStage, person: SlackPerson, _channel: str, words: str) -> None:
    await person.shortcut("rai-desk")
    await stage.settle()
    await person.submits({WHAT: CHOICES[words]})


async def about_a_message(stage: SlackStage, person: SlackPerson, channel: str, words: str) -> None:
    kept = person.space.keep(person.space.channels[channel], {"user": "UMIRA", "text": "We weigh age too much"})
    await person.shortcut("rai-ask-about", channel, kept["ts"])
    await stage.settle()
    await person.submits({WHAT: CHOICES[words]})


async def at_home(stage: SlackStage, person: SlackPerson, _channel: str, words: str) -> None:
    await person.opens_home()
    await stage.settle()
    await person.presses(CHOICES[words])


Way = Callable[[SlackStage, SlackPerson, str, str], Awaitable[None]]
WAYS: tuple[Way, ...] = (typed, mentioned, written, from_the_desk, from_the_menu, about_a_message, at_home)
IN_A_CHANNEL: tuple[Way, ...] = (typed, mentioned, from_the_desk, about_a_message)


async def sees(stage: SlackStage, person: SlackPerson, way: Way, channel: str, words: str) -> str:
    """What is in front of somebody after they came in this way."""
    await way(stage, person, channel, words)
    await stage.settle()
    return "\n".join([person.sees(), *person.errors.values()])


@pytest.mark.parametrize("words", CHOICES)
@pytest.mark.parametrize("way", WAYS)
async def test_a_guest_is_told_why_the_safe_space_is_closed_whichever_way_they_come(
    stage: SlackStage, way: Way, words: str
) -> None:
    assert GUEST in await sees(stage, a_guest(stage), way, TEAM_CHANNEL, words)
    assert stage.double.workspace.complaints == []


@pytest.mark.parametrize("way", [typed, mentioned, written])
async def test_a_guest_sees_no_cases_even_with_a_seat(stage: SlackStage, way: Way) -> None:
    chair = stage.person("chair")
    chair.user.is_guest = True
    assert GUEST in await sees(stage, chair, way, TEAM_CHANNEL, "cases")


@pytest.mark.parametrize("words", CHOICES)
@pytest.mark.parametrize("way", IN_A_CHANNEL)
async def test_where_another_organisation_reads_the_safe_space_is_closed_and_says_so(
    stage: SlackStage, way: Way, words: str
) -> None:
    channel = a_shared_channel(stage)
    assert SHARED in await sees(stage, stage.person("you"), way, channel.id, words)


@pytest.mark.parametrize("way", [typed, mentioned])
async def test_where_another_organisation_reads_nobody_sees_cases(stage: SlackStage, way: Way) -> None:
    assert SHARED in await sees(stage, stage.person("chair"), way, a_shared_channel(stage).id, "cases")


async def test_a_neighbour_is_answered_in_a_shared_channel_as_anybody(stage: SlackStage) -> None:
    neighbour = a_neighbour(stage)
    await neighbour.mention("what does fairness mean", "CSHARED")
    await stage.settle()
    assert FOREIGN not in neighbour.sees()
    assert "air" in neighbour.sees()


@pytest.mark.parametrize("way", [mentioned, written])
async def test_a_neighbour_is_told_why_the_safe_space_is_closed(stage: SlackStage, way: Way) -> None:
    seen = await sees(stage, a_neighbour(stage), way, "CSHARED", "concern")
    assert SHARED in seen if way is mentioned else GUEST in seen


async def test_a_guest_asks_questions_like_anybody(stage: SlackStage) -> None:
    guest = a_guest(stage)
    await guest.command("help", TEAM_CHANNEL)
    await stage.settle()
    assert "What I can do" in guest.sees()


async def test_in_a_private_channel_without_the_bot_a_guest_is_still_a_guest(stage: SlackStage) -> None:
    guest, you = a_guest(stage), stage.person("you")
    channel = stage.double.workspace.channel("closed", guest.user.id, you.user.id, is_private=True)
    channel.members.discard(stage.double.workspace.bot_user)
    assert GUEST in await sees(stage, guest, typed, channel.id, "concern")
    assert "What is going wrong?" in await sees(stage, you, typed, channel.id, "concern")


async def test_whoever_writes_in_the_direct_messages_needs_no_look_at_them(
    stage: SlackStage, caplog: pytest.LogCaptureFixture
) -> None:
    you = stage.person("you")
    assert "What is going wrong?" in await sees(stage, you, typed, "", "concern")
    assert [call.error for call in stage.double.workspace.calls if call.error] == []
    assert stage.door.warnings() == []
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("way", WAYS[:3])
async def test_another_workspace_gets_nothing_of_this_one(stage: SlackStage, way: Way) -> None:
    second = Workspace(team="T2", bot_user="U2BOT", bot_token="xoxb-second")
    stage.double.others = (second,)
    second.users["UCHAIR"] = stage.double.workspace.users["UCHAIR"]
    second.channel("their", "UCHAIR")
    chair = stage.person("chair")
    chair.home, chair.user.team = second, "T2"
    await way(stage, chair, "CTHEIR", "cases")
    await stage.settle()
    told = [each.message["text"] for each in second.whispers]
    assert all(FOREIGN in each for each in told)
    assert len(told) == (way is typed)
    assert [each["text"] for each in second.channels["CTHEIR"].messages if each.get("bot_id")] == []
    assert "UCHAIR" not in stage.double.workspace.modals
