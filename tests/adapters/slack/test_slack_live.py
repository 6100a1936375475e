"""Slack's front door: what people do there and see."""

import pytest

from tests.walks.slack_stage import COUNCIL, TEAM_CHANNEL, SlackStage


async def test_a_question_is_answered(stage: SlackStage) -> None:
    you = stage.player("you")
    print(await you.says("what does fairness mean for a hiring model?"))
    print(await you.says(""))
    print(await you.says("help"))
    print(await you.says("concern my boss"))
    print(await you.fills())
    print(await stage.player("chair").council_sees())
    print(stage.double.workspace.complaints)
    assert 0
