"""Reminders: before a deadline of the council the owner is told, then everybody, and once more when it has passed."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.identity import Actor
from bot.chat.timing import Clock
from bot.concerns.model import ConcernId
from bot.council.charter import Charter
from bot.council.clocks import STEPS, Deadline, Duty, Step, deadlines, outdated
from bot.council.duties_store import RemindersStore
from bot.council.model import Case
from bot.council.store import CouncilStore
from bot.store import outbox
from bot.store.db import Transaction

OWNER = "council.remind-owner"
COUNCIL = "council.remind"
"""The outbox topics of reminders: one row for each member who is told alone, and one for the council's place."""


@dataclass(frozen=True)
class Reminder:
    """What is said about a deadline.

    Args:
        to: the member who is told alone; None where the council is.
    """

    case: Case
    deadline: Deadline
    now: datetime
    to: Actor | None


class Reminders:
    """Sees that no deadline passes unnoticed."""

    def __init__(self, store: CouncilStore, steps: RemindersStore, charter: Charter, clock: Clock) -> None:
        self._store = store
        self._steps = steps
        self._charter = charter
        self._clock = clock

    async def look(self) -> None:
        """Take every step whose time has come, and have the cards drawn anew that tell too many days."""
        now, taken = self._clock.now(), await self._steps.taken()
        for case in await self._store.unresolved():
            due = ((case.id.value, each.duty, step) for each in self._deadlines(case) for step in each.steps(now))
            if outdated(case, self._charter, now) or not taken.issuperset(due):
                await self._see_to(case.id, now)

    async def _see_to(self, concern: ConcernId, now: datetime) -> None:
        async with self._store.database.writing() as transaction:
            case = await self._store.case(transaction, concern)
            if case is None or case.state == "resolved":
                return
            if outdated(case, self._charter, now):
                await self._store.redraw(transaction, concern, now)
            fresh = [
                (each.duty, step)
                for each in self._deadlines(case)
                for step in each.steps(now)
                if await self._steps.take(transaction, concern, each.duty, step)
            ]
            # After a long silence several steps are due at once: they are taken, and the most pressing one is said.
            if fresh:
                await self._say(transaction, case, *max(fresh, key=_pressing), now)

    async def _say(self, transaction: Transaction, case: Case, duty: Duty, step: Step, now: datetime) -> None:
        about, seat = f"{case.id.value}:{duty}:{step}", self._charter.titled(case.owner)
        if step == "first" and seat:
            each = [f"{about}:{number}" for number in range(len(seat.members))]
            await outbox.put_all(transaction, OWNER, dict.fromkeys(each, now))
        else:
            await outbox.put(transaction, COUNCIL, about, now)

    async def of(self, subject: str) -> Reminder | None:
        """What there is to say about an outbox row of these topics; None where it is moot by now."""
        concern, duty, step, *number = subject.split(":")
        async with self._store.database.reading() as transaction:
            case = await self._store.case(transaction, ConcernId(concern))
        if case is None:
            return None
        now = self._clock.now()
        deadline = next(each for each in self._deadlines(case) if each.duty == duty)
        # Done meanwhile, or the next step is due: what held this one up was longer than it is worth.
        if deadline.step(now) != step:
            return None
        return self._addressed(case, deadline, now, int(number[0]) if number else None)

    def _addressed(self, case: Case, deadline: Deadline, now: datetime, number: int | None) -> Reminder | None:
        seat = self._charter.titled(case.owner)
        if number is None or (seat is None and number == 0):
            return Reminder(case, deadline, now, None)
        if seat is None or number >= len(seat.members):
            return None
        return Reminder(case, deadline, now, Actor.parse(seat.members[number]))

    def _deadlines(self, case: Case) -> tuple[Deadline, Deadline]:
        return deadlines(case, self._charter.deadlines)


def _pressing(step: tuple[Duty, Step]) -> tuple[int, bool]:
    return STEPS.index(step[1]), step[0] == "answer"
