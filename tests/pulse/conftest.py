"""A house in which the pulse comes on Wednesdays at ten, and a channel of people whom it asks."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Protocol

import pytest

from bot.app import Ports, build
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import AtOnce
from bot.pulse.model import PulsePlan
from bot.questions.shelf import Shelf
from bot.settings import read
from tests.fakes.ports import FakeDirectory
from tests.fakes.timing import FakeClock
from tests.pulse.channel import PLAN, Channel, Post
from tests.questions.library import save_all, small_shelf
from tests.walks.house import House


class Opens(Protocol):
    """Opens the house, switched on as PLAN says or otherwise."""

    def __call__(self, plan: PulsePlan | None = PLAN) -> Awaitable[Channel]: ...


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Ten entries, which open sooner than all."""
    return small_shelf(save_all(tmp_path_factory.mktemp("library")))


@pytest.fixture
async def opens(tmp_path: Path, empty_url: str, clock: FakeClock, shelf: Shelf) -> AsyncIterator[Opens]:
    """Opens a house on one database of each kind in turn; opened again, it is another process of the same house."""
    messenger, directory = Post(), FakeDirectory()
    settings = read(RAI_DATA_DIR=str(tmp_path / "var"), RAI_DATABASE_URL=empty_url)
    async with AsyncExitStack() as stack:

        async def open_it(plan: PulsePlan | None = PLAN) -> Channel:
            ports = Ports(messenger, directory, clock)
            cheap = Hardness(memory=64, passes=1)
            app = build(settings, ports, schedule=AtOnce(), hardness=cheap, shelf=shelf, plan=plan)
            stack.push_async_callback(app.stop)
            await app.start()
            return Channel(House(app, messenger, clock), messenger, directory)

        yield open_it
