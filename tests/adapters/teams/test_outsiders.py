"""Guests, people of another organisation, and places it reads: safe space and council stay closed, and say so."""

import logging
from collections.abc import Awaitable, Callable

import pytest

from tests.adapters.previews import looks_over
from tests.doubles.teams import payloads
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.organisation import OTHER_TENANT, Conversation
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.shapes import Json
from tests.walks.talk import WRONG, raises
from tests.walks.teams_stage import TeamsStage

GUEST = "for members of this organisation"
SHARED = "People of another organisation can read this chat too"
UNKNOWN = "Teams does not say at the moment who you are here"
CHOICES = {"concern": "Raise a concern", "receipt": "Use a receipt"}
WHAT = "What would you like to do?"
MENU, ABOUT = "rai-desk", "rai-ask-about"
CONCERN = "The age of applicants is weighed twice."


def a_guest(stage: TeamsStage) -> TeamsPerson:
    person = stage.person("visitor")
    person.person.role = "guest"
    return person


def a_neighbour(stage: TeamsStage) -> TeamsPerson:
    """Somebody of another organisation, who reads a shared channel."""
    person = stage.person("neighbour")
    person.person.tenant = OTHER_TENANT
    stage.team.members.discard(person.person.aad)
    shared(stage).members.add(person.person.aad)
    return person


def shared(stage: TeamsStage) -> Conversation:
    """A shared channel of the team, with somebody of another organisation in it."""
    space = stage.double.organisation
    known = next((each for each in space.conversations.values() if each.name == "Shared"), None)
    if known is None:
        away = space.person("away", tenant=OTHER_TENANT)
        known = space.channel("Shared", stage.team, away, *(each.person for each in stage.people.values()))
    return known


def a_group(stage: TeamsStage, *names: str) -> Conversation:
    """A group chat with somebody of another organisation in it."""
    space = stage.double.organisation
    away = space.person("away", tenant=OTHER_TENANT)
    return space.group("Plans", away, *(stage.person(name).person for name in names))


async def mentioned(_: TeamsStage, person: TeamsPerson, where: str, words: str) -> None:
    await person.mention(words, where)


async def whispered(_: TeamsStage, person: TeamsPerson, where: str, words: str) -> None:
    await person.targeted(words, where)


async def written(_: TeamsStage, person: TeamsPerson, _where: str, words: str) -> None:
    await person.message(words)


async def from_the_menu(stage: TeamsStage, person: TeamsPerson, where: str, words: str) -> None:
    await person.extension(MENU, conversation=where)
    await stage.settle()
    await person.submits({WHAT: CHOICES[words]})


async def about_a_message(stage: TeamsStage, person: TeamsPerson, where: str, words: str) -> None:
    kept = stage.person("you").writes("We weigh age too much", where)
    await person.extension(ABOUT, kept.id)
    await stage.settle()
    await person.submits({WHAT: CHOICES[words]})


async def at_home(stage: TeamsStage, person: TeamsPerson, _where: str, words: str) -> None:
    await person.message("home")
    await stage.settle()
    await person.presses(CHOICES[words])


Way = Callable[[TeamsStage, TeamsPerson, str, str], Awaitable[None]]
WAYS: tuple[Way, ...] = (mentioned, whispered, written, from_the_menu, about_a_message, at_home)
IN_A_PLACE: tuple[Way, ...] = (mentioned, whispered, from_the_menu, about_a_message)


async def sees(stage: TeamsStage, person: TeamsPerson, way: Way, where: str, words: str) -> str:
    """What is in front of somebody after they came in this way."""
    person.sees_new()
    await way(stage, person, where, words)
    await stage.settle()
    return "\n".join([person.sees(), *person.errors.values()])


@pytest.mark.parametrize("words", CHOICES)
@pytest.mark.parametrize("way", WAYS)
async def test_a_guest_is_told_why_the_safe_space_is_closed_whichever_way_they_come(
    stage: TeamsStage, way: Way, words: str
) -> None:
    assert GUEST in await sees(stage, a_guest(stage), way, stage.team.id, words)
    assert stage.double.organisation.complaints == []


@pytest.mark.parametrize("way", [mentioned, whispered, written])
async def test_a_guest_sees_no_cases_even_with_a_seat(stage: TeamsStage, way: Way) -> None:
    chair = stage.person("chair")
    chair.person.role = "guest"
    assert GUEST in await sees(stage, chair, way, stage.team.id, "cases")


@pytest.mark.parametrize("words", CHOICES)
@pytest.mark.parametrize("way", IN_A_PLACE)
async def test_where_another_organisation_reads_the_safe_space_is_closed_and_says_so(
    stage: TeamsStage, way: Way, words: str
) -> None:
    you = stage.person("you")
    assert SHARED in await sees(stage, you, way, shared(stage).id, words)


@pytest.mark.parametrize("way", [mentioned, whispered])
async def test_where_another_organisation_reads_nobody_sees_cases(stage: TeamsStage, way: Way) -> None:
    chair = stage.person("chair")
    assert SHARED in await sees(stage, chair, way, a_group(stage, "chair", "you").id, "cases")


@pytest.mark.parametrize("where", [shared, lambda stage: a_group(stage, "you", "neighbour")])
async def test_a_neighbour_is_answered_like_anybody_where_others_of_their_own_read(
    stage: TeamsStage, where: Callable[[TeamsStage], Conversation]
) -> None:
    neighbour = a_neighbour(stage)
    assert "air" in await sees(stage, neighbour, mentioned, where(stage).id, "what does fairness mean")
    assert stage.double.organisation.complaints == []


@pytest.mark.parametrize("way", [mentioned, written, from_the_menu])
async def test_a_neighbour_is_told_why_the_safe_space_is_closed(stage: TeamsStage, way: Way) -> None:
    seen = await sees(stage, a_neighbour(stage), way, shared(stage).id, "concern")
    assert (GUEST if way is written else SHARED) in seen


async def test_a_guest_asks_questions_like_anybody(stage: TeamsStage) -> None:
    assert "What I can do" in await sees(stage, a_guest(stage), mentioned, stage.team.id, "help")


async def test_in_a_chat_without_the_bot_a_guest_is_still_a_guest(stage: TeamsStage) -> None:
    guest, you = a_guest(stage), stage.person("you")
    chat = stage.double.organisation.group("closed", guest.person, you.person, installed=False)
    assert GUEST in await sees(stage, guest, from_the_menu, chat.id, "concern")
    assert WRONG in await sees(stage, you, from_the_menu, chat.id, "concern")


async def test_whoever_writes_in_their_own_chat_needs_no_look_at_who_else_reads(
    stage: TeamsStage, caplog: pytest.LogCaptureFixture
) -> None:
    # The names of colleagues are asked for once, whatever the first person does.
    await stage.person("mira").message("help")
    await stage.settle()
    stage.double.organisation.calls.clear()
    assert WHAT in await sees(stage, stage.person("you"), from_the_chat, "", "concern")
    assert [call.method for call in stage.double.organisation.calls if call.method == "pagedmembers"] == []
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []


async def from_the_chat(stage: TeamsStage, person: TeamsPerson, _where: str, words: str) -> None:
    await person.message(words)
    await stage.settle()
    await person.presses("Open the form")


def silent(kind: str) -> Callable[[str, Json], Fault | None]:
    """Teams does not say who somebody is: with an error, or not at all."""
    fault = Fault("hung") if kind == "hung" else Fault("broken", status=500)
    return lambda method, _: fault if method in ("member", "pagedmembers") else None


@pytest.mark.parametrize("kind", ["broken", "hung"])
async def test_while_teams_does_not_say_who_somebody_is_the_council_is_closed_and_says_so(
    stage: TeamsStage, kind: str
) -> None:
    stage.double.faults = silent(kind)
    assert UNKNOWN in await sees(stage, stage.person("chair"), written, "", "cases")
    stage.double.faults = lambda _method, _args: None
    assert UNKNOWN not in await sees(stage, stage.person("chair"), written, "", "cases")


@pytest.mark.parametrize("kind", ["broken", "hung"])
async def test_while_teams_does_not_say_who_somebody_is_they_can_ask_and_speak_up(stage: TeamsStage, kind: str) -> None:
    you = stage.person("you")
    stage.double.faults = silent(kind)
    assert "air" in await sees(stage, you, written, "", "what does fairness mean")
    stage.double.faults = silent("broken")
    await from_the_menu(stage, you, you.direct.id, "concern")
    await looks_over(you, stage, CONCERN)
    await you.submits()
    await stage.settle()
    assert "Your concern is kept" in you.sees()


async def test_who_has_no_seat_changes_nothing_with_a_councils_button(stage: TeamsStage) -> None:
    await raises(stage.player("ann"), CONCERN)
    stage.seats("mira")
    mira = stage.player("mira")
    mira.person.looks_at(stage.council.id, CONCERN)
    before = stage.person("chair").sees_in(stage.council.id)
    assert "Only members of the RAI council may do this. Nothing was changed." in await mira.presses("Claim")
    assert stage.person("chair").sees_in(stage.council.id) == before
    assert "Claim" in before[0]


async def test_a_guest_in_the_councils_own_channel_changes_nothing_even_with_a_seat(stage: TeamsStage) -> None:
    await raises(stage.player("ann"), CONCERN)
    chair = stage.player("chair")
    chair.person.looks_at(stage.council.id, CONCERN)
    chair.person.person.role = "guest"
    before = stage.person("legal").sees_in(stage.council.id)
    assert GUEST in await chair.presses("Claim")
    assert stage.person("legal").sees_in(stage.council.id) == before


async def test_whom_teams_names_without_their_id_in_the_directory_has_no_seat_and_is_answered(
    stage: TeamsStage,
) -> None:
    chair = stage.person("chair")
    for words in ("cases", "help"):
        activity = payloads.message(chair.sender, chair.writes(words, chair.direct.id))
        del activity["from"]["aadObjectId"]
        await chair.hands(activity)
        await stage.settle()
    first, second = chair.sees_new()
    assert "Only members of the RAI council" in first
    assert "What I can do" in second


async def test_a_button_of_a_message_that_one_person_alone_saw_is_answered_to_them_alone(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    await you.targeted("can a risk score be calibrated and have equal false positive rates", stage.team.id)
    await stage.settle()
    mira.sees_new()
    await you.presses("This helped")
    await stage.settle()
    assert "Thank you" in " ".join([you.sees(), you.toast])
    assert mira.sees_new() == []
    assert stage.double.organisation.complaints == []
