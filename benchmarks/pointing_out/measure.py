"""Measures what is pointed out on one half of the corpus."""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.pointing_out.people import directory
from benchmarks.pointing_out.planted import Planted, contacts, names, phrases
from benchmarks.process import ROOT
from bot.hints.known_names import Names
from bot.hints.pointing_out import point_out

SEED = 20_261_128
COLLEAGUES = 10_000
LONG = 2_000
"""Characters of a text whose time is taken."""

SHORT = 25
"""Characters of what is no sentence."""

_CLEAN = Path(__file__).with_name("clean.txt")
OWN = ("Tomasz Achterberg", "tachterberg")


@dataclass
class Share:
    """How many of how many, and those that were missed (or, of clean sentences, flagged)."""

    found: int = 0
    of: int = 0
    others: list[str] = field(default_factory=list)

    def count(self, *, found: bool, text: str) -> None:
        """One more."""
        self.of, self.found = self.of + 1, self.found + found
        if not found:
            self.others.append(text)

    @property
    def share(self) -> float:
        """A fraction; 1 of nothing."""
        return self.found / self.of if self.of else 1.0


@dataclass(frozen=True)
class Result:
    """One half, measured.

    Args:
        quiet: of the clean sentences, those about which nothing is said.
        milliseconds: for each long text.
    """

    contacts: dict[str, Share]
    names: dict[str, Share]
    phrases: Share
    quiet: Share
    milliseconds: tuple[float, ...]


def measure(half: int, each: int, people: tuple[str, ...] | None = None, texts: int = 300) -> Result:
    """Measure a half: so many of each kind."""
    people = people or directory(COLLEAGUES, SEED)
    known = Names.of(people)
    lead = Share()
    for planted in phrases(half):
        kinds = {hint.kind for hint in point_out(planted.text, known, OWN)}
        lead.count(found="phrase" in kinds, text=planted.text)
    quiet = Share()
    for text in sentences()[half::2]:
        quiet.count(found=not (hints := point_out(text, known, OWN)), text=f"{[hint.found for hint in hints]} {text}")
    return Result(
        _shares(contacts(each, half, SEED), known),
        _shares(names(people, each, half, SEED), known),
        lead,
        quiet,
        tuple(_times(half, people, known, texts)),
    )


def sentences() -> tuple[str, ...]:
    """The clean sentences."""
    return tuple(_CLEAN.read_text("utf-8").splitlines())


def in_the_library(people: tuple[str, ...]) -> Share:
    """The sentences of the library that are left in peace. They were written for something else; some do hold a link or
    somebody's name.
    """
    known, quiet = Names.of(people), Share()
    for entry in sorted((ROOT / "knowledge" / "entries").rglob("*.md")):
        body = entry.read_text("utf-8").split("---", 2)[-1]
        for each in re.split(r"(?<=[.!?])\s+|\n\s*\n", body):
            if len(text := " ".join(each.split())) > SHORT and not text.startswith("#"):
                quiet.count(found=not point_out(text, known, OWN), text=text)
    return quiet


def together(shares: Iterable[Share]) -> Share:
    """All of them in one."""
    every = list(shares)
    return Share(sum(each.found for each in every), sum(each.of for each in every))


def _shares(planted: Iterable[Planted], known: Names) -> dict[str, Share]:
    found: dict[str, Share] = {}
    for each in planted:
        found.setdefault(each.kind, Share()).count(found=_hits(each, known), text=each.text)
    return found


def _hits(planted: Planted, known: Names) -> bool:
    """Whether what was planted is pointed out, all of it but for a fifth at most, such as a bracket."""
    for hint in point_out(planted.text, known, OWN):
        most_of_it = hint.found in planted.planted and len(hint.found) >= len(planted.planted) * 0.8
        if most_of_it or planted.planted in hint.found:
            return True
    return False


def _times(half: int, people: tuple[str, ...], known: Names, texts: int) -> Iterator[float]:
    """Milliseconds of this thread's own processor time: what others do on the machine at the time is no part of it."""
    chance, lines = Random(SEED), list(sentences())
    planted = [each.text for each in (*contacts(5, half, SEED), *names(people, 5, half, SEED))]
    point_out(planted[0], known, OWN)
    for _ in range(texts):
        chance.shuffle(lines)
        text = " ".join([*chance.sample(planted, 2), *lines])[:LONG]
        begun = time.thread_time()
        point_out(text, known, OWN)
        yield (time.thread_time() - begun) * 1_000
