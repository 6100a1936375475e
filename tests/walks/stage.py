"""What a walk needs, in words of no platform: people who speak with the bot, and the place where the council meets."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from bot.app import App
from tests.fakes.timing import FakeClock


class Player(Protocol):
    """Somebody at their client."""

    name: str

    async def says(self, line: str) -> str:
        """Write ``/rai line`` where only the bot answers; returns what is then in front of them."""

    async def presses(self, label: str, *, agree: bool = True) -> str:
        """Press a button of what is in front of them; ``agree`` answers the question before it, if there is one."""

    async def fills(self, answers: Mapping[str, str] | None = None) -> str:
        """Fill in the open form by its labels and send it; what is not named keeps what stands there."""

    async def leaves(self) -> None:
        """Close the open form without sending it."""

    def sees(self) -> str:
        """What is in front of them, in plain words, its buttons as ``[label]``."""

    def buttons(self) -> list[str]:
        """The buttons in front of them."""

    def form_open(self) -> bool:
        """Whether a form is open."""

    def problems(self) -> str:
        """What the open form was told is wrong with it."""

    async def news(self) -> list[str]:
        """What the bot told them unasked, the oldest first."""

    async def looks_at(self, containing: str) -> str:
        """Pick the newest message of the council's place or its threads that contains the words."""

    async def council_sees(self) -> list[str]:
        """What stands in the council's place, the oldest first; its threads apart."""


class Stage(Protocol):
    """A house with one platform's front door.

    Args:
        app: for preparing a scene, never for saying what people see.
    """

    app: App
    clock: FakeClock

    def player(self, name: str) -> Player:
        """Somebody by name; ``chair``, ``engineer`` and the sample's other titles have a seat."""

    async def later(self, by: timedelta) -> None:
        """Let time pass, and what is due happen."""
