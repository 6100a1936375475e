"""PostgreSQL's planner keeps samples of what tables hold, and of what is deleted there: none of what names a case."""

from alembic import op

revision = "0011"
down_revision = "0010"

NAMING = {
    "concerns_concern": ("id", "lookup", "author_key"),
    "concerns_message": ("id", "concern", "once"),
    "council_case": ("id", "code", "message"),
    "council_act": ("id", "case_id"),
    "council_board": ("id", "case_id"),
    "council_reminder": ("case_id",),
    "council_forgotten": ("id", "message"),
    "outbox": ("id", "subject"),
}


def upgrade() -> None:
    """Have it take no samples of these columns; each is looked up by one value, for which it needs none."""
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in NAMING.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
