"""What is done to an installation's data without opening the house: its folder, its tables, its keys."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.chat.crowd import Crowd
from bot.chat.errors import StoreProblem
from bot.chat.private import private_folder
from bot.chat.timing import Clock, SystemClock
from bot.concerns.keyring import Keyring
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import Schedule
from bot.concerns.service import Concerns
from bot.concerns.store import ConcernsStore
from bot.concerns.vault import Vault
from bot.logs import hush
from bot.settings import Settings
from bot.store import migrate
from bot.store.db import Database


async def upgrade(settings: Settings) -> None:
    """Bring the database to this version and see that the vault fits it, without opening the library, which takes
    longer; raises StoreProblem where it cannot.
    """
    async with _alone(settings) as concerns:
        await concerns.check_vault()


async def opens_all(settings: Settings) -> bool:
    """Whether there is a key for everything that waits, so that there is nothing to give up; raises StoreProblem where
    the database cannot be looked into.
    """
    async with _alone(settings) as concerns:
        try:
            await concerns.check_vault()
        except StoreProblem as problem:
            if problem.permanent:
                return False
            raise
    return True


async def give_up(settings: Settings) -> int:
    """Delete the concerns that wait for a key that is gone; how many messages that were. Raises StoreProblem."""
    async with _alone(settings) as concerns:
        return await concerns.give_up()


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[Concerns]:
    """The safe space on tables of this version, without the rest of the house."""
    hush()
    prepare_folder(settings.data_dir)
    database = Database(settings.database)
    try:
        concerns = concerns_of(settings, SystemClock(), database, Crowd())
        await migrate.upgrade(database)
        yield concerns
    finally:
        await database.close()


def concerns_of(
    settings: Settings,
    clock: Clock,
    database: Database,
    crowd: Crowd,
    schedule: Schedule | None = None,
    hardness: Hardness | None = None,
) -> Concerns:
    """The safe space, with its keys from the data folder; raises StoreProblem where they cannot be used."""
    vault, keyring = Vault.open(settings.data_dir / "vault.key"), Keyring(settings.data_dir / "keys")
    released = schedule or settings.schedule(), crowd, settings.release_min_people
    return Concerns(ConcernsStore(database), vault, keyring, clock, *released, hardness or Hardness())


def prepare_folder(folder: Path) -> None:
    """Make the data folder, readable by its owner alone, and let nobody else read what this process writes; raises
    StoreProblem where that cannot be.
    """
    os.umask(0o077)
    try:
        private_folder(folder)
    except OSError:
        raise StoreProblem(
            "The data folder (RAI_DATA_DIR) cannot be made. Nothing was changed. Name one that the bot may write to.",
            permanent=True,
        ) from None
