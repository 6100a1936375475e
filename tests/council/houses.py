"""Several processes of one house, and a council of one's own: for what must hold across both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.app import Ports, build
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import AtOnce, Schedule
from bot.questions.shelf import Shelf
from bot.settings import read
from tests.concerns.test_walk import raise_concern
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock
from tests.walks.house import House, Person

NOBODY_WROTE, NO_ANSWER = "nobody has written to its author yet", "its author has no answer yet"


@asynccontextmanager
async def opened(
    url: str,
    folder: Path,
    shelf: Shelf,
    clock: FakeClock,
    messenger: FakeMessenger | None = None,
    council: str = "",
    schedule: Schedule | None = None,
) -> AsyncIterator[House]:
    """A process of the house; ``council`` is the text of its council.toml, where it is not the sample."""
    messenger, chosen = messenger or FakeMessenger(), {}
    if council:
        (folder / "council.toml").write_text(council, "utf-8")
        chosen["RAI_COUNCIL_FILE"] = str(folder / "council.toml")
    settings = read(RAI_DATA_DIR=str(folder / "var"), RAI_DATABASE_URL=url, **chosen)
    ports, hardness = Ports(messenger, FakeDirectory(), clock), Hardness(memory=64, passes=1)
    app = build(settings, ports, schedule=schedule or AtOnce(), hardness=hardness, shelf=shelf)
    await app.start()
    try:
        yield House(app, messenger, clock)
    finally:
        await app.stop()


async def owned(house: House, owner: str = "chair") -> tuple[str, Person]:
    """A case that a member has claimed, and looks at; returns the author's receipt and the member."""
    receipt, member = await raise_concern(house.person("somebody")), house.person(owner)
    looks_at_case(member)
    await member.presses("Claim")
    return receipt, member


def looks_at_case(member: Person) -> str:
    """The newest case in the council's place; its buttons can then be pressed."""
    return member.looks(member.house.app.council.place, lambda seen: "State:" in seen)


async def resolves(member: Person, words: str = "Done.", outcome: str = "acted", **chosen: str) -> str:
    """The owner ends the case; returns what they then see."""
    looks_at_case(member)
    await member.presses("Resolve")
    return await member.fills(outcome=outcome, words=words, **chosen)


async def day_by_day(house: House, days: int) -> None:
    """Let days pass, and each day what is due happen."""
    for _ in range(days):
        await house.later(timedelta(days=1))


def told_all(house: House, owed: str) -> list[str]:
    """The reminders in the council's place, the oldest first."""
    return [seen for seen in house.council_place() if owed in seen]
