"""The ways by which the canary person raises a concern in Teams, and comes back to it."""

import re
from collections.abc import Awaitable, Callable

from tests.adapters.previews import looks_over
from tests.adapters.teams.canary import ROOM, WORDS, CanaryPerson, Watch
from tests.walks.teams_stage import TeamsStage

WHAT, TYPED = "What would you like to do?", "Your words"
WRONG, MORE = "What is going wrong?", "Anything to add?"

Way = Callable[[CanaryPerson, TeamsStage], Awaitable[None]]
"""Leads to a concern's open form, with the words in it where they can be brought along."""


async def by_desk(person: CanaryPerson, stage: TeamsStage) -> None:
    await person.message("desk")
    await at_desk(person, stage)


async def by_words(person: CanaryPerson, stage: TeamsStage) -> None:
    await person.message(f"concern {WORDS}")
    await at_desk(person, stage)


async def by_mention(person: CanaryPerson, stage: TeamsStage) -> None:
    await person.mention(f"concern {WORDS}", ROOM)
    await at_desk(person, stage)


async def by_slash(person: CanaryPerson, stage: TeamsStage) -> None:
    await person.targeted(f"/rai concern: {WORDS}", ROOM)
    await at_desk(person, stage)


async def at_desk(person: CanaryPerson, stage: TeamsStage) -> None:
    await stage.settle()
    await person.presses("Open the form")
    await from_desk(person, stage)


async def from_desk(person: CanaryPerson, stage: TeamsStage) -> None:
    await stage.settle()
    await person.submits({WHAT: "Raise a concern", TYPED: WORDS})
    await stage.settle()


async def by_home(person: CanaryPerson, stage: TeamsStage) -> None:
    await person.message("home")
    await stage.settle()
    await person.presses("Raise a concern")
    await stage.settle()


async def by_menu(person: CanaryPerson, stage: TeamsStage) -> None:
    await person.extension("rai-desk", conversation=ROOM)
    await from_desk(person, stage)


async def about_a_message(person: CanaryPerson, stage: TeamsStage) -> None:
    kept = person.writes(WORDS, ROOM)
    await person.extension("rai-ask-about", kept.id)
    await stage.settle()
    await person.submits({WHAT: "Raise a concern"})
    await stage.settle()


WAYS: tuple[Way, ...] = (by_desk, by_words, by_mention, by_slash, by_home, by_menu, about_a_message)


async def sends(person: CanaryPerson, stage: TeamsStage, watch: Watch) -> str:
    """Fill in the open form of a concern, send it, and close what then stands there; returns the receipt."""
    await looks_over(person, stage, WORDS)
    await person.submits()
    await stage.settle()
    receipt = receipt_in(person.sees())
    watch.receipts.append(receipt)
    person.closes()
    return receipt


def receipt_in(seen: str) -> str:
    """The six words that are shown."""
    found = re.search(r"Receipt\s+([a-z-]+( [a-z-]+){5})\n", seen)
    assert found, f"no receipt is shown, but: {seen}"
    return found[1]


async def follows(person: CanaryPerson, stage: TeamsStage, receipt: str, more: str = WORDS) -> str:
    """Come back with a receipt, and maybe add something; returns what is seen."""
    await person.message(f"receipt {receipt}")
    await stage.settle()
    await person.presses("Open the form")
    await person.submits({WHAT: "Use a receipt", TYPED: receipt})
    if more:
        await looks_over(person, stage, more, MORE)
    await person.submits()
    await stage.settle()
    seen = person.sees()
    person.closes()
    return seen
