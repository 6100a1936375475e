"""What Teams asks again because it has no answer yet, or lost it: it gets the one answer that there is."""

import asyncio
from collections.abc import Callable, Coroutine

from adapters.teams.bot_framework import Answer

MOST, KEPT = 500, 15.0
"""How many answers are kept at once, and for how many seconds: a receipt among them is in memory alone."""


class Repeats:
    """Answers under way, and those that were just given.

    Args:
        kept: see KEPT; for tests.
    """

    def __init__(self, kept: float = KEPT) -> None:
        self._kept = kept
        self._answering: dict[str, asyncio.Task[Answer]] = {}
        self._answered: dict[str, Answer] = {}

    async def answer(self, key: str, answer: Callable[[], Coroutine[None, None, Answer]]) -> Answer:
        """The answer, which is found once for all who ask by this key.

        Args:
            key: what is asked, and by whom: somebody else's answer may hold their receipt.
            answer: finds it; what it raises is raised, and it is called again by who asks again.
        """
        if answered := self._answered.get(key):
            return answered
        if key not in self._answering:
            answering = self._answering[key] = asyncio.create_task(answer())
            answering.add_done_callback(lambda done: self._keep(key, done))
        return await asyncio.shield(self._answering[key])

    def _keep(self, key: str, answering: "asyncio.Task[Answer]") -> None:
        del self._answering[key]
        if answering.cancelled() or answering.exception():
            return
        if len(self._answered) >= MOST:
            del self._answered[next(iter(self._answered))]
        self._answered[key] = answering.result()
        # A closure: the repr of a timer shows what it is called with, and the key names a person.
        asyncio.get_running_loop().call_later(self._kept, lambda: self._answered.pop(key, None))
