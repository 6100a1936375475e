"""What `rai kb stats` prints about a library."""

from collections import Counter
from collections.abc import Iterator

from knowledge import care
from knowledge.library import Library
from knowledge.search import Index
from knowledge.space import Embedder


def lines(library: Library, embedder: Embedder, right: float) -> Iterator[str]:
    """Counts, coverage, what wants looking after, and the calibration.

    Args:
        right: the operating point, as for ``Index``.
    """
    yield from _counts(library)
    yield ""
    yield from care.coverage_lines(library)
    yield ""
    yield from _to_look_after(library, embedder)
    yield ""
    yield from _calibration(Index(library, embedder, right), embedder, right)


def _counts(library: Library) -> Iterator[str]:
    entries = list(library.entries.values())
    counts: dict[str, Counter[str]] = {
        "kind": Counter(entry.kind for entry in entries),
        "value": Counter(value for entry in entries for value in entry.values),
        "state": Counter(entry.state for entry in entries),
    }
    yield f"{len(entries)} entries, version {library.version}"
    for name, counted in counts.items():
        yield f"{name}: " + ", ".join(f"{each} {count}" for each, count in sorted(counted.items()))


def _to_look_after(library: Library, embedder: Embedder) -> Iterator[str]:
    for entry in care.unreachable_tensions(library):
        yield f"no entry leads to the tension {entry.id}"
    for entry in care.short_of_phrasings(library):
        yield f"{entry.id} has {len(entry.phrasings)} phrasings; {care.ENOUGH_PHRASINGS} or more let people find it"
    for twins in care.near_duplicates(library, embedder):
        yield f"{twins.one!r} ({twins.one_entry}) says the same as {twins.other!r} ({twins.other_entry})"


def _calibration(index: Index, embedder: Embedder, right: float) -> Iterator[str]:
    held, simulated = index.calibration, len(index.calibration.outcomes)
    yield f"tier: {embedder.name}"
    if not simulated:
        yield "calibration: too few known questions to learn from; a measured curve is used"
        return
    got, reached = held.measured(index.answer_at)
    yield f"calibration: {simulated} simulated questions; one in three counts as about something that the library lacks"
    yield f"operating point: {right:.0%} of the outright answers right even then; from confidence {index.answer_at:.2f}"
    yield f"in the simulation {got:.1%} of the outright answers are right, and {reached:.1%} of what it knows gets one"
