"""What a library needs looking after: near-duplicates, tensions nobody is led to, and gaps in what it covers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

import numpy as np

from knowledge.entry import Entry, Kind, Stage, Value
from knowledge.library import Library
from knowledge.space import Embedder

ALIKE = 0.97
"""The cosine from which two phrasings are one to a reader; measured by eye on the built-in library."""

ENOUGH_PHRASINGS = 5
"""Fewer lift nothing: from three to five the search of one public set gained two points (see the README)."""

_ROWS = 512


@dataclass(frozen=True)
class Twins:
    """Two phrasings of different entries that say the same."""

    one: str
    one_entry: str
    other: str
    other_entry: str


def near_duplicates(library: Library, embedder: Embedder) -> tuple[Twins, ...]:
    """Every pair of phrasings that two entries as good as share, in order of entry."""
    asked = [(text, entry.id) for entry in library.answerable.values() for text in entry.phrasings]
    vectors = embedder.embed([text for text, _ in asked])
    owners = np.unique([name for _, name in asked], return_inverse=True)[1]
    found = []
    for start in range(0, len(asked), _ROWS):
        alike = vectors[start : start + _ROWS] @ vectors.T >= ALIKE
        alike &= owners[start : start + _ROWS, None] < owners
        found += [(start + int(row), int(column)) for row, column in np.argwhere(alike)]
    return tuple(Twins(*asked[one], *asked[other]) for one, other in found)


def unreachable_tensions(library: Library) -> tuple[Entry, ...]:
    """Tensions that no other entry leads to: whoever does not ask for them by name never meets them."""
    led_to = {tension.entry for entry in library.answerable.values() for tension in entry.tensions}
    return tuple(each for each in library.answerable.values() if each.kind == "tension" and each.id not in led_to)


def short_of_phrasings(library: Library) -> tuple[Entry, ...]:
    """Entries with so few phrasings that people will not find them."""
    return tuple(each for each in library.answerable.values() if len(each.phrasings) < ENOUGH_PHRASINGS)


def coverage(library: Library) -> Mapping[Value, Counter[Kind | Stage]]:
    """How many answerable entries there are for each value, by kind and by stage."""
    table: dict[Value, Counter[Kind | Stage]] = {value: Counter() for value in get_args(Value)}
    for entry in library.answerable.values():
        for value in entry.values:
            table[value].update((entry.kind, *entry.stages))
    return table


def coverage_lines(library: Library) -> Iterator[str]:
    """The table for a terminal: a line for each value; a dot where there is nothing."""
    columns = (*get_args(Kind), *get_args(Stage))
    yield " " * 22 + " ".join(column[:8].rjust(8) for column in columns)
    for value, counted in coverage(library).items():
        yield value.ljust(22) + " ".join(str(counted[column] or ".").rjust(8) for column in columns)


def overdue(library: Library, today: date, grace: timedelta = timedelta(0)) -> tuple[Entry, ...]:
    """Entries whose verification ran out more than ``grace`` ago, the longest first."""
    old = (entry for entry in library.answerable.values() if entry.stale(today - grace))
    return tuple(sorted(old, key=lambda entry: (entry.verified_until or date.min, entry.id)))
