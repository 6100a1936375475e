"""A canary person raises concerns in canary words while things go wrong: the person is found nowhere, the words only
in the release to the council.
"""

import base64
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import text

from adapters.terminal.app import Terminal
from adapters.terminal.board import Board
from adapters.terminal.lines import ScriptLines
from adapters.terminal.messenger import TerminalDirectory, TerminalMessenger
from bot.app import App, Ports, build
from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.plain import plain_card
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import AtOnce, Schedule, parse
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.store.db import Database
from tests.adapters.looking import encodings
from tests.fakes.timing import FakeClock

PERSON = "canary-person-7f3a91"
WORDS = "canary words 5c2e88 about the launch"
CHEAP = Hardness(memory=64, passes=1)
LEVELS = [1, logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR]


class Recorder:
    """A messenger that writes down every outgoing call, and fails when it is told to."""

    def __init__(self, board: Board) -> None:
        self._real = TerminalMessenger(board)
        self.calls: list[str] = []
        self.fault: Exception | None = None

    def _call(self, *parts: object) -> None:
        shown = (plain_card(part) if isinstance(part, Card) else f"{part!r} {vars(part)}" for part in parts)
        self.calls.append(" ".join(shown))
        if self.fault:
            raise self.fault

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        self._call(place, card)
        return await self._real.post(place, card, key)

    async def edit(self, ref: MessageRef, card: Card) -> None:
        self._call(ref, card)
        await self._real.edit(ref, card)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        self._call(actor, card)
        return await self._real.tell(actor, card, key)

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        self._call(where)
        return await self._real.find(where, key)


class World:
    """A house in a folder, its outgoing calls, and everything it logs."""

    def __init__(self, folder: Path, clock: FakeClock, shelf: Shelf, schedule: Schedule, logged: StringIO) -> None:
        self.folder, self.clock, self.logged = folder, clock, logged
        self.board = Board(folder)
        self.recorder = Recorder(self.board)
        ports = Ports(self.recorder, TerminalDirectory(), clock)
        self.app: App = build(read(RAI_DATA_DIR=str(folder)), ports, schedule=schedule, hardness=CHEAP, shelf=shelf)

    async def session(self, *lines: str) -> str:
        """A session in the terminal, as the canary person; returns what it showed."""
        screen = StringIO()
        console = Console(file=screen, width=100)
        script = ScriptLines("\n".join((f"/as {PERSON}", *lines)), console)
        terminal = Terminal(
            self.app.router,
            self.board,
            self.app.settle,
            self.app.places_of,
            (),
            console,
            script,
            self.folder / "files",
        )
        await terminal.run()
        return screen.getvalue()

    def leaks(self, needle: str) -> list[str]:
        """Where a text stands: in the bytes of a file, in the log, or in an outgoing call, however it is encoded."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        places = [path.name for path in files if any(form in path.read_bytes() for form in encodings(needle))]
        places += ["log"] if needle in self.logged.getvalue() else []
        return places + ["call" for call in self.recorder.calls if needle in call]


@pytest.fixture(params=LEVELS, ids=[f"level {level}" for level in LEVELS])
def logged(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """Everything that is logged at one level of the root."""
    stream, root = StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(request.param)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@asynccontextmanager
async def opened(
    tmp_path: Path, clock: FakeClock, shelf: Shelf, schedule: Schedule, logged: StringIO
) -> AsyncIterator[World]:
    world = World(tmp_path / "var", clock, shelf, schedule, logged)
    await world.app.start()
    yield world
    await world.app.stop()


CONCERN = ("concern", "", "1", "", "", "", "", WORDS, "yes")
MESSENGER_FAULTS = [Unreachable(WORDS), RuntimeError(f"{PERSON} {WORDS}"), KeyError(WORDS), OSError(5, PERSON)]


async def test_a_concern_that_waits_stands_nowhere_but_sealed(
    tmp_path: Path, clock: FakeClock, shelf: Shelf, logged: StringIO
) -> None:
    async with opened(tmp_path, clock, shelf, parse("tue,thu 10:00 UTC"), logged) as world:
        seen = await world.session(*CONCERN, f"concern {WORDS}", "", "2", "", "", "", "", "", "yes")
        assert seen.count("Your concern is kept") == 2
        await world.app.settle()
        assert world.leaks(WORDS) == []
        assert world.leaks(PERSON) == []
        async with world.app.database.reading() as transaction:
            sealed = (await transaction.execute(text("SELECT for_council FROM concerns_message"))).scalars().all()
    assert len(sealed) == 2


async def test_a_released_concern_stands_in_the_release_alone_and_the_person_nowhere(
    tmp_path: Path, clock: FakeClock, shelf: Shelf, logged: StringIO
) -> None:
    async with opened(tmp_path, clock, shelf, AtOnce(), logged) as world:
        for fault in MESSENGER_FAULTS:
            world.recorder.fault = fault
            assert "Your concern is kept" in await world.session(*CONCERN)
            world.recorder.fault = None
            await later(world)
        assert set(world.leaks(WORDS)) == {"call"}
        assert world.leaks(PERSON) == []
        posts = [call for call in world.recorder.calls if WORDS in call and call.startswith("Place")]
        assert len(posts) == 2 * len(MESSENGER_FAULTS)


async def later(world: World) -> None:
    world.clock.move(timedelta(minutes=10))
    await world.app.settle()


async def break_database(world: World) -> None:
    """The disk is full from now on."""
    async with world.app.database.reading() as transaction:
        await transaction.execute(text("PRAGMA max_page_count = 1"))


async def lose_tables(world: World) -> None:
    async with world.app.database.writing() as transaction:
        await transaction.execute(text("DROP TABLE concerns_message"))


async def lose_release(world: World) -> None:
    async with world.app.database.writing() as transaction:
        await transaction.execute(text("DROP TABLE outbox"))


async def lose_board(world: World) -> None:
    (world.folder / "terminal.db").unlink()


async def close_clock(world: World) -> None:
    world.clock.broken = RuntimeError(f"{PERSON} {WORDS}")


FAULTS = [break_database, lose_tables, lose_release, lose_board, close_clock]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
async def test_a_fault_on_the_way_tells_nothing(
    tmp_path: Path,
    clock: FakeClock,
    shelf: Shelf,
    logged: StringIO,
    capfd: pytest.CaptureFixture[str],
    fault: Callable[[World], object],
) -> None:
    async with opened(tmp_path, clock, shelf, AtOnce(), logged) as world:
        await world.session(*CONCERN)
        broken = fault(world)
        if hasattr(broken, "__await__"):
            await broken
        seen = await world.session(*CONCERN, "receipt", "abacus abacus abacus abacus abacus abacus", WORDS, "/cancel")
        assert "Traceback" not in seen
        with suppress(Exception):
            await world.app.settle()
        assert set(world.leaks(WORDS)) <= {"call"}
        assert world.leaks(PERSON) == []
        shown = "".join(capfd.readouterr())
        assert WORDS not in shown
        assert PERSON not in shown


MALFORMED = [
    FormSubmitted(Actor("terminal", "local", PERSON), "concerns.raise/2", {}, WORDS),
    FormSubmitted(Actor("terminal", "local", PERSON), "concerns.raise/2", {"words": WORDS, "value": WORDS}, "x"),
    FormSubmitted(
        Actor("terminal", "local", PERSON), "concerns.raise/2", {"words": WORDS * 200, "value": "safety"}, "x"
    ),
    FormSubmitted(Actor("terminal", "local", PERSON), "concerns.raise/1", {"words": WORDS}, "x"),
    FormSubmitted(Actor("terminal", "local", PERSON), "concerns.follow/2", {"receipt": WORDS, "words": WORDS}, WORDS),
    FormSubmitted(Actor("terminal", "local", PERSON), "council.reply/1", {"words": WORDS}, WORDS),
    ButtonPressed(Actor("terminal", "local", PERSON), None, "concerns.raise/1", WORDS),
    ButtonPressed(Actor("terminal", "local", PERSON), None, WORDS, WORDS),
    CommandUsed(Actor("terminal", "local", PERSON), Place("terminal", PERSON), "concern", WORDS),
]


@pytest.mark.parametrize("event", MALFORMED, ids=lambda event: type(event).__name__)
async def test_a_malformed_event_leaves_no_trace(
    tmp_path: Path, clock: FakeClock, shelf: Shelf, logged: StringIO, event: FormSubmitted | ButtonPressed | CommandUsed
) -> None:
    async with opened(tmp_path, clock, shelf, AtOnce(), logged) as world:
        error = None
        try:
            await world.app.router.handle(event)
        except Exception as caught:
            error = caught
        assert WORDS not in f"{error} {error!r}"
        await world.app.settle()
        assert world.leaks(WORDS) == []
        assert world.leaks(PERSON) == []


@pytest.mark.parametrize("where", ["table", "file", "log", "call", "utf-16", "base64"])
async def test_a_planted_leak_is_found(tmp_path: Path, clock: FakeClock, shelf: Shelf, where: str) -> None:
    stream = StringIO()
    async with opened(tmp_path, clock, shelf, AtOnce(), stream) as world:
        assert world.leaks(PERSON) == []
        await plant(world, where)
        assert len(world.leaks(PERSON)) >= 1


async def plant(world: World, where: str) -> None:
    match where:
        case "table":
            async with world.app.database.writing() as transaction:
                await transaction.execute(text(f"INSERT INTO concerns_vault VALUES ('{PERSON}')"))
        case "log":
            world.logged.write(PERSON)
        case "call":
            await world.recorder.find(Actor("terminal", "local", PERSON), "key")
        case "file":
            (world.folder / "planted").write_text(PERSON)
        case "utf-16":
            (world.folder / "planted").write_text(PERSON, "utf-16-le")
        case "base64":
            (world.folder / "planted").write_bytes(base64.b64encode(f"in {PERSON}.".encode()))


async def test_a_backup_holds_no_person_and_no_words(tmp_path: Path, clock: FakeClock, shelf: Shelf) -> None:
    from bot.store.backup import backup

    async with opened(tmp_path, clock, shelf, AtOnce(), StringIO()) as world:
        await world.session(*CONCERN)
        await backup(world.app.database, world.folder / "copy.db")
        assert "copy.db" not in world.leaks(WORDS) + world.leaks(PERSON)
        copy = Database(f"sqlite+aiosqlite:///{world.folder / 'copy.db'}")
        async with copy.reading() as transaction:
            assert await transaction.scalar(text("SELECT count(*) FROM concerns_message")) == 1
        await copy.close()
