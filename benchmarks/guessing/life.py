"""Two years of one organisation under one rule, moment by moment through the real release."""

import heapq
import math
from dataclasses import dataclass, field

import numpy as np

from benchmarks.guessing.adversary import TICK, Accesses, Batch, Knowledge
from benchmarks.guessing.calendar import START, Calendar
from benchmarks.guessing.office import Office
from benchmarks.guessing.population import Population
from benchmarks.guessing.rules import Rule
from bot.concerns.receipt import Receipt

FURTHER = 2
"""How many further messages a talk has."""

PAUSE = 1.0
"""How long an author waits on average after a message was released, in weeks of office time."""

AFTER = 2
"""How often the job runs again after a moment at which a batch may go."""


@dataclass(order=True)
class Message:
    """Something an author sends: at which moment, for which talk, in which batch it went."""

    at: float
    talk: int
    turn: int
    author: int
    counted: bool = field(compare=False, default=False)
    batch: int = field(compare=False, default=0)


@dataclass(frozen=True)
class Lived:
    """What happened: the truth, and what the adversary gets."""

    messages: tuple[Message, ...]
    batches: dict[int, Batch]
    accesses: Accesses
    known: Knowledge


class Life:
    """Plays a population's time to an office."""

    def __init__(self, office: Office, population: Population, calendar: Calendar, rule: Rule, seed: int) -> None:
        self._office, self._calendar, self._rule = office, calendar, rule
        self._chance = np.random.default_rng(seed)
        self._pulse = population.pulse(rule)
        self._known = population.known(rule, self._pulse)
        self._at, self._who = population.accesses(rule, self._pulse)
        self._seen = 0
        self._followed = [each.followed for each in population.concerns]
        self._coming: list[Message] = []
        self._runs: list[float] = []
        self._sent: list[Message] = []
        self._waiting: list[Message] = []
        self._receipts: dict[int, Receipt] = {}
        for talk, each in enumerate(population.concerns):
            self._expect(each.passed, talk, 0, each.author)

    async def lived(self) -> Lived:
        """Play all of it."""
        due = _tick(self._office.due(START.timestamp()))
        while (now := min(due, self._next_run(), self._next_message())) < self._calendar.until:
            self._others_use_it(now)
            if now == self._next_message():
                await self._send(heapq.heappop(self._coming))
                continue
            await self._run(now, again=now == due)
            if now == due:
                due = _tick(self._office.due(now))
        return self._told()

    def _next_run(self) -> float:
        return self._runs[0] if self._runs else math.inf

    def _next_message(self) -> float:
        return self._coming[0].at if self._coming else math.inf

    def _others_use_it(self, until: float) -> None:
        first, self._seen = self._seen, int(np.searchsorted(self._at, until, side="right"))
        for person in self._who[first : self._seen].tolist():
            self._office.used_by(person)

    async def _send(self, message: Message) -> None:
        self._office.used_by(message.author)
        if message.turn == 0:
            self._receipts[message.talk] = await self._office.raised(message.at)
        else:
            await self._office.added(message.at, self._receipts[message.talk])
        message.batch = self._office.waiting() or 0
        self._sent.append(message)
        self._waiting.append(message)
        heapq.heappush(self._runs, _tick(message.at))

    async def _run(self, now: float, *, again: bool) -> None:
        """The job comes round; where a batch may go now, again and again, as some things are decided a tick later."""
        while self._runs and self._runs[0] <= now:
            heapq.heappop(self._runs)
        if again:
            for later in range(1, AFTER + 1):
                heapq.heappush(self._runs, now + later * TICK)
        await self._office.run(now)
        if self._waiting and self._office.waiting() != self._waiting[0].batch:
            self._released(now)

    def _released(self, now: float) -> None:
        gone, self._waiting = self._waiting, []
        for each in gone:
            if self._followed[each.talk] and each.turn < FURTHER:
                passed = self._calendar.passed(now) + self._chance.exponential(PAUSE)
                self._expect(passed, each.talk, each.turn + 1, each.author)

    def _expect(self, passed: float, talk: int, turn: int, author: int) -> None:
        counted = False
        if self._chance.random() < self._rule.pulse_share:
            passed, counted = self._pulse.next(author, passed)
        if passed < self._calendar.end:
            at = self._calendar.seconds(passed)
            heapq.heappush(self._coming, Message(at, talk, turn, author, counted))

    def _told(self) -> Lived:
        batches = self._office.batches()
        released = tuple(each for each in self._sent if each.batch in batches)
        if self._office.announced() != len(released):
            raise SystemExit("The simulation is wrong: it counts other messages than the council got.")
        own = [each for each in self._sent if not each.counted]
        at = np.concatenate((self._at, [each.at for each in own]))
        who = np.concatenate((self._who, np.array([each.author for each in own], dtype=np.int64)))
        order = np.argsort(at, kind="stable")
        accesses = Accesses(at[order], self._calendar.passed(at[order]), who[order])
        return Lived(released, batches, accesses, self._known)


def _tick(at: float) -> float:
    """The first run of the job at or after a moment."""
    return math.ceil(at / TICK) * TICK if at < math.inf else at
