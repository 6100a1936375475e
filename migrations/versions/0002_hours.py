"""The office hours: what is offered, what is booked, and who is busy when."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """One row per person and five minutes keeps everybody from being booked twice."""
    _offers()
    _bookings()
    _busy()


def _offers() -> None:
    op.create_table(
        "hours_offer",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("host", sa.String(400), nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("opens", sa.Time, nullable=False),
        sa.Column("closes", sa.Time, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("remind_minutes", sa.Integer, nullable=False),
        sa.Column("about", sa.String(300), nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hours_offer"),
    )
    op.create_index("ix_hours_offer_host", "hours_offer", ["host"])


def _bookings() -> None:
    op.create_table(
        "hours_booking",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("offer_id", sa.String(32), nullable=False),
        sa.Column("host", sa.String(400), nullable=False),
        sa.Column("guest", sa.String(400), nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("about", sa.String(300), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("stamped_at", sa.BigInteger, nullable=False),
        sa.Column("secret", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hours_booking"),
        sa.ForeignKeyConstraint(["offer_id"], ["hours_offer.id"], name="fk_hours_booking_offer_id"),
        sa.UniqueConstraint("secret", name="uq_hours_booking_secret"),
    )
    op.create_index("ix_hours_booking_host", "hours_booking", ["host"])
    op.create_index("ix_hours_booking_guest", "hours_booking", ["guest"])


def _busy() -> None:
    op.create_table(
        "hours_busy",
        sa.Column("person", sa.String(400), nullable=False),
        sa.Column("cell", sa.Integer, nullable=False),
        sa.Column("booking", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("person", "cell", name="pk_hours_busy"),
        sa.ForeignKeyConstraint(["booking"], ["hours_booking.id"], name="fk_hours_busy_booking"),
    )
    op.create_index("ix_hours_busy_booking", "hours_busy", ["booking"])
