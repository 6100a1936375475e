"""Ways that only Teams has: old clients, places without whispers, slash commands, menus, files, installations."""

import itertools
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.questions.shelf import Shelf
from tests.walks.stage import in_words
from tests.walks.talk import (
    FIRST,
    KNOWN,
    PREVIEW,
    UNKNOWN,
    VALUE,
    WORDS,
    YOUR_WORDS,
    asks_a_human,
    books,
    offers,
    place,
    raises,
    receipt_in,
)
from tests.walks.teams_stage import TeamsStage, teams_stage

ANSWER = "The short words on Letting people appeal."


@pytest.fixture
async def teams(tmp_path: Path, shelf: Shelf, furnished: Path) -> AsyncIterator[TeamsStage]:
    """A house behind Teams; at the end Teams has nothing to complain of."""
    shutil.copytree(furnished, tmp_path / "var")
    async with teams_stage(tmp_path, shelf, seconds=itertools.count(step=2).__next__) as stage:
        yield stage
        assert stage.double.organisation.complaints == []
        assert stage.double.violations == []


async def test_an_old_client_can_press_everything(teams: TeamsStage) -> None:
    for name in ("mira", "chair", "ann"):
        teams.person(name).executes = False
    mira, chair = await asks_a_human(teams), teams.player("chair")
    await chair.looks_at(UNKNOWN)
    assert "A question somebody has taken" in await chair.presses("I'll take it")
    await raises(teams.player("ann"))
    await chair.looks_at(WORDS)
    await chair.presses("Claim")
    assert any("Owner: chair" in each for each in await place(teams))
    await mira.says(KNOWN)
    assert "It does not help with" in await mira.presses("More")


async def test_an_organisation_without_messages_for_one_person_is_answered_in_the_own_chat(teams: TeamsStage) -> None:
    teams.double.organisation.supports_targeted = False
    mira = teams.player("mira")
    assert ANSWER in await mira.says(KNOWN, among_others=True)
    assert any(ANSWER in each for each in teams.person("mira").sees_in(teams.person("mira").direct.id))
    assert await teams.team_sees() == []


async def test_a_slash_command_and_its_answer_are_seen_by_one_person(teams: TeamsStage) -> None:
    mira, ann = teams.person("mira"), teams.person("ann")
    await mira.targeted(f"/rai {KNOWN}", teams.team.id)
    await teams.settle()
    assert ANSWER in mira.sees()
    assert ANSWER not in ann.sees()
    assert await teams.team_sees() == []


async def test_a_message_can_be_asked_about_from_its_menu(teams: TeamsStage) -> None:
    mira = teams.person("mira")
    kept = teams.person("ann").writes(KNOWN, teams.team.id)
    await mira.extension("rai-ask-about", kept.id)
    assert mira.fields() == ["What would you like to do?", YOUR_WORDS]
    await mira.submits()
    await teams.settle()
    assert ANSWER in in_words(mira.sees())
    assert mira.dialog() is not None
    assert await teams.team_sees() == []


async def test_a_concern_in_the_menus_dialog_leaves_no_trace_in_any_chat(teams: TeamsStage) -> None:
    ann = teams.person("ann")
    await ann.extension("rai-desk")
    await ann.submits({"What would you like to do?": "Raise a concern", YOUR_WORDS: WORDS})
    await ann.submits({VALUE: "fairness"})
    assert PREVIEW in in_words(ann.sees())
    await ann.submits()
    await teams.settle()
    assert receipt_in(in_words(ann.sees()))
    assert ann.sees_in(ann.direct.id) == []
    assert len(await place(teams)) == 1


async def test_the_calendar_entry_of_an_hour_is_a_file_to_accept(teams: TeamsStage) -> None:
    await offers(teams)
    mira = teams.player("mira")
    await books(mira)
    person = teams.person("mira")
    (name,) = person.offered()
    await person.accepts_file()
    await teams.settle()
    assert person.received(name).startswith(b"BEGIN:VCALENDAR")
    assert f"File: {name}" in person.sees_in(person.direct.id)


async def test_a_file_that_was_declined_is_not_brought(teams: TeamsStage) -> None:
    await offers(teams)
    await books(teams.player("mira"), FIRST)
    person = teams.person("mira")
    before = person.sees_in(person.direct.id)
    assert (await person.declines_file()).status == 200
    await teams.settle()
    assert person.sees_in(person.direct.id) == before


async def test_who_installs_the_bot_is_greeted_once(teams: TeamsStage) -> None:
    mira = teams.person("mira")
    mira.installs_first = True
    teams.double.organisation.installed.discard(mira.person.aad)
    await mira.message("help")
    await teams.settle()
    await mira.installs()
    await teams.settle()
    asked, *told = mira.sees_in(mira.direct.id)
    assert asked == "help"
    assert len(told) == 2
    assert sum("RAI office hours" in each for each in told) == 1
