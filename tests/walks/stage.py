"""What a walk needs, in words of no platform: people who speak with the bot, and the place where the council meets."""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

from bot.app import App
from tests.fakes.timing import FakeClock

CROWD = 5
"""Different people that a release of concerns waits for here."""

_MARGIN = re.compile(r"^\s*[>│]\s?", re.MULTILINE)
_ROW = re.compile(r"^(\S.{0,40}?) {2,}(?=\S)", re.MULTILINE)


def in_words(shown: str) -> str:
    """What a client shows as running words: a label and its value as ``label: value``, quotes without their margin."""
    return " ".join(_ROW.sub(r"\1: ", _MARGIN.sub("", shown)).split())


class Player(Protocol):
    """Somebody at their client. Whatever they see is in running words (``in_words``), a button as ``[label]``.

    Args:
        asked: the question that was asked before the last press; empty where it needed none.
    """

    name: str
    asked: str

    async def says(self, line: str, *, among_others: bool = False) -> str:
        """Write ``/rai line`` where only the bot answers, or in the team's place; returns what is then in front."""

    async def opens_page(self) -> str:
        """Open the bot's own page."""

    async def presses(self, label: str, *, agree: bool = True) -> str:
        """Press a button of what is in front of them; ``agree`` answers the question before it, if there is one."""

    async def fills(self, answers: Mapping[str, str] | None = None) -> str:
        """Fill in the open form by its labels and send it; what is not named keeps what stands there.

        Where something is wrong with it the form stays open, and what was typed stays in it.
        """

    async def sends_again(self) -> str:
        """Let the form that was sent last arrive once more, as it was; only where ``Stage.delivers_again``."""

    async def leaves(self) -> None:
        """Close the open form without sending it."""

    def looks_away(self) -> None:
        """Keep what is in front of them as it is, whatever changes behind it, until they speak or look again."""

    def sees(self) -> str:
        """What is in front of them."""

    def buttons(self) -> list[str]:
        """The buttons in front of them; none while a form is open."""

    def form_open(self) -> bool:
        """Whether a form is open."""

    def options(self, label: str) -> list[str]:
        """What the open form's choice offers; only its first field, where a platform asks one after the other."""

    def problems(self) -> str:
        """What the open form was told is wrong with it."""

    async def news(self) -> list[str]:
        """What the bot told them unasked, the oldest first."""

    async def looks_at(self, containing: str) -> str:
        """Pick the newest message that contains the words, of the council's place or of what they were told."""

    async def council_sees(self) -> list[str]:
        """What stands in the council's place and its threads, the oldest first; nothing for who sits elsewhere."""

    async def under(self, containing: str) -> list[str]:
        """What stands in the thread under the first such message; where a place has no threads, what came after it."""


class Stage(Protocol):
    """A house with one platform's front door.

    Args:
        app: for preparing a scene, never for saying what people see.
        has_team: whether there is a place where a team reads along; at a terminal everybody sits alone.
        delivers_again: whether a form that was sent may arrive twice, as where a platform is not sure that it arrived;
            a terminal hands each form over itself.
        takes_long_answers: whether a form lets people type more than it may take; Slack stops them while they type.
        shows_whole_forms: whether a form stands there at once; a terminal asks for one thing after the other.
        called_by: what stands before a verb here.
        takes_words_from_chat: whether words behind the verb of the safe space are taken into its form; where a chat
            keeps them beyond the bot's reach, they are not.
    """

    app: App
    clock: FakeClock
    has_team: bool
    delivers_again: bool
    takes_long_answers: bool
    takes_words_from_chat: bool
    shows_whole_forms: bool
    called_by: str

    def player(self, name: str) -> Player:
        """Somebody by name; ``chair``, ``engineer`` and the sample's other titles have a seat."""

    def seats(self, name: str) -> None:
        """Let somebody without a seat sit in the council's place."""

    async def team_sees(self) -> list[str]:
        """What stands in the team's place, the oldest first."""

    async def later(self, by: timedelta) -> None:
        """Let time pass, and what is due happen."""

    def out_of_reach(self) -> AbstractContextManager[None]:
        """While this lasts, the platform takes no message."""
