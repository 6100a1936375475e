"""What every test of the safe space may ask for: the safe space alone, on a database of each kind."""

from pathlib import Path

import pytest

from bot.store.db import Database
from tests.concerns.rooms import Rooms
from tests.fakes.timing import FakeClock


@pytest.fixture
def rooms(database: Database, clock: FakeClock, tmp_path: Path) -> Rooms:
    """Processes of one installation, as many as the test starts."""
    return Rooms(database, clock, tmp_path)
