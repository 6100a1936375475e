"""A message that becomes shorter or longer: below it stands what belongs to it, and nothing else."""

from bot.chat.cards import Card, Text
from bot.chat.places import Place
from tests.walks.teams_stage import TeamsStage


def a_story(many: int, word: str) -> Card:
    return Card("A story", tuple(Text(f"{word} {number} " * 40) for number in range(many)))


def standing(stage: TeamsStage) -> list[str]:
    return [str(each.content) for each in stage.double.organisation.conversations[stage.council.id].messages]


async def test_what_a_shorter_card_has_no_words_for_is_taken_away_below_it(stage: TeamsStage) -> None:
    messenger = stage.organisation.messenger
    ref = await messenger.post(Place("teams", stage.council.id), a_story(200, "old"), "key")
    assert len(standing(stage)) == 3
    await messenger.edit(ref, a_story(3, "new"))
    (left,) = standing(stage)
    assert ("new 1" in left, "old 1" in left) == (True, False)
    await messenger.edit(ref, a_story(200, "newer"))
    assert len(standing(stage)) > 3
    assert all("newer" in each for each in standing(stage))
