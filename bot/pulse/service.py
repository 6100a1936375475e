"""What the room can do: begin a week's round, and say whom to ask in it. No answer reaches it."""

import logging

from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.ports import Directory
from bot.chat.timing import Clock
from bot.pulse.model import OVER, PulsePlan
from bot.pulse.store import PulseStore

log = logging.getLogger(__name__)


class Pulse:
    """The weekly pulse. Every method may raise StoreProblem.

    Args:
        plan: whom it asks and when; None while it is switched off.
    """

    def __init__(self, store: PulseStore, clock: Clock, directory: Directory, plan: PulsePlan | None) -> None:
        self.store = store
        self.plan = plan
        self._clock = clock
        self._directory = directory

    async def begin(self) -> None:
        """Begin the round that is due, if there is one; exactly once, whoever else tries."""
        week = self.plan.round(self._clock.now()) if self.plan else None
        if self.plan is None or week is None or await self.store.begun(week):
            return
        try:
            people = await self._directory.members(self.plan.place)
        except Unreachable as error:
            log.warning("the pulse's place does not tell its members (%s); asked again soon", type(error).__name__)
            return
        await self.store.begin(week, people, self._clock.now())

    async def to_ask(self, mark: str) -> Actor | None:
        """Whom to ask under a mark; None, and nothing is left of it, where its round is over or they left."""
        found = await self.store.to_ask(mark)
        if found and self.plan and found[1] == self.plan.round(self._clock.now(), OVER):
            return found[0]
        await self.store.drop(mark)
        return None
