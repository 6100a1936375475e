"""One system on one question set, in a process of its own, so that its memory can be told from the others'."""

import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.retrieval.peers import PEERS, Ranker, minilm
from knowledge import model, static
from knowledge.evaluate import TYPO_SEED, Query, evaluate, mistype, read
from knowledge.minilm import MiniLM

DEFAULT, FULL, MINILM_ALONE = "default tier", "full tier", "all-MiniLM-L6-v2"
OURS = (DEFAULT, FULL)


@dataclass(frozen=True)
class Result:
    """What one system did on one set; shares from 0 to 1, None where the system has no notion of it.

    Args:
        accuracy_at_90_refusal: answered rightly at the threshold that refuses 90 % of the unanswerable questions.
        rss_mb: the most memory that the process ever held, in millions of bytes.
    """

    accuracy_at_1: float
    hit_at_3: float
    typo_accuracy_at_1: float
    p50_ms: float
    build_s: float
    rss_mb: float
    accuracy_at_90_refusal: float | None = None
    auroc: float | None = None
    answered: float | None = None
    answered_right: float | None = None
    refused_unanswerable: float | None = None


def main() -> None:
    """``measure.py SYSTEM FOLDER [MODEL]``: print the result as JSON."""
    system, folder = sys.argv[1], Path(sys.argv[2])
    installed = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    result = _ours(system, folder, installed) if system in OURS else _peer(system, folder, installed)
    print(json.dumps(asdict(result)))


def _ours(system: str, folder: Path, installed: Path | None) -> Result:
    report = evaluate(folder, _model(installed) if system == FULL else static.table()).report
    return Result(
        accuracy_at_1=report.accuracy_at_1,
        hit_at_3=report.hit_at_3,
        typo_accuracy_at_1=report.typo_accuracy_at_1,
        p50_ms=report.latency_ms.p50,
        build_s=report.build_s,
        rss_mb=peak_megabytes(),
        accuracy_at_90_refusal=report.accuracy_at_90_refusal,
        auroc=report.auroc,
        answered=report.own.answered,
        answered_right=report.own.answered_right,
        refused_unanswerable=report.own.refused_unanswerable,
    )


def _peer(system: str, folder: Path, installed: Path | None) -> Result:
    documents, queries = read(folder)
    begun = time.perf_counter()
    rank = minilm(documents, _model(installed)) if system == MINILM_ALONE else PEERS[system](documents)
    build_s = time.perf_counter() - begun
    answerable = [query for query in queries if query.right]
    times = _times(rank, [query.text for query in queries])
    chance = random.Random(TYPO_SEED)
    return Result(
        accuracy_at_1=_hit(rank, answerable, 1),
        hit_at_3=_hit(rank, answerable, 3),
        typo_accuracy_at_1=_hit(rank, [_mistyped(query, chance) for query in answerable], 1),
        p50_ms=float(np.median(times)),
        build_s=build_s,
        rss_mb=peak_megabytes(),
    )


def _model(installed: Path | None) -> MiniLM:
    found = model.read(installed) if installed else None
    if found is None:
        raise SystemExit("This system needs the installed model: pass its folder.")
    return found


def _mistyped(query: Query, chance: random.Random) -> Query:
    return query.model_copy(update={"text": mistype(query.text, chance)})


def _hit(rank: Ranker, queries: Sequence[Query], places: int) -> float:
    return float(np.mean([bool(set(rank(query.text)[:places]) & set(query.right)) for query in queries]))


def _times(rank: Ranker, texts: Sequence[str]) -> list[float]:
    """Milliseconds of each ranking."""
    times = []
    for text in texts:
        begun = time.perf_counter()
        rank(text)
        times.append((time.perf_counter() - begun) * 1_000)
    return times


def peak_megabytes() -> float:
    """The most memory that this process ever held, by the kernel's count, in millions of bytes."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1_024 / 1e6 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
