"""What has arrived already: a platform sends an event again where it is not sure that we have it."""

import hashlib
from datetime import timedelta

from sqlalchemy import Column, Date, String, Table, delete

from bot.chat.timing import Clock, Job
from bot.store.db import Database, metadata

KEPT = timedelta(days=2)
"""Longer than any platform keeps trying: Slack's last try comes after five minutes, a delayed one within a day."""

table = Table(
    "arrival",
    metadata,
    # A hash: the platform's own id of an event would lead to whom it came from.
    Column("id", String(32), primary_key=True),
    Column("day", Date, nullable=False, index=True),
    sqlite_with_rowid=False,
)


class Arrivals:
    """The events of the last days, as hashes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def first(self, event: str) -> bool:
        """Whether an event, by the id its platform gave it, arrives for the first time; from now on it has arrived."""
        hashed = hashlib.blake2b(event.encode(), digest_size=16).hexdigest()
        row = {"id": hashed, "day": self._clock.now().date()}
        async with self._database.writing() as transaction:
            return await self._database.insert_once(transaction, table, **row)

    async def forget(self) -> None:
        """Drop what no platform will send again."""
        oldest = (self._clock.now() - KEPT).date()
        async with self._database.writing() as transaction:
            await transaction.execute(delete(table).where(table.c.day < oldest))

    def jobs(self) -> tuple[Job, ...]:
        """What time sets off here."""
        return (Job("arrivals", timedelta(hours=1), self.forget),)
