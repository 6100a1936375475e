"""Questions: tickets for a human, and what people thought of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Verdicts carry a random id and a day, and nothing of who gave them."""
    op.create_table(
        "questions_ticket",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asker", sa.String(300)),
        sa.Column("owner", sa.String(300)),
        sa.Column("answer", sa.Text),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("place", sa.String(200)),
        sa.Column("message", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_questions_ticket"),
    )
    op.create_table(
        "questions_rating",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("entry", sa.String(120), nullable=False),
        sa.Column("library", sa.String(12), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("given_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions_rating"),
        sqlite_with_rowid=False,
    )
