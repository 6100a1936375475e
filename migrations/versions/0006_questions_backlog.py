"""Questions: readers' roles, the backlog without an author, who waits, and members' answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Words and people stand in different tables: those who asked tickets move to the table of people who wait."""
    op.create_table(
        "questions_reader",
        sa.Column("person", sa.String(400), nullable=False),
        sa.Column("role", sa.String(40)),
        sa.Column("stage", sa.String(20)),
        sa.PrimaryKeyConstraint("person", name="pk_questions_reader"),
    )
    op.create_table(
        "questions_gap",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("entry", sa.String(120)),
        sa.Column("library", sa.String(12), nullable=False),
        sa.Column("ticket", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_questions_gap"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_questions_gap_day", "questions_gap", ["day"])
    op.create_index("ix_questions_gap_ticket", "questions_gap", ["ticket"])
    op.create_table(
        "questions_waiting",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("person", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions_waiting"),
        sa.UniqueConstraint("subject", "person", name="uq_questions_waiting_subject"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "questions_draft",
        sa.Column("ticket", sa.String(32), nullable=False),
        sa.Column("phrasings", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("source_title", sa.Text, nullable=False),
        sa.Column("source_url", sa.Text, nullable=False),
        sa.Column("tension", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("ticket", name="pk_questions_draft"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "questions_week",
        sa.Column("week", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("week", name="pk_questions_week"),
    )
    # The ticket's id serves as the waiting's: what the outbox holds for an asker is still about it.
    op.execute(
        "INSERT INTO questions_waiting (id, subject, person) "
        "SELECT id, id, asker FROM questions_ticket WHERE asker IS NOT NULL"
    )
    op.drop_column("questions_ticket", "asker")
