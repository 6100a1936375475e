"""Pulse: the week that was asked, who is still to be asked in it, and who never wants to be."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """People stand there in clear: who is in a channel, and who wants no weekly card, is no secret of theirs."""
    op.create_table(
        "pulse_round",
        sa.Column("week", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("week", name="pk_pulse_round"),
    )
    op.create_table(
        "pulse_waiting",
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("person", sa.String(400), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_pulse_waiting"),
        sa.UniqueConstraint("person", name="uq_pulse_waiting_person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pulse_unasked",
        sa.Column("person", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_pulse_unasked"),
        sqlite_with_rowid=False,
    )
