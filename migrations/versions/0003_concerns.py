"""The safe space: sealed words, random ids, a batch number where others keep a time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Tables without row ids: those would keep the order of arrival."""
    op.create_table(
        "concerns_vault",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_concerns_vault"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "concerns_batch",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("release", sa.String(120), nullable=False),
        sa.Column("released_at", sa.BigInteger),
        sa.Column("people", sa.Integer),
        sa.PrimaryKeyConstraint("number", name="pk_concerns_batch"),
    )
    _concern()
    _message()


def _concern() -> None:
    op.create_table(
        "concerns_concern",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("lookup", sa.String(64), nullable=False),
        sa.Column("author_key", sa.LargeBinary(32), nullable=False),
        sa.Column("batch", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_concerns_concern"),
        sa.UniqueConstraint("lookup", name="uq_concerns_concern_lookup"),
        sa.ForeignKeyConstraint(["batch"], ["concerns_batch.number"], name="fk_concerns_concern_batch"),
        sqlite_with_rowid=False,
    )


def _message() -> None:
    op.create_table(
        "concerns_message",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("concern", sa.String(32), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("voice", sa.String(10), nullable=False),
        sa.Column("batch", sa.Integer),
        sa.Column("once", sa.String(32), nullable=False),
        sa.Column("for_council", sa.LargeBinary, nullable=False),
        sa.Column("for_author", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_concerns_message"),
        sa.UniqueConstraint("once", name="uq_concerns_message_once"),
        sa.ForeignKeyConstraint(["concern"], ["concerns_concern.id"], name="fk_concerns_message_concern"),
        sa.ForeignKeyConstraint(["batch"], ["concerns_batch.number"], name="fk_concerns_message_batch"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_concerns_message_concern", "concerns_message", ["concern"])
