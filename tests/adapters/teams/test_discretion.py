"""What Teams and who reads its exports can tell of who came for what: of a concern no more than of a question."""

import asyncio
import itertools
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from adapters.rooms import LARGE
from adapters.teams.commands import ALONE, EVERYWHERE
from bot.questions.shelf import Shelf
from tests.adapters.looking import written
from tests.adapters.previews import looks_over
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.organisation import BOT, Call
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.shapes import Json, card_of
from tests.walks.teams_stage import TeamsStage, teams_stage

WHAT, WORDS, WRONG = "What would you like to do?", "Your words", "What is going wrong?"
KNOWN, TYPED = "how do people appeal against a decision", "typed words 41fe that my team ships it anyway"

Way = Callable[[TeamsPerson, TeamsStage], Awaitable[object]]


async def by_chat(person: TeamsPerson, stage: TeamsStage) -> None:
    await person.message("desk")
    await stage.settle()
    await person.presses("Open the form")


async def by_mention(person: TeamsPerson, stage: TeamsStage) -> None:
    await person.mention("desk", stage.team.id)
    await stage.settle()
    await person.presses("Open the form")


async def by_menu(person: TeamsPerson, stage: TeamsStage) -> None:
    await person.extension("rai-desk", conversation=stage.team.id)


async def by_home(person: TeamsPerson, stage: TeamsStage) -> None:
    await person.message("home")
    await stage.settle()
    await person.presses("Ask a question")


WAYS: tuple[Way, ...] = (by_chat, by_mention, by_menu, by_home)


def called(stage: TeamsStage) -> list[tuple[str, bool, int]]:
    """The calls that were made: their kind, whether for one person alone, and about how long; forgotten then."""
    made = [(call.method, "isTargetedActivity" in call.args["query"], _size(call)) for call in _calls(stage)]
    stage.double.organisation.calls.clear()
    return made


def _calls(stage: TeamsStage) -> list[Call]:
    return [call for call in stage.double.organisation.calls if call.args.get("to") != stage.council.id]


def _size(call: Call) -> int:
    """Hundreds of bytes."""
    return len(written(call.args)) // 100


def clear(stage: TeamsStage) -> None:
    """Empty every chat."""
    for conversation in stage.double.organisation.conversations.values():
        conversation.messages.clear()


def said(stage: TeamsStage) -> list[Json]:
    """Everything that the bot said where it stands, but for the release to the council."""
    space = stage.double.organisation
    chats = (each for each in space.conversations.values() if each.id != stage.council.id)
    return [each.content for chat in chats for each in chat.messages if each.by == BOT]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_teams_is_asked_the_same_whatever_is_chosen_at_the_desk(stage: TeamsStage, way: Way) -> None:
    await stage.person("you").message("help")
    await stage.settle()
    asked, chats, _ = [], [], called(stage)
    clear(stage)
    for name, what, words in (("ann", "Ask a question", KNOWN), ("mira", "Raise a concern", "It is going wrong.")):
        person = stage.person(name)
        stage.organisation.directory._shared.clear()
        await way(person, stage)
        await person.submits({WHAT: what, WORDS: words})
        if person.form_open():
            await person.submits({})
        await stage.settle()
        person.closes()
        asked.append(called(stage))
        chats.append([written(card_of(each)) for each in said(stage)])
        clear(stage)
    assert asked[0] == asked[1]
    assert asked[0]
    assert chats[0] == chats[1]


async def test_the_bot_leaves_no_word_of_a_concern_in_a_history(stage: TeamsStage) -> None:
    you = stage.person("you")
    for line in ("concern", "receipt", f"concern: {TYPED}", f"/concern {TYPED}", f"Receipt {TYPED}"):
        for way in (you.message(line), you.mention(line, stage.team.id), you.targeted(f"/rai {line}", stage.team.id)):
            await way
            await stage.settle()
            assert "[Open the form]" in you.sees()
            assert "stands in this chat" in you.sees()
    assert len(said(stage)) == 15
    assert [each for each in said(stage) if any(word in written(each) for word in ("oncern", "eceipt", TYPED))] == []
    for chat in (you.direct.id, stage.team.id):
        messages = stage.double.organisation.conversations[chat].messages
        assert len({written(each.content) for each in messages if each.by == BOT}) == 1
    await you.presses("Open the form")
    assert WHAT in you.sees()


async def test_a_button_of_a_chat_leads_to_the_desk_and_says_not_for_what(stage: TeamsStage) -> None:
    you = stage.person("you")
    await you.message("home")
    await stage.settle()
    for label in ("Raise a concern", "Use a receipt", "Ask a question"):
        you.looks_at(you.direct.id, "Something is going wrong?")
        surface = you.front_surface()
        data = you.control(surface, label).action["data"]
        # A client that knows of no dialogs tells a press as a message.
        on = you.space.message(surface.message)
        assert on is not None
        await you.hands(pressed_as_message(you, on.id, {"rai": data["rai"]}))
        await stage.settle()
        you.picked = None
    fresh = [written(each) for each in said(stage)[1:]]
    assert len(fresh) == 3
    assert [each for each in fresh if "oncern" in each or "eceipt" in each] == []


def pressed_as_message(you: TeamsPerson, on: str, data: Json) -> Json:
    return {**you.sender.activity("message", you.direct), "replyToId": on, "value": data}


async def test_no_command_makes_somebody_say_that_they_have_a_concern() -> None:
    assert {each.title for each in (*EVERYWHERE, *ALONE)} & {"concern", "receipt"} == set()


async def test_every_answer_to_a_dialog_has_one_of_few_sizes(stage: TeamsStage) -> None:
    sizes = {}
    for name, what, words in (("ann", "Ask a question", KNOWN), ("mira", "Raise a concern", "It is wrong. " * 100)):
        person = stage.person(name)
        lengths = listened(stage)
        await person.extension("rai-desk")
        await person.submits({WHAT: what, WORDS: words})
        sizes[name] = list(lengths)
        if person.form_open():
            await person.submits()
            sizes["preview"] = lengths[-1:]
            await person.submits()
            sizes["receipt"] = lengths[-1:]
    assert sizes["ann"] == sizes["mira"]
    assert sizes["preview"] == sizes["receipt"] == sizes["ann"][-1:]
    assert all(length % LARGE == 0 for each in sizes.values() for length in each)


def listened(stage: TeamsStage) -> list[int]:
    """The bytes of each answer from now on."""
    lengths: list[int] = []

    async def note(response: object) -> None:
        lengths.append(int(response.headers["Content-Length"]))  # type: ignore[attr-defined]

    stage.front.client.event_hooks = {"response": [note]}
    return lengths


async def test_nobody_is_shown_typing_while_a_dialog_is_worked_on(hasty: TeamsStage) -> None:
    for name, what in (("ann", "Ask a question"), ("mira", "Raise a concern")):
        person = hasty.person(name)
        await opened(person, hasty, what)
        if person.form_open():
            await looks_over(person, hasty, TYPED)
        with closing(sqlite3.connect(hasty.app.settings.data_dir / "rai.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await person.submits()
            other.execute("ROLLBACK")
        await hasty.settle()
        person.closes()
    assert hasty.double.organisation.typing == []
    assert said(hasty) == []


async def opened(person: TeamsPerson, stage: TeamsStage, what: str) -> None:
    await person.extension("rai-desk")
    await shown(person, stage)
    await person.submits({WHAT: what, WORDS: KNOWN})
    await shown(person, stage)


async def shown(person: TeamsPerson, stage: TeamsStage) -> None:
    """Look again until what took too long is there."""
    await stage.settle()
    while "longer than usual" in person.sees():
        await person.presses("Show it")
        await stage.settle()


async def test_what_came_late_to_a_closed_dialog_is_told_in_no_history(hasty: TeamsStage) -> None:
    you = hasty.person("you")
    await opened(you, hasty, "Raise a concern")
    await looks_over(you, hasty, TYPED)
    with closing(sqlite3.connect(hasty.app.settings.data_dir / "rai.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await you.submits()
        assert "longer than usual" in you.sees()
        you.closes()
        other.execute("ROLLBACK")
    await hasty.settle()
    assert said(hasty) == []


async def test_teams_that_does_not_say_who_they_are_lets_them_speak_and_makes_no_crowd(stage: TeamsStage) -> None:
    stage.double.faults = lambda method, _: Fault("refused", "Forbidden", 403) if method == "member" else None
    you = stage.person("you")
    await you.extension("rai-desk")
    await you.submits({WHAT: "Raise a concern"})
    await looks_over(you, stage, TYPED)
    await you.submits()
    assert "Your concern is kept" in you.sees()
    assert stage.app.router._crowd.size() == 0


async def test_a_form_under_way_is_answered_before_the_door_closes(home: Path, shelf: Shelf) -> None:
    async with teams_stage(home, shelf, seconds=itertools.count(step=2).__next__) as stage:
        you = stage.person("you")
        await you.extension("rai-desk")
        await you.submits({WHAT: "Raise a concern"})
        await looks_over(you, stage, "It is late.")
        sending = asyncio.create_task(you.submits())
        while not stage.door._invokes._repeats._answering:
            await asyncio.sleep(0)
        await stage.door.idle()
        assert not stage.door._invokes._repeats._answering
    await sending
    assert "Your concern is kept" in you.sees()
