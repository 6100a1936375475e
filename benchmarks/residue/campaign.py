"""Concerns by the batch through one door, each batch with another fault, and a search after each."""

import asyncio
import logging
import os
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, count, cycle, islice
from pathlib import Path

from benchmarks.residue import of_people, of_the_house, of_the_platform, of_the_process, of_the_store, of_the_way_in
from benchmarks.residue.at_slack import AtSlack
from benchmarks.residue.at_teams import AtTeams
from benchmarks.residue.at_terminal import AtTerminal
from benchmarks.residue.canary import TOKEN
from benchmarks.residue.doors import Author, Door, Grounds, in_short, later, patiently, reopened
from benchmarks.residue.evidence import Leak, files, leaks, spoken
from benchmarks.residue.fault import Fault
from benchmarks.residue.listening import Ear, Output, ear
from benchmarks.residue.plants import missing
from bot.concerns.schedule import AtOnce, parse
from bot.questions.shelf import Shelf
from bot.store.backup import backup
from tests.questions.library import save_all, small_shelf
from tests.walks.terminal_stage import terminal_stage

MODULES = (of_the_house, of_the_way_in, of_the_platform, of_the_store, of_people, of_the_process)
FAULTS: tuple[Fault, ...] = tuple(chain.from_iterable(module.FAULTS for module in MODULES))
BATCHES_A_HOUSE = 12
SCHEDULES = AtOnce(), parse("tue,thu 10:00 UTC")
NAMES = {"h": "Slack over HTTP", "s": "Slack by socket", "t": "Teams", "m": "terminal"}


@dataclass
class Result:
    """What came of one door's campaign.

    Args:
        seen: what authors saw, for each fault.
        found: leaks, with the fault after which they were found.
        unfound: planted leaks that were not found.
        planted: how many were planted.
        released: messages with canary words in the council's place.
        looked: how many bytes were looked at.
    """

    door: str
    seen: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    found: list[tuple[str, Leak]] = field(default_factory=list)
    unfound: list[str] = field(default_factory=list)
    planted: int = 0
    released: int = 0
    looked: int = 0

    @property
    def kept(self) -> int:
        """How many authors were shown a receipt."""
        return sum(each["the receipt"] for each in self.seen.values())

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found but what was planted, all of that, and the council got what it should."""
        return not self.found and not self.unfound and self.released > 0

    @property
    def sent(self) -> int:
        """How many concerns were sent."""
        return sum(sum(each.values()) for each in self.seen.values())


@dataclass
class Campaign:
    """One door's campaign.

    Args:
        most: how many are sent at once, at most.
    """

    door: Door
    ear: Ear
    output: Output
    result: Result
    most: int

    async def batch(self, fault: Fault) -> None:
        """So many concerns while one thing goes wrong, and a search in between and after it."""
        door = self.door
        authors = [door.arrives() for _ in range(min(fault.most, self.most))]
        meanwhile = authors[: len(authors) // 2] if fault.early else []
        await self._begin([author for author in authors if author not in meanwhile])
        try:
            async with fault.around(door):
                await self._begin(meanwhile)
                seen = await self._send(fault, authors)
                self._search(fault, whole=False)
        except Exception as error:
            self.result.found.append((fault.name, Leak("words", f"the benchmark failed: {type(error).__name__}", "")))
            raise
        self.result.seen[fault.name].update(in_short(each, author) for each, author in zip(seen, authors, strict=True))
        await later(door, timedelta(hours=2) if door.grounds.schedule is SCHEDULES[0] else timedelta(minutes=2))
        self._search(fault)

    async def _begin(self, authors: list[Author]) -> None:
        async def begins(author: Author) -> str:
            await self.door.begins(author)
            return ""

        await asyncio.gather(*(patiently(begins(author), author, self.door) for author in authors))

    async def _send(self, fault: Fault, authors: list[Author]) -> list[str]:
        door = self.door
        if fault.whole:
            return await fault.whole(door, list(authors))
        one = fault.sends or (lambda at, author: at.sends(author))
        return list(await asyncio.gather(*(patiently(one(door, author), author, door) for author in authors)))

    def _search(self, fault: Fault, *, whole: bool = True) -> None:
        """Look at everything, and then begin anew; in between, at the files alone."""
        door = self.door
        pieces = [*files(door.grounds.folder)]
        pieces += [*spoken(self.ear, self.output), *door.pieces()] if whole else []
        self.result.looked += sum(len(each.content) for each in pieces)
        self.result.found += [(fault.name, each) for each in sorted(leaks(door.marks, pieces), key=repr)]
        if whole:
            for listener in (self.ear, self.output, door):
                listener.forgets()
            shutil.rmtree(door.grounds.folder / "var" / "backups", ignore_errors=True)

    async def over(self) -> None:
        """A backup of what is kept, everything that waits released, another one, and a last search."""
        door, folder = self.door, self.door.grounds.folder / "var" / "backups"
        folder.mkdir(exist_ok=True)
        await backup(door.app.database, folder / "waiting.db")
        for _ in range(8):
            await later(door, timedelta(days=1))
        await backup(door.app.database, folder / "released.db")
        self.result.released += door.released()
        self._search(Fault("the release of what waited"))


def door_of(letter: str, grounds: Grounds) -> Door:
    """A house behind one door, not opened yet."""
    match letter:
        case "t":
            return AtTeams(grounds)
        case "m":
            return AtTerminal(grounds)
    return AtSlack(grounds, mode="http" if letter == "h" else "socket")


@dataclass(frozen=True)
class Asked:
    """What one door's campaign is to be.

    Args:
        count: how many concerns are sent, at least.
        most: how many are sent at once, at most.
        once: whether each fault comes once, and at one door alone; ``count`` says nothing then.
        plant: whether words are logged once on purpose.
    """

    letter: str
    count: int
    most: int
    once: bool = False
    plant: bool = False

    def faults(self) -> Iterator[Fault]:
        """What goes wrong, in turn."""
        known = [fault for fault in FAULTS if self.letter in fault.doors]
        shared = (fault for turn, fault in enumerate(FAULTS) if fault.doors[turn % len(fault.doors)] == self.letter)
        return shared if self.once else cycle(known)

    def is_over(self, result: Result) -> bool:
        """Whether enough were sent."""
        return not self.once and result.sent >= self.count


def one(asked: Asked) -> Result:
    """One door's campaign, in a process of its own; how far it is goes to the errors of that process."""
    os.umask(0o077)
    screen = os.fdopen(os.dup(2), "w", buffering=1)
    with tempfile.TemporaryDirectory(prefix="rai-residue-") as folder, screen:
        return asyncio.run(run(asked, Path(folder), lambda told: print(told, file=screen)))


async def run(asked: Asked, folder: Path, say: Callable[[str], None]) -> Result:
    """Concerns through one door, faults in turn, each house on data of its own."""
    result, shelf, begun = Result(NAMES[asked.letter]), await _furnish(folder), time.monotonic()
    faults, numbers = asked.faults(), count()
    with ear() as listener, Output().taken() as output:
        while (turns := list(islice(faults, BATCHES_A_HOUSE))) and not asked.is_over(result):
            async with _house(asked.letter, next(numbers), folder, shelf) as door:
                campaign = Campaign(door, listener, output, result, asked.most)
                if not result.planted:
                    result.planted, result.unfound = await missing(door, listener, output)
                    logging.getLogger("planted").warning(TOKEN) if asked.plant else None
                for fault in turns:
                    await campaign.batch(fault) if not asked.is_over(result) else None
                await campaign.over()
            say(f"{result.door}: {result.sent:,} after {time.monotonic() - begun:.0f} s")
    result.seen = dict(result.seen)
    return result


@asynccontextmanager
async def _house(letter: str, number: int, folder: Path, shelf: Shelf) -> AsyncIterator[Door]:
    own = folder / f"house-{number}"
    own.mkdir()
    shutil.copytree(folder / "furnished" / "var", own / "var")
    door = door_of(letter, Grounds(own, shelf, SCHEDULES[number % 2]))
    await reopened(door)
    try:
        yield door
    finally:
        with suppress(AssertionError):
            await door.stack.aclose()
        shutil.rmtree(own)


async def _furnish(folder: Path) -> Shelf:
    """A folder with its tables made, which takes longer than most batches, and a small library."""
    (folder / "library").mkdir()
    shelf = small_shelf(save_all(folder / "library"))
    async with terminal_stage(folder / "furnished", shelf):
        pass
    return shelf
