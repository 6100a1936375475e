"""The council: cases, and what was done with them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """A case bears its concern's id: one concern, one case."""
    op.create_table(
        "council_case",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("owner", sa.String(60)),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("answered_at", sa.BigInteger),
        sa.Column("outcome", sa.String(20)),
        sa.Column("place", sa.String(200)),
        sa.Column("message", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_council_case"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "council_act",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("seat", sa.String(60), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_council_act"),
        sa.ForeignKeyConstraint(["case_id"], ["council_case.id"], name="fk_council_act_case_id"),
    )
    op.create_index("ix_council_act_case_id", "council_act", ["case_id"])
