"""What happens in a life: the house opens, people use it, time passes; until it is killed."""

import asyncio
import json
import logging
import random
from collections.abc import Callable, Coroutine
from datetime import timedelta

from sqlalchemy import text

from adapters.terminal.messenger import TerminalDirectory
from benchmarks.kill.behind import behind, keys, left
from benchmarks.kill.ledger import Entry, Ledger, What
from benchmarks.kill.life import LEAST_PEOPLE, HandClock, Life
from benchmarks.kill.moments import Moments
from benchmarks.kill.people import MARK, People, Sending
from benchmarks.kill.posts import cases, first_words
from benchmarks.kill.wall import Wall, WallMessenger
from bot.app import App, Ports, build
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import LONGEST_WAIT, AtOnce, parse
from bot.questions.shelf import Shelf
from bot.settings import read

_STATEMENTS: dict[object, object] = {}
"""What SQLAlchemy makes of statements; a child inherits what was made before it was forked."""

HABITS = {"raise": 2, "urgent": 1, "add": 3, "crowd": 3, "council": 1, "read": 1, "wait": 1}
"""What happens between a life's first concern and its release, and how often, in parts."""

BETWEEN = 3
"""How much of it."""

AGAIN, BESIDE = 0.7, 0.4
"""How often a form is sent again whose answer never came, and how often the jobs run beside whoever speaks."""

_OF_THE_CONCERNS = ("concerns.", "council.", "outbox")
"""The jobs that have to do with concerns, by the beginning of their names."""

_IN_THE_END = 12
"""How often what is put off is tried again in the end, two hours apart."""


class Days:
    """What happens in a life, and the clock that goes with it."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._random = random.Random(f"{life.seed}/{life.number}")
        self._clock = HandClock(life.begins)
        self._ledger = Ledger(life.ledger)
        self._wall = Wall(life.folder / "wall.db")
        self._numbers = 0
        self._moments = Moments(life.aim, lambda name: self._write("struck", name))

    def watch(self) -> None:
        """Look from outside at what happens in this process; for as long as it lives."""
        self._moments.watch(self._life.data)
        logging.getLogger().addHandler(_Errors(lambda told: self._write("error", told)))

    async def live(self, shelf: Shelf, started: Callable[[], None]) -> None:
        """Live the life.

        Args:
            started: called once the house stands; from then on it may be killed.
        """
        self._phase("the house opens")
        app = self._build(shelf)
        app.database.engine.sync_engine.update_execution_options(compiled_cache=_STATEMENTS)
        await app.start()
        started()
        self._moments.arm()
        await (self._end(app) if self._life.last else self._pass_by(app))
        self._ledger.write(Entry("whole", self._clock.now(), details=self._moments.counted))
        await app.stop()

    def _build(self, shelf: Shelf) -> App:
        life = self._life
        messenger = WallMessenger(self._wall, self._clock, self._passes_message, forgetful=life.plant == "double")
        settings = read(
            RAI_DATA_DIR=str(life.data), RAI_DATABASE_URL=life.database, RAI_RELEASE_MIN_PEOPLE=str(LEAST_PEOPLE)
        )
        # Argon2 as cheap as it gets: what it costs for real is pinned in tests/concerns/test_sealing.py.
        return build(
            settings,
            Ports(messenger, TerminalDirectory(), self._clock),
            schedule=AtOnce() if life.plant == "early" else parse(life.release),
            hardness=Hardness(memory=64, passes=1),
            shelf=shelf,
        )

    async def _pass_by(self, app: App) -> None:
        """What was cut off is sent again; then concerns come, time passes, the council works."""
        people = People(app, self._clock, self._ledger, self._phase)
        await self._lose(app)
        await self._settle(app)
        for entry in self._life.again:
            if self._random.random() < AGAIN:
                await people.send(Sending.of(entry))
        between = self._random.choices(*zip(*HABITS.items(), strict=True), k=BETWEEN)
        for step in ("raise", *between, "release", "council"):
            await self._advance(app, timedelta(seconds=self._random.randint(1, 900)))
            await self._step(step, app, people)

    async def _end(self, app: App) -> None:
        """Let everything be said that is due, and look behind every receipt."""
        await self._settle(app)
        self._clock.move(LONGEST_WAIT + timedelta(days=1))
        await self._settle(app)
        for _ in range(_IN_THE_END):
            if not await left(app):
                break
            self._clock.move(timedelta(hours=2))
            await self._settle(app)
        for words, receipt in self._life.receipts:
            self._write("read", words, await behind(app, receipt))
        self._write("read", "", {"left": str(await left(app)), "keys": json.dumps(await keys(app))})

    async def _lose(self, app: App) -> None:
        if self._life.plant == "lose":
            async with app.database.writing() as transaction:
                await transaction.execute(text("DELETE FROM outbox"))

    async def _step(self, step: str, app: App, people: People) -> None:
        match step:
            case "raise":
                await self._beside_the_jobs(app, people.raise_concern(self._somebody(), self._words("concern")))
            case "urgent":
                words = self._words("urgent concern")
                await self._beside_the_jobs(app, people.raise_concern(self._somebody(), words, urgent=True))
            case "add" if self._life.receipts:
                to, receipt = self._random.choice(self._life.receipts)
                await self._beside_the_jobs(app, people.add(self._somebody(), self._words("addition"), to, receipt))
            case "read" if self._life.receipts:
                await people.read(self._somebody(), self._random.choice(self._life.receipts)[1])
            case "crowd":
                for _ in range(LEAST_PEOPLE):
                    await people.say_that_all_is_well(self._somebody())
            case "council":
                await self._council_works(people)
                await self._settle(app)
            case "wait":
                await self._advance(app, timedelta(hours=self._random.randint(1, 60)))
            case "release":
                await self._advance(app, self._until_release())

    async def _council_works(self, people: People) -> None:
        if standing := cases(self._wall.said()):
            case = self._random.choice(standing)
            await people.work_on(case.card, case.ref, self._words("reply"), first_words(case.card))

    async def _beside_the_jobs(self, app: App, doing: Coroutine[None, None, None]) -> None:
        if self._random.random() < BESIDE:
            await asyncio.gather(doing, self._settle(app))
        else:
            await doing
            await self._settle(app)

    def _until_release(self) -> timedelta:
        following = parse(self._life.release).following(self._clock.now())
        return following - self._clock.now() + timedelta(seconds=2) if following else timedelta(minutes=1)

    async def _advance(self, app: App, by: timedelta) -> None:
        # The jobs run every few seconds: nobody speaks between a release time and what it sets off.
        opened, schedule = parse(self._life.release).opened(self._clock.now()), parse(self._life.release)
        self._clock.move(by)
        if schedule.opened(self._clock.now()) != opened:
            await self._settle(app)

    async def _settle(self, app: App) -> None:
        self._write("settling")
        for job in (each for each in app.jobs if each.name.startswith(_OF_THE_CONCERNS)):
            self._phase(job.name)
            await job.run()
        await app.courier.emptied()
        self._write("settled")
        self._phase("nothing is to be done")

    def _passes_message(self, name: str) -> None:
        self._moments.passes("message", name)

    def _somebody(self) -> str:
        return f"somebody-{self._random.randint(1, 25)}"

    def _words(self, kind: str) -> str:
        self._numbers += 1
        return f"{MARK} {kind} {self._numbers} of life {self._life.number}."

    def _phase(self, name: str) -> None:
        self._write("phase", name)

    def _write(self, what: What, about: str = "", details: dict[str, str] | None = None) -> None:
        self._ledger.write(Entry(what, self._clock.now(), about, details or {}))


class _Errors(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell(record.getMessage())
