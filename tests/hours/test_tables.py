"""The migration builds the very tables that the code describes."""

import sqlalchemy as sa

from bot.hours.store import booking_table, busy_table, offer_table
from bot.store.db import Database, metadata

TABLES = [offer_table, booking_table, busy_table]


def reflected(connection: sa.Connection) -> dict[str, object]:
    """Everything that the database knows of the room's tables, names of constraints included."""
    look = sa.inspect(connection)
    return {
        table.name: (
            [(each["name"], str(each["type"]), each["nullable"]) for each in look.get_columns(table.name)],
            look.get_pk_constraint(table.name),
            look.get_foreign_keys(table.name),
            look.get_unique_constraints(table.name),
            sorted(str(each) for each in look.get_indexes(table.name)),
        )
        for table in TABLES
    }


async def test_the_migration_and_the_code_agree(database: Database) -> None:
    async with database.writing() as connection:
        migrated = await connection.run_sync(reflected)
        await connection.run_sync(metadata.drop_all, tables=TABLES)
        await connection.run_sync(metadata.create_all, tables=TABLES)
        assert await connection.run_sync(reflected) == migrated
