"""What a house behind Slack's door has in memory once it has answered: of a concern, nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from benchmarks.traces import filling
from bot.concerns.schedule import parse
from bot.questions.shelf import Shelf
from tests.adapters.slack.canary import receipt_in
from tests.doubles.slack import sdk_opinion
from tests.doubles.slack.people import SlackPerson
from tests.held import holders
from tests.walks.slack_stage import Mode, SlackStage, slack_stage

OWN = "remembered words 31c9"
"""What is looked for is made of this while a test runs, so that no constant holds it."""


@pytest.fixture(params=["http", "socket"])
async def waiting(request: pytest.FixtureRequest, tmp_path: Path, shelf: Shelf) -> AsyncIterator[SlackStage]:
    """A house in which concerns wait for their release."""
    mode: Mode = request.param
    async with slack_stage(tmp_path, shelf, mode, parse("tue,thu 10:00 UTC")) as opened:
        yield opened


async def raises(stage: SlackStage, person: SlackPerson, words: str) -> str:
    """Raise a concern; returns the receipt."""
    await person.command("concern")
    await stage.settle()
    shown = await filling.sent(lambda: filling.in_slack(person), person.submits, person.sees, words)
    await stage.settle()
    return receipt_in(shown)


def forgets(person: SlackPerson) -> None:
    """Let Slack's side forget what it showed and sent, so that what is left is the house's."""
    person.space.modals.clear()
    person.acks.clear()
    person.sent, person.typed = {}, {}
    sdk_opinion._known.cache_clear()


async def test_words_and_receipt_are_gone_once_a_concern_is_answered(waiting: SlackStage) -> None:
    person = waiting.person("mira")
    receipt = await raises(waiting, person, f"{OWN}-{1}")
    forgets(person)
    assert holders(f"{OWN}-{1}") == []
    # Slack's side holds the last answer that came through a connection until another one comes.
    await person.command("help")
    await waiting.settle()
    forgets(person)
    held = holders(receipt)
    assert held == []


async def test_a_long_concern_is_gone_too(waiting: SlackStage) -> None:
    person = waiting.person("mira")
    # As Slack's connection brings it in several pieces.
    await raises(waiting, person, f"{OWN}-{2} {'…' * 1_900}")
    forgets(person)
    assert holders(f"{OWN}-{2}") == []
