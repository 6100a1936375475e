"""Words as phones write them: with a capital, a full stop, or the name of the bot before them."""

import pytest

from adapters.teams.inbound import plain
from tests.walks.teams_stage import TeamsStage


@pytest.mark.parametrize("typed", ["home", "Home", "Home.", "HOME!", "/home", "/Rai home", "Rai, home."])
async def test_home_opens_however_it_is_typed(stage: TeamsStage, typed: str) -> None:
    await stage.person("you").message("home")
    await stage.settle()
    opened = stage.person("you").sees()
    await stage.person("mira").message(typed)
    await stage.settle()
    assert stage.person("mira").sees() == opened


@pytest.mark.parametrize("typed", ["help", "Help.", "Rai help", "RAI help", "/RAI Help", "RAI: help", "rai / help"])
async def test_help_is_given_however_it_is_asked_for(stage: TeamsStage, typed: str) -> None:
    await stage.person("mira").message(typed)
    await stage.settle()
    assert "What I can do" in stage.person("mira").sees()


@pytest.mark.parametrize("typed", ["Rai concern", "RAI: Concern:", "Rai, concern"])
async def test_words_behind_a_capital_go_no_further_either(stage: TeamsStage, typed: str) -> None:
    await stage.person("mira").message(f"{typed} they ship it anyway")
    await stage.settle()
    await stage.person("mira").presses("Open the form")
    assert "ship" not in stage.person("mira").sees()


@pytest.mark.parametrize("typed", ["Raise what?", "rai-desk", "RAI's aim?", "rai.example.org", "RAID", "What is RAI?"])
def test_a_word_that_only_begins_so_is_left_whole(typed: str) -> None:
    assert plain(typed) == typed
