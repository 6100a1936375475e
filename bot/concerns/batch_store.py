"""The batches of the concerns room: what goes to the council together, and how large the crowd was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, and_, case, delete, exists, func, not_, select, update

from bot.concerns.model import Batch
from bot.concerns.tables import batches, concerns, messages
from bot.store.db import Database, Transaction


@dataclass(frozen=True)
class Open:
    """A batch that takes what comes, and the public key that this is sealed for."""

    number: int
    sealing_key: bytes


class BatchStore:
    """The SQL of batches; nobody else reads their table."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open_batch(
        self, transaction: Transaction, since: datetime, release: str, key: Callable[[int], bytes]
    ) -> Open:
        """The batch that takes what comes now; held until the transaction ends, so that it is not released meanwhile.

        Args:
            since: the time that it is open since, and release: the rule it goes by, where nothing is in it yet.
            key: gives the public key of a batch by its number.
        """
        # The number first: the look may wait for a release that opens the next batch, and does not see that one yet.
        number = await self.next_number(transaction)
        held = await self.held_batch(transaction)
        if held is None:
            await self.add_batch(transaction, number, since=since, release=release, key=key)
            # Where somebody else opened one in the same moment, that one.
            return await self.open_batch(transaction, since, release, key)
        if held.release != release and not await self.count(transaction, held.number):
            # Opened ahead by a house with another rule: what comes goes by the rule that its author is told.
            own = batches.c.number == held.number
            await transaction.execute(update(batches).where(own).values(since=since, release=release))
        if held.sealing_key is None:  # from before batches had keys of their own
            await self.seal_for(transaction, held.number, key(held.number))
        return Open(held.number, held.sealing_key or key(held.number))

    async def open_since(self, transaction: Transaction, batch: int, since: datetime) -> None:
        """Set the time that a batch is open since."""
        await transaction.execute(update(batches).where(batches.c.number == batch).values(since=since))

    async def seal_for(self, transaction: Transaction, batch: int, key: bytes) -> None:
        """Have what comes sealed for this public key."""
        await transaction.execute(update(batches).where(batches.c.number == batch).values(sealing_key=key))

    async def give_up(self, transaction: Transaction, batch: int) -> None:
        """Delete what a batch holds, with the concerns that began in it."""
        await transaction.execute(delete(messages).where(messages.c.batch == batch))
        await transaction.execute(delete(concerns).where(concerns.c.batch == batch))

    async def add_batch(
        self, transaction: Transaction, number: int | None = None, /, *, key: Callable[[int], bytes], **row: object
    ) -> int | None:
        """A new batch under this number, or the next one; None where another replica took that."""
        number = number or await self.next_number(transaction)
        row = {**row, "number": number, "sealing_key": key(number)}
        return number if await self.database.insert_once(transaction, batches, **row) else None

    async def sealing_key(self, transaction: Transaction, batch: int) -> bytes | None:
        """The public key that a batch is sealed for; None for one from before batches had keys of their own."""
        found: bytes | None = await transaction.scalar(select(batches.c.sealing_key).where(batches.c.number == batch))
        return found

    async def newest(self, transaction: Transaction) -> int:
        """The highest number of a batch; 0 where there is none."""
        return await transaction.scalar(select(func.max(batches.c.number))) or 0

    async def next_number(self, transaction: Transaction) -> int:
        """The number that the next batch gets."""
        return await self.newest(transaction) + 1

    async def held_batch(self, transaction: Transaction) -> Row[tuple[object, ...]] | None:
        """The row of the batch that takes what comes; held until the transaction ends."""
        waiting = select(batches).where(batches.c.released_at.is_(None))
        return (await transaction.execute(waiting.with_for_update())).first()

    async def waiting_batch(self) -> Batch | None:
        """The batch that is not released yet, if anything waits."""
        async with self.database.reading() as transaction:
            row = (await transaction.execute(select(batches).where(batches.c.released_at.is_(None)))).first()
        return Batch(row.number, row.since, row.release, row.people or 0) if row else None

    async def report(self, batch: int, people: int, members: int) -> None:
        """Tell what this process counted for a batch; of the counts of all processes the largest stays."""
        counted = {"people": people, "members": members}
        values = {
            name: case((func.coalesce(batches.c[name], 0) < count, count), else_=batches.c[name])
            for name, count in counted.items()
        }
        async with self.database.writing() as transaction:
            await transaction.execute(update(batches).where(batches.c.number == batch).values(**values))

    async def members(self) -> int:
        """The largest number of members that any process has told."""
        async with self.database.reading() as transaction:
            return await transaction.scalar(select(func.max(batches.c.members))) or 0

    async def release(
        self, transaction: Transaction, batch: int, at: datetime, people: int | None, members: int
    ) -> bool:
        """Close a batch; False where another replica has just done it."""
        closing = update(batches).where(batches.c.number == batch, batches.c.released_at.is_(None))
        closed = await transaction.execute(closing.values(released_at=at, people=people, members=members))
        return closed.rowcount == 1

    async def released_after(self, transaction: Transaction, moment: datetime) -> int:
        """How many batches were released after a moment."""
        held = select(func.count()).where(batches.c.released_at > moment)
        return await transaction.scalar(held) or 0

    async def forget_empty(self, transaction: Transaction) -> None:
        """Delete released batches that nothing is left of, since their times tell of what is forgotten. The newest
        stays, so that its number is not given again, and with it the largest number of members.
        """
        newest = await self.newest(transaction)
        members = await transaction.scalar(select(func.max(batches.c.members)))
        used = (exists().where(table.c.batch == batches.c.number) for table in (concerns, messages))
        over = and_(batches.c.released_at.is_not(None), batches.c.number < newest, *(not_(each) for each in used))
        await transaction.execute(delete(batches).where(over))
        await transaction.execute(update(batches).where(batches.c.number == newest).values(members=members))

    async def count(self, transaction: Transaction, batch: int) -> int:
        """How many messages a batch holds."""
        held = select(func.count()).where(messages.c.batch == batch)
        return await transaction.scalar(held) or 0

    async def holds_any(self, batch: int) -> bool:
        """Whether a batch holds a message."""
        async with self.database.reading() as transaction:
            return bool(await self.count(transaction, batch))

    async def keys_in_use(self, transaction: Transaction) -> frozenset[str]:
        """The names of all keys that are needed: of concerns, of the batch that waits, and of the next."""
        kept = await transaction.scalars(select(concerns.c.id))
        # The next number first: a batch that is opened between the two looks is then among what waits.
        following = await self.next_number(transaction)
        waiting = await transaction.scalars(select(batches.c.number).where(batches.c.released_at.is_(None)))
        numbers = (following, *waiting)
        return frozenset((*kept, *(f"batch-{number}" for number in numbers)))
