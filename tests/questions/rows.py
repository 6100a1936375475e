"""What stands in a table, for tests that look behind the front door."""

from typing import Any

from sqlalchemy import text

from tests.walks.house import House


async def rows(house: House, table: str) -> list[dict[str, Any]]:
    """Every row."""
    async with house.app.database.reading() as transaction:
        return [dict(row) for row in (await transaction.execute(text(f"SELECT * FROM {table}"))).mappings()]


async def everything(house: House) -> str:
    """Every row of every table of the questions room and of the outbox, as one text."""
    names = ("ticket", "rating", "reader", "gap", "waiting", "draft", "week")
    tables = [*(f"questions_{name}" for name in names), "outbox"]
    return " ".join([repr(await rows(house, table)) for table in tables])
