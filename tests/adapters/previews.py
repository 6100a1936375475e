"""The way to a concern's preview, from which it is sent as it stands."""

from collections.abc import Mapping
from typing import Protocol

from tests.walks.stage import in_words
from tests.walks.talk import PREVIEW, WRONG

WAITS, SHOW = "longer than usual", "Show it"


class Person(Protocol):
    """Somebody at the client of a platform that draws whole forms."""

    async def submits(self, answers: Mapping[str, str] | None = None) -> object:
        """Send the open form; what is not named keeps what stands there."""

    async def presses(self, label: str) -> object:
        """Press a button of what is in front of them."""

    def sees(self) -> str:
        """What is in front of them."""


class Settles(Protocol):
    """A house with a door."""

    async def settle(self) -> None:
        """Wait until everything that came in is answered."""


async def looks_over(person: Person, stage: Settles, words: str, label: str = WRONG) -> None:
    """Fill in the open form of the safe space, and have its preview in front; what is sent next is kept."""
    await person.submits({label: words})
    await stage.settle()
    while WAITS in person.sees() and SHOW in person.sees():
        await person.presses(SHOW)
        await stage.settle()
    assert PREVIEW in in_words(person.sees()), f"no preview is shown, but: {person.sees()}"
