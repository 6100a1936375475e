"""A room of office hours with everything around it, on a database of each kind."""

import pytest

from bot.store.db import Database
from tests.fakes.timing import FakeClock
from tests.hours.talk import Talk


@pytest.fixture
def talk(database: Database, clock: FakeClock) -> Talk:
    return Talk(database, clock)
