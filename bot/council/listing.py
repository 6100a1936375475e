"""The list of cases that need somebody: what goes at once comes first, then what has the fewest days left."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.errors import NotFound, StoreProblem
from bot.chat.identity import Actor
from bot.chat.timing import Clock
from bot.concerns.model import About, ConcernId
from bot.concerns.service import Concerns
from bot.council.charter import Charter
from bot.council.clocks import Deadline, deadlines
from bot.council.model import Case
from bot.council.store import CouncilStore

PAGE = 4
"""Cases at once: Teams draws at most six buttons, and one is for those behind, one for the figures."""


@dataclass(frozen=True)
class Listed:
    """A case in the list.

    Args:
        about: None where nobody can open that.
        owed: what its author is owed next.
    """

    case: Case
    about: About | None
    owed: Deadline

    @property
    def pressing(self) -> tuple[bool, datetime, str]:
        """Sorts the most urgent first."""
        return (not (self.about and self.about.urgent), self.owed.due, self.case.code)


@dataclass(frozen=True)
class Listing:
    """A page of the list; ``skipped`` stand before it, and ``count`` are there in all."""

    cases: tuple[Listed, ...]
    count: int
    skipped: int
    now: datetime

    @property
    def behind(self) -> int:
        """How many cases come before the next page."""
        return self.skipped + len(self.cases)


class CaseList:
    """The list; how urgent a case is stands sealed with its concern, so that each is opened to find out."""

    def __init__(self, store: CouncilStore, concerns: Concerns, charter: Charter, clock: Clock) -> None:
        self._store = store
        self._concerns = concerns
        self._charter = charter
        self._clock = clock

    async def page(self, actor: Actor, skip: int = 0) -> Listing:
        """The cases behind the first ``skip`` of them, for a member; from the first on where that is behind them all.

        Raises:
            NotAllowed: this person has no seat.
        """
        self._charter.seat(actor)
        found = [await self._listed(case) for case in await self._store.unresolved()]
        found.sort(key=lambda each: each.pressing)
        skip = skip if skip < len(found) else 0
        return Listing(tuple(found[skip : skip + PAGE]), len(found), skip, self._clock.now())

    async def _listed(self, case: Case) -> Listed:
        owed = min(
            (each for each in deadlines(case, self._charter.deadlines) if not each.done), key=lambda each: each.due
        )
        return Listed(case, await self._about(case.id), owed)

    async def _about(self, concern: ConcernId) -> About | None:
        try:
            return (await self._concerns.read(concern)).about
        except (NotFound, StoreProblem):  # forgotten a moment ago, or a key that cannot be used: it holds up no other
            return None
