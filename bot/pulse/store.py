"""The room's tables: the week that was asked, who is still to be asked in it, and who never wants to be."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, delete, exists, insert, select

from bot.chat.identity import Actor
from bot.store import outbox
from bot.store.db import Database, Transaction, metadata

ASK = "pulse.ask"
"""The topic; its subject is the mark of somebody who is still to be asked."""

APART = timedelta(seconds=2)
"""Between two people: what else is to be said meanwhile need not wait for a whole channel."""

SPREAD = timedelta(hours=12)
"""Within which everybody is asked, however many they are."""

rounds = Table("pulse_round", metadata, Column("week", String(8), primary_key=True))

# WITHOUT ROWID: the order of their rows tells nothing.

waiting = Table(
    "pulse_waiting",
    metadata,
    Column("mark", String(32), primary_key=True),
    Column("person", String(400), nullable=False, unique=True),
    Column("week", String(8), nullable=False),
    sqlite_with_rowid=False,
)

unasked = Table("pulse_unasked", metadata, Column("person", String(400), primary_key=True), sqlite_with_rowid=False)


class PulseStore:
    """The pulse's SQL; nobody else reads these tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begun(self, week: str) -> bool:
        """Whether a week's round was begun."""
        async with self._database.reading() as transaction:
            return bool(await transaction.scalar(select(exists().where(rounds.c.week == week))))

    async def begin(self, week: str, people: Iterable[Actor], now: datetime) -> None:
        """Have everybody asked who wants to be, in an order that tells nothing: all of them, or nobody where somebody
        else has begun this round.
        """
        async with self._database.writing() as transaction:
            if not await self._database.insert_once(transaction, rounds, week=week):
                return
            await transaction.execute(delete(rounds).where(rounds.c.week < week))
            # What is left of an earlier round has no row of its own any more, and so is never said.
            await transaction.execute(delete(waiting))
            never = set((await transaction.scalars(select(unasked.c.person))).all())
            await self._ask(transaction, week, {each.address for each in people} - never, now)

    async def _ask(self, transaction: Transaction, week: str, people: set[str], now: datetime) -> None:
        shuffled = secrets.SystemRandom().sample(sorted(people), len(people))
        rows = [{"mark": secrets.token_hex(16), "person": person, "week": week} for person in shuffled]
        if rows:
            apart = min(APART, SPREAD / len(rows))
            await transaction.execute(insert(waiting), rows)
            await outbox.put_all(
                transaction, ASK, {row["mark"]: now + number * apart for number, row in enumerate(rows)}
            )

    async def to_ask(self, mark: str) -> tuple[Actor, str] | None:
        """Who is still to be asked under this mark, and in which week's round; nobody who does not want to be."""
        never = exists().where(unasked.c.person == waiting.c.person)
        query = select(waiting.c.person, waiting.c.week).where(waiting.c.mark == mark, ~never)
        async with self._database.reading() as transaction:
            row = (await transaction.execute(query)).first()
        return (Actor.parse(row.person), row.week) if row else None

    async def asked(self, transaction: Transaction, mark: str) -> None:
        """Somebody was asked: nothing of it is left."""
        await transaction.execute(delete(waiting).where(waiting.c.mark == mark))

    async def drop(self, mark: str) -> None:
        """Somebody is not asked in this round any more."""
        async with self._database.writing() as transaction:
            await self.asked(transaction, mark)

    async def leave(self, person: Actor) -> None:
        """Ask them never again, nor in the round that is on its way."""
        async with self._database.writing() as transaction:
            await self._database.insert_once(transaction, unasked, person=person.address)

    async def come_back(self, person: Actor) -> None:
        """Ask them again."""
        async with self._database.writing() as transaction:
            await transaction.execute(delete(unasked).where(unasked.c.person == person.address))

    async def is_asked(self, person: Actor) -> bool:
        """Whether they are not among those who never want to be."""
        query = select(exists().where(unasked.c.person == person.address))
        async with self._database.reading() as transaction:
            return not await transaction.scalar(query)
