"""The answers board: what the council answered and marked as fit for all, to be read without a receipt."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.chat.errors import NotFound, StoreProblem
from bot.chat.identity import Actor
from bot.chat.timing import Clock
from bot.concerns.model import UNREADABLE, Words
from bot.concerns.service import Concerns
from bot.council.board_store import BoardStore, Pinned
from bot.council.charter import Charter
from bot.council.store import CouncilStore

log = logging.getLogger(__name__)

PAGE = 4
"""Answers at once: Teams draws at most six buttons, and a member has one for each of them."""


@dataclass(frozen=True)
class Answer:
    """One answer as everybody reads it; ``code`` is the case's name."""

    id: str
    at: datetime
    code: str
    words: Words


@dataclass(frozen=True)
class Page:
    """Some answers, the newest first.

    Args:
        older: behind which one older ones follow, as (when, id); None where there are none.
        closed: how many are not among them because nobody can open them.
    """

    answers: tuple[Answer, ...]
    older: tuple[datetime, str] | None = None
    closed: int = 0


class Board:
    """The answers board.

    The words stay with their concern, sealed: the board knows only which of the council's messages are on it.
    """

    def __init__(
        self, board: BoardStore, store: CouncilStore, concerns: Concerns, charter: Charter, clock: Clock
    ) -> None:
        self._board = board
        self._store = store
        self._concerns = concerns
        self._charter = charter
        self._clock = clock

    async def page(self, before: tuple[datetime, str] | None = None) -> Page:
        """The answers that are older than that one, as (when, id); the newest where there is none."""
        found = await self._board.page(before, PAGE + 1)
        tried = [await self._read(pinned) for pinned in found[:PAGE]]
        answers = tuple(answer for answer in tried if answer and answer.words != UNREADABLE)
        closed = sum(bool(answer) for answer in tried) - len(answers)
        if closed:
            log.error("answers on the board cannot be opened: %d", closed)
        last = found[PAGE - 1] if len(found) > PAGE else None
        return Page(answers, (last.at, last.id) if last else None, closed)

    async def _read(self, pinned: Pinned) -> Answer | None:
        async with self._store.database.reading() as transaction:
            case = await self._store.case(transaction, pinned.concern)
        try:
            released = await self._concerns.read(pinned.concern)
            said = [each.words for each in released.conversation if each.voice == "council"]
            words = said[pinned.number]
        except NotFound:
            return None  # its case was forgotten a moment ago
        except StoreProblem:
            words = UNREADABLE  # one key that cannot be used may not take the whole board away
        return Answer(pinned.id, pinned.at, case.code, words) if case else None

    async def take_off(self, actor: Actor, name: str) -> None:
        """Take an answer off the board.

        Raises:
            NotAllowed: this person has no seat.
            NotFound: it is not there any more.
        """
        self._charter.seat(actor)
        async with self._store.database.writing() as transaction:
            concern = await self._board.whose(transaction, name)
            # The case is held first, as by everybody who changes it: two who hold the other's next would wait forever.
            case = await self._store.case(transaction, concern) if concern else None
            if case is None or not await self._board.take(transaction, name):
                raise NotFound("This answer is not on the board any more. Nothing was changed.")
            await self._store.redraw(transaction, case.id, self._clock.now())
