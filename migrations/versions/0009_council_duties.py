"""What the council owes: clocks and who was told of them, the answers board, and when a case is forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_DAY = 86_400_000
"""Milliseconds."""


def upgrade() -> None:
    """Add what is needed; a case that is resolved already is kept as long as the charter's default says."""
    for column in ("reopened_at", "resolved_at", "forget_at", "drawn_at"):
        op.add_column("council_case", sa.Column(column, sa.BigInteger))
    op.add_column("council_case", sa.Column("in_time", sa.Boolean))
    _date_resolved_cases()
    _reminder()
    _board()
    _forgotten()


def _date_resolved_cases() -> None:
    case, act = sa.table("council_case", *map(sa.column, _CASE)), sa.table("council_act", *map(sa.column, _ACT))
    done = sa.select(sa.func.max(act.c.at)).where(act.c.case_id == case.c.id, act.c.what == "resolved")
    op.execute(sa.update(case).where(case.c.state == "resolved").values(resolved_at=done.scalar_subquery()))
    # The longest that a charter may promise: what it says now is not known here.
    written = case.c.answered_at <= case.c.opened_at + 7 * _DAY
    in_time = sa.and_(written, case.c.resolved_at <= case.c.opened_at + 90 * _DAY)
    dated = {"forget_at": case.c.resolved_at + 180 * _DAY, "in_time": in_time}
    op.execute(sa.update(case).where(case.c.resolved_at.is_not(None)).values(**dated))


_CASE = ("id", "state", "opened_at", "answered_at", "resolved_at", "forget_at", "in_time")
_ACT = ("case_id", "what", "at")


def _reminder() -> None:
    op.create_table(
        "council_reminder",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("duty", sa.String(20), nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "duty", "step", name="pk_council_reminder"),
        sa.ForeignKeyConstraint(["case_id"], ["council_case.id"], name="fk_council_reminder_case_id"),
        sqlite_with_rowid=False,
    )


def _board() -> None:
    op.create_table(
        "council_board",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_council_board"),
        sa.ForeignKeyConstraint(["case_id"], ["council_case.id"], name="fk_council_board_case_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_council_board_case_id", "council_board", ["case_id"])
    op.create_index("ix_council_board_at", "council_board", ["at"])


def _forgotten() -> None:
    op.create_table(
        "council_past",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("in_time", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_council_past"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "council_forgotten",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("message", sa.String(200), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_council_forgotten"),
        sqlite_with_rowid=False,
    )
