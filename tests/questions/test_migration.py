"""Tickets from before the backlog come along, and their askers move out of the table of words."""

from sqlalchemy import text

from bot.chat.identity import Actor
from bot.questions.backlog_store import BacklogStore
from bot.store import migrate
from bot.store.db import Database


async def test_an_old_tickets_asker_waits_under_the_ticket(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate.upgrade(database, "0005")
    columns = "(id, question, asker, opened_at)"
    async with database.writing() as transaction:
        for values in ("('a', 'Who?', 'terminal:local:mira', 1)", "('b', 'Told already.', NULL, 1)"):
            await transaction.execute(text(f"INSERT INTO questions_ticket {columns} VALUES {values}"))
    await migrate.upgrade(database)
    # What the outbox holds for the asker is about the ticket's id, which is the waiting's id too.
    assert await BacklogStore(database).waits("a") == ("a", Actor("terminal", "local", "mira"))
    async with database.reading() as transaction:
        assert (await transaction.execute(text("SELECT id FROM questions_waiting"))).scalars().all() == ["a"]
        row = (await transaction.execute(text("SELECT * FROM questions_ticket WHERE id = 'a'"))).mappings().one()
    assert "asker" not in row
    await database.close()
