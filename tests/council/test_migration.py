"""Cases from before the duties come along: what is resolved has its date, and nothing is late for that."""

from sqlalchemy import text

from bot.store import migrate
from bot.store.db import Database

DAY = 86_400_000


async def test_resolved_cases_are_dated_and_open_ones_are_not(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate.upgrade(database, "0007")
    async with database.writing() as transaction:
        for name, state, outcome, answered, resolved in (
            ("prompt", "resolved", "'acted'", 2 * DAY, 5 * DAY),
            ("slow", "resolved", "'acted'", 8 * DAY, 9 * DAY),
            ("open", "claimed", "NULL", 2 * DAY, None),
        ):
            columns = "(id, code, state, owner, opened_at, answered_at, outcome)"
            values = f"('{name}', '{name}', '{state}', 'chair', 0, {answered}, {outcome})"
            await transaction.execute(text(f"INSERT INTO council_case {columns} VALUES {values}"))
            for number, at in enumerate([3 * DAY, resolved] if resolved else []):
                row = f"('{name}{number}', '{name}', 'chair', 'resolved', {at})"
                await transaction.execute(text(f"INSERT INTO council_act (id, case_id, seat, what, at) VALUES {row}"))
    await migrate.upgrade(database)
    async with database.reading() as transaction:
        found = await transaction.execute(text("SELECT id, resolved_at, forget_at, in_time FROM council_case"))
        dated = {row.id: (row.resolved_at, row.forget_at, row.in_time) for row in found}
    assert dated["prompt"] == (5 * DAY, 185 * DAY, True)
    assert dated["slow"] == (9 * DAY, 189 * DAY, False)
    assert dated["open"] == (None, None, None)
    await database.close()
