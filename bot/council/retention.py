"""Forgetting: a resolved case is deleted on its date, with all that was said; how it ended is kept as a number."""

import logging
from datetime import datetime

from bot.chat.errors import Conflict, HouseError, StoreProblem
from bot.chat.places import MessageRef
from bot.chat.timing import Clock
from bot.concerns.model import ConcernId
from bot.concerns.service import Concerns
from bot.council.board_store import BoardStore, board
from bot.council.duties_store import PastStore, RemindersStore, reminders
from bot.council.model import Case
from bot.council.store import CouncilStore, acts, cases
from bot.store import outbox
from bot.store.db import Transaction

log = logging.getLogger(__name__)

_NAMING = (cases, acts, board, reminders, outbox.table)
"""The tables that name cases: on PostgreSQL their files keep what was deleted, until they are laid out anew."""


class Retention:
    """Sees that nothing is kept longer than was said when a case was resolved."""

    def __init__(self, store: CouncilStore, past: PastStore, concerns: Concerns, clock: Clock) -> None:
        self._store = store
        self._past = past
        self._concerns = concerns
        self._clock = clock
        self._board, self._steps = BoardStore(store.database), RemindersStore(store.database)
        # Whether files may still name what is forgotten: unknown at the start, so they are laid out anew then.
        self._traces_left = True

    async def forget_due(self) -> None:
        """Forget every case whose time has come; one that cannot be forgotten yet holds up no other."""
        now = self._clock.now()
        for concern in await self._store.due_to_be_forgotten(now):
            try:
                await self._forget(concern, now)
            except HouseError as error:
                log.warning("a case could not be forgotten yet: %s", type(error).__name__)
            else:
                self._traces_left = True
        if self._traces_left:
            await self._wipe_traces()

    async def _wipe_traces(self) -> None:
        self._traces_left = False
        if self._store.database.is_sqlite:
            return  # one file, which the release writes anew after each forgetting
        try:
            await self._store.database.rewrite(_NAMING)
        except StoreProblem:
            self._traces_left = True
            log.warning("tables are busy: names of forgotten cases stay there until the next try")

    async def _forget(self, concern: ConcernId, now: datetime) -> None:
        async with self._store.database.writing() as transaction:
            case = await self._store.case(transaction, concern)
            if case is None or case.forget_at is None or case.forget_at > now:
                return  # somebody was faster: another process, or the author, who opened it anew
            await self._concerns.forget(transaction, concern)
            await self._board.delete(transaction, concern)
            await self._steps.delete(transaction, concern)
            if not await self._store.delete(transaction, concern, now):
                # What is on its way could still show the words after this.
                raise Conflict("Something about this case is being said at this moment. Nothing was deleted.")
            await self._keep_what_is_left(transaction, case, now)

    async def _keep_what_is_left(self, transaction: Transaction, case: Case, now: datetime) -> None:
        if case.outcome and case.resolved_at:
            month = f"{case.resolved_at:%Y-%m}"
            await self._past.add(transaction, month, case.outcome, in_time=bool(case.in_time))
        if case.stands:
            await self._past.keep_place(transaction, case.stands, now)
        else:
            log.error("where case %s was posted is not known: its message has to be deleted by hand", case.code)

    async def place(self, name: str) -> tuple[MessageRef, datetime] | None:
        """Where a forgotten case was shown, and when it was forgotten; None once that message tells so."""
        async with self._store.database.reading() as transaction:
            return await self._past.place(transaction, name)

    async def told(self, transaction: Transaction, name: str, _ref: MessageRef) -> None:
        """The message that showed the case shows it no more: where it stands is forgotten, too."""
        await self._past.drop_place(transaction, name)
