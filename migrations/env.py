"""Runs migrations on the connection that bot.store.migrate has opened and locked."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
# The transaction belongs to the caller: all steps arrive together or not at all.
context.run_migrations()
