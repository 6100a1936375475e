"""Arrivals: which events came already, as hashes, for two days."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table, in no order of writing."""
    op.create_table(
        "arrival",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_arrival"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_arrival_day", "arrival", ["day"])
