"""Where an answer appears: in the modal, the direct messages, the page; never lost because a window is too small."""

from datetime import timedelta

from adapters.slack.conversation import Conversation
from adapters.slack.inbound import Origin
from bot.chat.cards import Card, Text
from tests.walks.slack_player import TEAM_CHANNEL
from tests.walks.slack_stage import SlackStage

QUESTION = "can a risk score be calibrated and have equal false positive rates"


async def an_offer(stage: SlackStage) -> None:
    host = stage.player("chair")
    await host.says("offer")
    await host.fills(
        {"Every": "Thursday", "From": "15:00", "Until": "16:00", "Time zone": "Europe/Berlin", "Length of a slot": "30"}
    )


async def test_the_calendar_file_of_a_booking_comes_in_the_direct_messages(stage: SlackStage) -> None:
    await an_offer(stage)
    you = stage.player("you")
    await you.says("book")
    slot = you.person.choices("When")[0]
    assert "The file is in our direct messages." in await you.fills({"When": slot})
    assert you.person.files() == ["office-hour.ics"]
    assert "Your office hour is booked" in (await you.news())[-1]


async def test_the_page_is_drawn_anew_after_its_owner_did_something(stage: SlackStage) -> None:
    await an_offer(stage)
    you = stage.player("you")
    await you.person.opens_home()
    await stage.settle()
    assert "You meet" not in you.sees()
    await you.presses("Book")
    await you.fills({"When": you.person.choices("When")[0]})
    you.person.closes()
    assert "You meet chair" in you.person.page()


async def test_a_page_that_nobody_looked_at_is_not_drawn(stage: SlackStage) -> None:
    you = stage.player("you")
    await you.says(QUESTION)
    await you.presses("This helped")
    assert [call for call in stage.double.workspace.calls if call.method == "views.publish"] == []


async def test_what_is_too_long_for_a_window_goes_on_in_the_direct_messages(stage: SlackStage) -> None:
    sentences = [f"Sentence number {number} is about fairness." for number in range(12_000)]
    card = Card("A long story", tuple(Text(" ".join(sentences[at : at + 40])) for at in range(0, 12_000, 40)))
    you = stage.person("you")
    trigger = stage.double.workspace.trigger(you.user.id)
    origin = Origin("T1", you.user.id, "shortcut", trigger=trigger)
    await Conversation(stage.app.router, stage.workspace).surfaces.whisper(card, origin)
    shown = "\n".join([you.sees(), *you.sees_in(stage.double.workspace.direct(you.user.id).id)])
    assert [each for each in sentences if each not in shown] == []
    assert "comes in our direct messages" in you.sees()
    assert stage.double.workspace.complaints == []


async def test_a_whisper_that_grew_too_long_for_one_message_goes_on_below_it_and_in_the_direct_messages(
    stage: SlackStage,
) -> None:
    sentences = [f"Sentence number {number} is about fairness." for number in range(1_600)]
    card = Card("A long story", tuple(Text(" ".join(sentences[at : at + 40])) for at in range(0, 1_600, 40)))
    you, space = stage.person("you"), stage.double.workspace
    whispered = space.whisper(TEAM_CHANNEL, you.user.id, {"text": "Short", "blocks": []}, shown=True)
    url = stage.double.response_url(TEAM_CHANNEL, you.user.id, whisper=whispered)
    conversation = Conversation(stage.app.router, stage.workspace)
    async with conversation.urls.opened():
        await conversation.surfaces.redraw(card, Origin("T1", you.user.id, "message", TEAM_CHANNEL, response_url=url))
    whispers, direct = you.whispers(), you.sees_in(space.direct(you.user.id).id)
    assert "Continues below." in whispers[0]
    assert len(whispers) == 5
    assert [each for each in sentences if each not in "\n".join([*whispers, *direct])] == []
    assert space.complaints == []


async def test_somebody_of_another_workspace_is_told_whom_the_bot_answers(stage: SlackStage) -> None:
    stranger = stage.person("stranger")
    stranger.team = "T2"
    await stranger.command("hours", TEAM_CHANNEL)
    await stage.settle()
    assert "belongs to another workspace" in stranger.sees()


async def test_an_office_hour_that_was_booked_is_reminded_of_in_the_direct_messages(stage: SlackStage) -> None:
    await an_offer(stage)
    you = stage.player("you")
    await you.says("book")
    await you.fills({"When": you.person.choices("When")[0]})
    await stage.later(timedelta(days=3, hours=4))
    assert "Your office hour is coming up" in (await you.news())[-1]


async def test_a_question_about_payloads_is_answered_like_any_other(stage: SlackStage) -> None:
    # Bolt finds nothing in a command whose words hold "payload".
    assert "Prompt injection" in (
        await stage.player("you").says("what is a malicious payload in documents an agent consumes")
    )
