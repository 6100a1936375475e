"""What is too long: an answer goes on in the next message, a question is told so; nothing is cut without a word."""

import pytest

from adapters.teams.conversation import Conversation
from adapters.teams.inbound import origin_of
from adapters.work import Work
from bot.chat.cards import Card, Text
from tests.doubles.teams import payloads
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.shapes import Json
from tests.walks.stage import in_words
from tests.walks.teams_stage import TeamsStage


async def a_long_story(stage: TeamsStage, you: TeamsPerson, activity: Json) -> tuple[list[str], list[str]]:
    """Something of many messages, said to somebody alone: its sentences, and those of them that nobody sees."""
    sentences = [f"Sentence number {number} is about fairness." for number in range(2_500)]
    card = Card("A long story", tuple(Text(" ".join(sentences[at : at + 40])) for at in range(0, 2_500, 40)))
    surfaces = Conversation(stage.app.router, stage.organisation, stage.app.arrivals, Work()).surfaces
    await surfaces.whisper(card, origin_of(activity, "chat"))
    shown = in_words("\n".join(you.sees_new()))
    return sentences, [each for each in sentences if each not in shown]


async def test_what_is_too_long_for_one_message_goes_on_in_the_next(stage: TeamsStage) -> None:
    you = stage.person("you")
    activity = payloads.message(you.sender, you.writes("help", you.direct.id))
    _, lost = await a_long_story(stage, you, activity)
    assert lost == []
    assert stage.double.organisation.complaints == []
    assert len(you.direct.messages) > 3


async def test_what_is_too_long_for_one_message_to_one_person_goes_on_there_for_them_alone(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    activity = payloads.message(you.sender, you.writes("help", stage.team.id), mentions=True)
    mira.sees_new()
    _, lost = await a_long_story(stage, you, activity)
    assert lost == []
    assert mira.sees_new() == []
    assert stage.double.organisation.complaints == []


@pytest.mark.parametrize("many", [801, 20_000])
async def test_a_question_that_is_too_long_is_told_so_and_nothing_was_kept(stage: TeamsStage, many: int) -> None:
    you = stage.player("you")
    assert "Nothing of it was kept" in await you.says("word " * (many // 5) + "?")
    await you.person.mention("word " * (many // 5) + "?", stage.team.id)
    await stage.settle()
    assert "Nothing of it was kept" in in_words("\n".join(you.person.sees_new()))
    assert stage.double.organisation.complaints == []
