"""The concerns room's tables: sealed words, random ids, a batch number where others keep a time."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from bot.store.db import metadata
from bot.store.types import Instant

# WITHOUT ROWID: a row id would keep the order of arrival, whatever the key.

vaults = Table(
    "concerns_vault",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    sqlite_with_rowid=False,
)

batches = Table(
    "concerns_batch",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False),
    Column("release", String(120), nullable=False),
    Column("released_at", Instant),
    Column("people", Integer),
    Column("members", Integer),
    Column("sealing_key", LargeBinary(32)),
)

concerns = Table(
    "concerns_concern",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("lookup", String(64), nullable=False, unique=True),
    Column("author_key", LargeBinary(32), nullable=False),
    Column("batch", ForeignKey("concerns_batch.number"), nullable=False),
    sqlite_with_rowid=False,
)

messages = Table(
    "concerns_message",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("concern", ForeignKey("concerns_concern.id"), nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("voice", String(10), nullable=False),
    Column("batch", ForeignKey("concerns_batch.number")),
    Column("once", String(32), nullable=False, unique=True),
    Column("for_council", LargeBinary, nullable=False),
    Column("for_author", LargeBinary),
    sqlite_with_rowid=False,
)

TABLES = (batches, concerns, messages)
"""What may not tell in which order its rows came."""
