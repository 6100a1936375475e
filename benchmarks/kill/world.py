"""A world: one database and one wall, on which life after life is killed, until a last one is left to itself."""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import get_args

from benchmarks.kill.audit import Book, Violation, audit, files
from benchmarks.kill.child import Ended, run
from benchmarks.kill.early import Watch
from benchmarks.kill.ledger import Entry, read
from benchmarks.kill.life import LEAST_PEOPLE, Life, Plant
from benchmarks.kill.moments import Aim, Kind
from benchmarks.kill.posts import cases, first_shown, quotes
from benchmarks.kill.template import BEGINNING, Template
from benchmarks.kill.wall import Wall
from bot.concerns.schedule import AT_ONCE
from bot.questions.shelf import Shelf

RELEASES = ("tue,thu 10:00 Europe/Berlin", AT_ONCE)
"""The worlds' schedules, in turn."""

_WHERE_IT_SHOWS: Mapping[Plant, str] = {"lose": AT_ONCE, "double": AT_ONCE, "early": RELEASES[0]}
"""The schedule under which a planted defect shows soonest."""

AT_LEAST = Counter[str]({"read": 40, "write": 40, "commit": 30, "file": 8, "message": 6})
"""Moments of each kind that a life has, before one was lived to its end."""

AIMED = 0.6
"""How many kills are aimed at a moment of some kind; the others fall at any time."""


@dataclass
class Tally:
    """What happened in some worlds.

    Args:
        between: kills that fell between a form that was open and its post.
        at: what the program was at when it was killed.
        moments: the very moments of kills that were aimed at one.
        told: how many of each kind were answered.
        reasons: why words could be shown when they were.
    """

    worlds: int = 0
    kills: int = 0
    between: int = 0
    whole: int = 0
    unanswered: int = 0
    at: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Both together."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def count(self, kind: str) -> int:
        """How many violations of a kind there are."""
        return sum(each.kind == kind for each in self.violations)


@dataclass(frozen=True)
class Plan:
    """What a world is to be.

    Args:
        number: unlike every other world's under its seed.
        kills: how many.
    """

    seed: int
    number: int
    kills: int
    template: Template
    plant: Plant | None = None

    @property
    def release(self) -> str:
        """Its schedule."""
        return RELEASES[self.number % len(RELEASES)] if self.plant is None else _WHERE_IT_SHOWS[self.plant]


class World:
    """Kills one life after the other."""

    def __init__(self, plan: Plan, shelf: Shelf) -> None:
        self._plan = plan
        self._shelf = shelf
        self._random = random.Random(f"{plan.seed}/{plan.number}")
        self._folder = Path(tempfile.mkdtemp(prefix="rai-kill-"))
        self._wall = Wall(self._folder / "wall.db")
        self._database = ""
        self._now = BEGINNING
        self._lives: list[tuple[Entry, ...]] = []
        self._book = Book()
        self._usual_seconds = 0.0
        self._usual_moments = AT_LEAST
        self.tally = Tally(worlds=1)

    def play(self) -> Tally:
        """A whole life, then killed ones, then the last; and what was found."""
        self._database = self._plan.template.copy(self._folder / "var", self._folder.name)
        self._wall.build()
        self._live(None, None)
        while self.tally.kills < self._plan.kills and not self.tally.count("broken"):
            if self._plan.plant or self._random.random() < AIMED:
                self._live(self._aim(), None)
            else:
                self._live(None, self._random.uniform(0, self._usual_seconds))
        self._live(None, None, last=True)
        self._judge()
        return self.tally

    def _aim(self) -> Aim:
        if self._plan.plant:  # it shows where something has just been posted
            return Aim("message", 2 * self._random.randint(1, 2))
        kind: Kind = self._random.choice(get_args(Kind))
        return Aim(kind, self._random.randint(1, self._usual_moments[kind]))

    def _live(self, aim: Aim | None, moment: float | None, *, last: bool = False) -> None:
        life = self._next(aim, last=last)
        ended = run(life, self._shelf, moment)
        entries = read(life.ledger)
        self._lives.append(entries)
        self._book.follow(entries)
        # A lease that the killed process holds may last into the next life, or not.
        self._now = max(self._now, *(each.at for each in entries)) + timedelta(seconds=self._random.randint(5, 60))
        self._note(ended, entries, life)

    def _next(self, aim: Aim | None, *, last: bool) -> Life:
        plan = self._plan
        return Life(
            folder=self._folder,
            number=len(self._lives),
            seed=f"{plan.seed}/{plan.number}",
            release=plan.release,
            database=self._database,
            begins=self._now,
            again=self._book.unanswered,
            receipts=self._book.receipts,
            aim=aim,
            plant=None if last else plan.plant,
            last=last,
        )

    def _note(self, ended: Ended, entries: tuple[Entry, ...], life: Life) -> None:
        match ended.status:
            case None:
                self._note_kill(entries)
            case 0:
                self.tally.whole += 1
                if not life.last:
                    self._usual_seconds = ended.seconds
                    self._usual_moments |= Counter({name: int(n) for name, n in entries[-1].details.items()})
            case status:
                problem = (self._folder / "problem.txt").read_text("utf-8") if not ended.problem else ended.problem
                self.tally.violations.append(Violation("broken", f"life {life.number} ended with {status}: {problem}"))

    def _note_kill(self, entries: tuple[Entry, ...]) -> None:
        self.tally.kills += 1
        self.tally.between += self._between(entries)
        phases = [each.about for each in entries if each.what == "phase"]
        self.tally.at[phases[-1] if phases else "the house opens"] += 1
        self.tally.moments.update(each.about for each in entries if each.what == "struck")

    def _between(self, entries: tuple[Entry, ...]) -> bool:
        """Whether a form of this life was open or on its way, or something that was taken in was not posted yet."""
        begun = {each.about for each in entries if each.what in ("opened", "sent")}
        posted = {words for each in cases(self._wall.said()) for words in quotes(each.card)}
        taken_in = self._book.of_kind("concern").keys() | self._book.of_kind("addition").keys()
        return bool((begun - self._book.told.keys()) | (taken_in - posted))

    def _judge(self) -> None:
        self.tally.told = Counter(entry.details["kind"] for entry in self._book.told.values())
        self.tally.unanswered = len(self._book.unanswered)
        self.tally.violations += (
            Violation(each.kind, f"{each.about} (--seed {self._plan.seed} --world {self._plan.number}, {self._folder})")
            for each in self._found()
        )
        if not self.tally.violations:  # else it is kept, to be looked at
            self._plan.template.drop(self._folder.name)
            shutil.rmtree(self._folder)

    def _found(self) -> Iterator[Violation]:
        if self.tally.violations:  # a life ended in an unforeseen way; there is no use in counting
            return
        said = self._wall.said()
        watch = Watch(self._plan.release, LEAST_PEOPLE, first_shown(said))
        for life in self._lives:
            watch.follow(life)
        self.tally.reasons = watch.reasons()
        yield from audit(self._book, watch, said)
        yield from files(self._folder / "var", self._book)
