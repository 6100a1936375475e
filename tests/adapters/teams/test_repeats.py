"""What Teams sends again has one effect: fifty messages, each four times and shuffled, are fifty answers."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest

from adapters.teams.app import TeamsApp
from adapters.teams.bot_framework import Answer
from adapters.teams.repeats import Repeats
from bot.store.db import CONNECTIONS
from bot.web import web
from tests.adapters.previews import looks_over
from tests.adapters.teams.recorded import done, on_stage
from tests.doubles.teams import payloads
from tests.doubles.teams.fronts import PATH
from tests.doubles.teams.organisation import Message
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.shapes import Json
from tests.walks.talk import MORE, RECEIPT, books, offers, raises, sends
from tests.walks.teams_stage import TeamsStage

TIMES = 4
AT_ONCE = 20
ALL = CONNECTIONS + 10
"""With those that SQLAlchemy's pool adds in need: who holds them all lets nobody read or write."""

WRONG, CONCERN = "What is going wrong?", "The age of applicants is weighed twice."
QUESTION = "can a risk score be calibrated and have equal false positive rates"


def asks_for_help(stage: TeamsStage, number: int) -> Json:
    """What Teams sends when somebody writes ``help`` to the bot alone."""
    person = stage.person(f"p{number}")
    return payloads.message(person.sender, person.writes("help", person.direct.id))


async def again_and_again(stage: TeamsStage, activities: list[Json]) -> Counter[int]:
    """Send each four times, in any order and many at once; returns the statuses."""
    deliveries = activities * TIMES
    random.Random(4).shuffle(deliveries)
    gate, statuses = asyncio.Semaphore(AT_ONCE), Counter[int]()

    async def deliver(activity: Json) -> None:
        async with gate:
            statuses[(await stage.front.send(activity)).status] += 1

    await asyncio.gather(*map(deliver, deliveries))
    await stage.settle()
    return statuses


@asynccontextmanager
async def stalled(stage: TeamsStage) -> AsyncIterator[None]:
    """A database from which nobody gets a connection."""
    async with AsyncExitStack() as held:
        for _ in range(ALL):
            await held.enter_async_context(stage.app.database.engine.connect())
        yield


def cases(stage: TeamsStage) -> list[str]:
    return stage.person("chair").sees_in(stage.council.id)


async def test_fifty_messages_four_times_each_are_fifty_answers(stage: TeamsStage) -> None:
    statuses = await again_and_again(stage, [asks_for_help(stage, number) for number in range(50)])
    answers = [len(stage.person(f"p{number}").sees_new()) for number in range(50)]
    assert statuses == {200: 50 * TIMES}
    assert answers == [1] * 50


async def test_two_messages_of_one_person_are_two(stage: TeamsStage) -> None:
    you = stage.person("you")
    for _ in range(2):
        await you.message("help")
    await stage.settle()
    assert len([each for each in you.sees_new() if "What I can do" in each]) == 2


async def test_messages_of_one_id_in_two_places_are_two(stage: TeamsStage) -> None:
    for name in ("message_verb", "mention_alone"):
        await stage.front.send(on_stage(name, stage) | {"id": "1795424499999"})
    await stage.settle()
    assert len(stage.person("mira").sees_new()) == 2


async def test_two_messages_that_teams_gave_no_id_are_two(stage: TeamsStage) -> None:
    you = stage.person("you")
    for _ in range(2):
        await you.hands(payloads.message(you.sender, you.writes("help", you.direct.id)) | {"id": None})
    await stage.settle()
    assert len(you.sees_new()) == 2


async def test_two_people_whose_forms_teams_gave_one_id_see_each_their_own(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    root = you.writes("Hello", stage.team.id)
    told = {"commandId": "rai-desk", "commandContext": "compose"}
    asking = [payloads.extension(each.sender, "composeExtension/fetchTask", root, told) for each in (you, mira)]
    before = len(stage.double.organisation.calls)
    await asyncio.gather(*(you.hands(each | {"id": "f:1"}) for each in asking))
    await stage.settle()
    looked = [call.args["which"] for call in stage.double.organisation.calls[before:] if call.method == "member"]
    assert sorted(looked) == sorted([you.person.id, mira.person.id])


async def test_a_mention_that_comes_again_is_answered_once(stage: TeamsStage) -> None:
    you = stage.person("you")
    kept = you.writes(f"{payloads.MENTION} help", stage.team.id)
    for _ in range(TIMES):
        await you.hands(payloads.message(you.sender, kept, mentions=True))
        await stage.settle()
    assert len([each for each in you.sees_new() if "What I can do" in each]) == 1


async def test_a_message_that_comes_again_after_a_restart_is_answered_once(stage: TeamsStage) -> None:
    you = stage.person("you")
    activity = payloads.message(you.sender, you.writes("help", you.direct.id))
    await you.hands(activity)
    await stage.settle()
    restarted = TeamsApp(stage.organisation, stage.app.router, stage.app.arrivals)
    transport = httpx.ASGITransport(app=web(stage.app, (restarted,)))
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
        token = stage.double.keys.token(stage.double.service_url)
        answer = await client.post(PATH, json=activity, headers={"Authorization": f"Bearer {token}"})
        await restarted.idle()
    assert answer.status_code == 200
    assert len([each for each in you.sees_new() if "What I can do" in each]) == 1


async def a_filled_form(stage: TeamsStage) -> tuple[TeamsPerson, Json]:
    """Somebody before a form for a concern, and what will be sent of it."""
    you = stage.player("you")
    await you.says("concern")
    await looks_over(you.person, stage, CONCERN)
    dialog = you.person.dialog()
    assert dialog is not None
    send = you.person.control(you.person.front_surface(), "Send to the council").action["data"]
    return you.person, payloads.submitted(you.person.sender, dialog["on"], send | you.person.filled({}))


async def test_a_form_that_teams_sends_twice_at_once_is_one_concern_and_both_show_its_receipt(
    stage: TeamsStage,
) -> None:
    you, sent = await a_filled_form(stage)
    first, second = await asyncio.gather(you.hands(sent), you.hands(sent))
    await stage.settle()
    assert first.body == second.body
    assert "Your concern is kept" in str(first.body)
    assert len(cases(stage)) == 1


async def test_a_form_whose_answer_got_lost_shows_its_receipt_when_teams_sends_it_again(stage: TeamsStage) -> None:
    you, sent = await a_filled_form(stage)
    lost = await you.hands(sent)
    await stage.settle()
    assert (await you.hands(sent)).body == lost.body
    assert "Your concern is kept" in str(lost.body)
    assert len(cases(stage)) == 1


async def test_what_somebody_was_answered_is_shown_to_nobody_else_who_sends_the_same(stage: TeamsStage) -> None:
    you, sent = await a_filled_form(stage)
    first = await you.hands(sent)
    mira = stage.person("mira").sender.activity("invoke", you.direct)["from"]
    again = await you.hands(sent | {"from": mira})
    assert "Your concern is kept" in str(first.body)
    assert "was sent before, and is kept" in str(again.body)


async def test_a_form_that_broke_is_worked_on_again_when_teams_sends_it_again() -> None:
    repeats, tries = Repeats(), []

    async def answer() -> Answer:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("none of ours")
        return Answer(200, {})

    with pytest.raises(ValueError, match="none of ours"):
        await repeats.answer("key", answer)
    assert (await repeats.answer("key", answer)).status == 200
    assert (await repeats.answer("key", answer)).status == 200
    assert len(tries) == 2


async def test_a_form_that_is_sent_from_two_devices_at_once_is_one_concern(stage: TeamsStage) -> None:
    you, sent = await a_filled_form(stage)
    answers = await asyncio.gather(you.hands(sent | {"id": "f:1"}), you.hands(sent | {"id": "f:2"}))
    await stage.settle()
    assert sorted("was sent before, and is kept" in str(each.body) for each in answers) == [False, True]
    assert len(cases(stage)) == 1


async def test_a_form_that_is_sent_once_more_is_one_concern_and_says_so(stage: TeamsStage) -> None:
    you = stage.player("you")
    assert await raises(you, CONCERN)
    assert "was sent before, and is kept" in await you.sends_again()
    assert len(cases(stage)) == 1


async def test_what_an_author_adds_and_teams_sends_twice_is_added_once(stage: TeamsStage) -> None:
    ann = stage.player("ann")
    receipt = await raises(ann, CONCERN)
    await ann.says("receipt")
    await sends(ann, {RECEIPT: receipt, MORE: "It is still so."})
    before = stage.person("chair").sees_all_in(stage.council.id)
    assert "was sent before" in await ann.sends_again()
    assert stage.person("chair").sees_all_in(stage.council.id) == before


async def test_a_file_that_was_accepted_twice_is_uploaded_and_shown_once(stage: TeamsStage) -> None:
    await offers(stage)
    you = stage.person("you")
    await books(stage.player("you"))
    sent = acceptance(you, you.direct.messages[-1])
    for _ in range(2):
        await you.hands(sent)
        await stage.settle()
    assert done(stage).count("upload") == 1
    assert [each for each in you.sees_all_in(you.direct.id) if each == "File: office-hour.ics"] == [
        "File: office-hour.ics"
    ]
    assert "could not be put" not in you.sees()
    assert stage.double.organisation.complaints == []


def acceptance(person: TeamsPerson, offer: Message) -> Json:
    """What Teams sends when somebody accepts the file of this message."""
    person.space.uploads["file-1"] = b""
    (attachment,) = offer.content["attachments"]
    upload = {
        "contentUrl": "https://double.sharepoint.example/file-1/office-hour.ics",
        "name": attachment["name"],
        "uploadUrl": f"{person.double.base_url}/upload/file-1",
        "uniqueId": "file-1",
        "fileType": "ics",
    }
    return payloads.file_consent(person.sender, offer, "accept", attachment["content"]["acceptContext"], upload)
