"""What Slack and who reads its exports can tell of who came for what: of a concern no more than of a question."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack.prompts import PROMPTS
from bot.questions.shelf import Shelf
from tests.adapters.previews import looks_over
from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import Json
from tests.doubles.slack.server import Fault
from tests.walks.slack_player import TEAM_CHANNEL
from tests.walks.slack_stage import Mode, SlackStage, slack_stage

WHAT, WORDS = "What would you like to do?", "Your words"


def called(stage: SlackStage) -> list[str]:
    """The methods that were called; forgotten then."""
    methods = sorted(each.method for each in stage.double.workspace.calls)
    stage.double.workspace.calls.clear()
    return methods


def says_concern(stage: SlackStage, person: SlackPerson) -> list[Json]:
    """The bot's messages to somebody that say anything of a concern."""
    kept = stage.double.workspace.direct(person.user.id).messages
    mine = [each for each in kept if each.get("bot_id")]
    return [each for each in mine if "oncern" in f"{each['text']} {each.get('blocks')}"]


@pytest.mark.parametrize("channel", ["", TEAM_CHANNEL])
async def test_slack_is_asked_the_same_whatever_is_chosen_at_the_desk(stage: SlackStage, channel: str) -> None:
    # The names of colleagues are asked for once, whatever the first person does.
    await stage.person("you").command("help")
    await stage.settle()
    asked, _ = [], called(stage)
    for name, what, words in (("ann", "Ask a question", "why"), ("mira", "Raise a concern", "It is going wrong.")):
        person = stage.person(name)
        stage.workspace.directory.forget(channel)
        await person.command("", channel)
        await stage.settle()
        await person.submits({WHAT: what, WORDS: words})
        await stage.settle()
        asked.append(called(stage))
    assert asked[0] == asked[1]


async def test_the_bot_leaves_no_word_of_a_concern_in_a_history(stage: SlackStage) -> None:
    you = stage.person("you")
    for line in ("concern", "receipt", "concern: my team ships anyway"):
        await you.direct_message(line)
        await stage.settle()
        assert "[Open the form]" in you.sees()
    assert says_concern(stage, you) == []
    await you.presses("Open the form")
    await stage.settle()
    assert WHAT in you.sees()


def test_no_prompt_makes_somebody_say_that_they_have_a_concern() -> None:
    assert {prompt["message"] for prompt in PROMPTS} & {"concern", "receipt"} == set()


async def test_who_could_raise_no_concern_makes_no_crowd(http: SlackStage) -> None:
    guest, you = http.person("guest"), http.person("you")
    guest.user.is_guest = True
    for person in (guest, you, http.person("mira")):
        await person.command("why", TEAM_CHANNEL)
    await http.door.idle()  # a release would forget the count
    assert crowd(http) == 2


async def test_who_is_not_known_makes_no_crowd_and_is_no_council(http: SlackStage) -> None:
    http.double.faults = lambda method, _: Fault("broken") if method == "users.info" else None
    chair = http.person("chair")
    await chair.command("cases")
    await http.settle()
    assert "Slack does not say at the moment who you are" in chair.sees()
    await chair.command("concern")
    await http.door.idle()
    assert "What is going wrong?" in chair.sees()
    assert crowd(http) == 0


def crowd(stage: SlackStage) -> int:
    """How many different people count so far: nobody sees it before the next release."""
    return stage.app.router._crowd.size()


async def test_a_form_from_another_version_says_so_and_keeps_what_was_typed(stage: SlackStage) -> None:
    you = stage.person("you")
    await you.command("concern")
    await stage.settle()
    (view,) = stage.double.workspace.modals[you.user.id]
    view["private_metadata"] = "of a version that nobody remembers"
    await you.submits({"What is going wrong?": "Something."})
    assert "another version of the bot" in " ".join(you.errors.values())
    assert you.form_open()


async def test_words_behind_a_command_are_never_said_to_stand_in_the_chat(http: SlackStage) -> None:
    you = http.person("you")
    http.double.faults = lambda method, _: Fault("refused", "expired_trigger_id") if method == "views.open" else None
    await you.command("concern they ship it anyway")
    await http.settle()
    assert "[Open the form]" in you.sees()
    assert "stands in this chat" not in you.sees()


async def test_a_shortcut_that_slack_lets_open_nothing_is_answered_in_the_direct_messages(http: SlackStage) -> None:
    you = http.person("you")
    http.double.faults = lambda method, _: Fault("refused", "expired_trigger_id") if method == "views.open" else None
    await you.shortcut("rai-desk")
    await http.settle()
    assert "[Open the form]" in you.sees()


@pytest.fixture
async def busy(http: SlackStage) -> AsyncIterator[SlackStage]:
    """A house whose rooms have as much to do as they take at once."""
    async with http.app.database.writing():
        for number in range(8):
            await http.person(f"busy{number}").command(f"which biscuit goes with tea {number}")
        yield http


async def test_the_desk_opens_while_the_rooms_have_all_they_can_do(busy: SlackStage) -> None:
    you = busy.person("you")
    await you.command("")
    async with asyncio.timeout(5):
        while not you.form_open():
            await asyncio.sleep(0.01)
    assert WHAT in you.sees()


async def test_what_came_late_to_a_closed_window_is_not_told_in_a_history(tmp_path: Path, shelf: Shelf) -> None:
    async with slack_stage(tmp_path, shelf, patience=(0.05, 0.05)) as stage:
        you = stage.person("you")
        await you.command("")
        await stage.settle()
        async with stage.app.database.writing():
            await you.submits({WHAT: "Ask a question", WORDS: "is there a boss who hides a failed bias test of tea"})
            assert "One moment" in you.sees()
            you.closes()
        await stage.settle()
        (told,) = you.sees_in(stage.double.workspace.direct(you.user.id).id)
        assert "The window was closed before the answer came." in told
        assert says_concern(stage, you) == []


@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_a_form_under_way_is_answered_before_the_door_closes(tmp_path: Path, shelf: Shelf, mode: Mode) -> None:
    async with slack_stage(tmp_path, shelf, mode) as stage:
        you = stage.person("you")
        await you.command("concern")
        await stage.settle()
        await looks_over(you, stage, "It is late.")
        sending = asyncio.create_task(you.submits())
        while not stage.door._work._under_way:
            await asyncio.sleep(0)
    await sending
    assert "Your concern is kept" in you.sees()
