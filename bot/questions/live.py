"""The shelf that answers now: read anew in a thread when files or members' answers change, and swapped at once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.questions.model import Draft
from bot.questions.shelf import Shelf

log = logging.getLogger(__name__)


class LiveShelf:
    """Holds one shelf after the other; whoever asks gets a whole one.

    Args:
        drafts: the members' answers that may be shown now, whichever process took them in.
    """

    def __init__(self, shelf: Shelf, drafts: Callable[[], Awaitable[tuple[Draft, ...]]]) -> None:
        self.shelf = shelf
        self._drafts = drafts
        self._told = frozenset(str(problem) for problem in shelf.library.problems)
        self._reading = asyncio.Lock()

    async def refresh(self) -> None:
        """Take in what has changed, if anything has; until it is read, the old shelf answers.

        Raises:
            StoreProblem: the members' answers cannot be read.
        """
        async with self._reading:
            drafts = tuple(draft for draft in await self._drafts() if draft.is_sourced)
            # The look at the files too: a disk may be slow, and nobody's answer waits for it.
            fresh = await asyncio.to_thread(_newer, self.shelf, drafts)
            if fresh is not None:
                self.shelf = fresh
                self._tell(fresh)

    def _tell(self, shelf: Shelf) -> None:
        problems = frozenset(" ".join(str(problem).split()) for problem in shelf.library.problems)
        for problem in sorted(problems - self._told):
            log.warning("library: %s", problem)
        self._told = problems
        log.info("library: %d entries, %d answers of members", len(shelf.library.entries), len(shelf.drafts))


def _newer(shelf: Shelf, drafts: tuple[Draft, ...]) -> Shelf | None:
    if shelf.source.stamp() != shelf.stamp:
        return Shelf.read(shelf.source, drafts)
    return shelf.with_drafts(drafts) if drafts != shelf.drafts else None
