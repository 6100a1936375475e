"""A case that has become too long for one message: what stands of it in the council's channel, restarts and all."""

import itertools
from pathlib import Path

from bot.questions.shelf import Shelf
from tests.doubles.teams.server import TeamsDouble
from tests.walks.talk import raises, uses
from tests.walks.teams_stage import TeamsStage, teams_stage

ADDED = 12


def standing(stage: TeamsStage) -> list[int]:
    """How often each thing that was added is to be read in the case's card, beside what tells of it below the card."""
    member = stage.person("support")
    seen = [each for each in member.sees_all_in(stage.council.id) if "the author added something" not in each]
    return [sum(each.count(f"added {number}. ") for each in seen) for number in range(ADDED)]


async def test_a_case_that_grew_is_changed_whole_by_a_house_that_starts_anew(home: Path, shelf: Shelf) -> None:
    double, seconds = TeamsDouble(), itertools.count(step=2).__next__
    async with teams_stage(home, shelf, double=double, seconds=seconds) as stage:
        author = stage.player("you")
        receipt = await raises(author)
        for number in range(ADDED):
            await uses(author, receipt, f"added {number}. {'and ' * 450}")
        assert standing(stage) == [1] * ADDED
    async with teams_stage(home, shelf, double=double, seconds=seconds) as stage:
        await uses(stage.player("you"), receipt, "One more thing.")
        assert standing(stage) == [1] * ADDED
