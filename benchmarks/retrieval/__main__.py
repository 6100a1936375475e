"""Measures the search and its peers on every question set of a folder, one table for each and one for their mean."""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from statistics import fmean

from benchmarks.process import ROOT, machine
from benchmarks.retrieval.measure import DEFAULT, FULL, MINILM_ALONE, Result
from benchmarks.retrieval.peers import PEERS

_BARE = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"

_HEAD = ("", "acc@1", "hit@3", "typos", "at 90", "auroc", "own: right", "refused", "p50 ms", "build s", "MB")

NOTE = """\
acc@1, hit@3: answerable questions with a right entry first, or among the first three. typos: acc@1 with one longer word
in five mistyped. at 90: answered rightly at the threshold that refuses 90 % of the unanswerable questions. own: right,
refused: answerable questions answered outright and rightly, and unanswerable ones refused, at the search's own
operating point. MB: the most memory ever held, above a bare interpreter. One thread, a process for each system."""


def main() -> None:
    """Run everything there is a model and a package for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("sets", type=Path, help="a folder of folders, each with corpus.jsonl and queries.jsonl")
    parser.add_argument("--model", type=Path, help="the folder of the installed model, such as var/model")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures into a file too")
    given = parser.parse_args()
    systems = [*PEERS, *((MINILM_ALONE,) if given.model else ()), DEFAULT, *((FULL,) if given.model else ())]
    folders = sorted(path.parent for path in given.sets.glob("*/queries.jsonl"))
    bare = int(_output("-c", _BARE)) * 1_024 / 1e6
    found = {system: [_measured(system, folder, given.model) for folder in folders] for system in systems}
    print(f"{machine()}\n")
    for place, folder in enumerate(folders):
        _print(folder.name, {system: results[place] for system, results in found.items()}, bare)
    _print("mean", {system: mean(results) for system, results in found.items()}, bare)
    print(NOTE)
    if given.json:
        rows = {system: [asdict(result) for result in results] for system, results in found.items()}
        given.json.write_text(json.dumps({"machine": machine(), "sets": [f.name for f in folders], **rows}, indent=1))


def mean(results: list[Result]) -> Result:
    """Each figure's mean over the sets that have it."""
    rows = [asdict(result) for result in results]
    columns = {name: [row[name] for row in rows if row[name] is not None] for name in rows[0]}
    return Result(**{name: fmean(values) if values else None for name, values in columns.items()})  # type: ignore[arg-type]


def _measured(system: str, folder: Path, model: Path | None) -> Result:
    words = ("-m", "benchmarks.retrieval.measure", system, str(folder), *((str(model.resolve()),) if model else ()))
    return Result(**json.loads(_output(*words)))


def _output(*words: str) -> str:
    one_thread = os.environ | dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, env=one_thread)
    if done.returncode:
        raise SystemExit(f"{words} failed:\n{done.stderr}")
    return done.stdout


def _print(name: str, results: dict[str, Result], bare: float) -> None:
    rows = [(name, *_HEAD[1:]), *(_cells(system, result, bare) for system, result in results.items())]
    for row in rows:
        print(row[0].ljust(22) + "".join(cell.rjust(11) for cell in row[1:]))
    print()


def _cells(system: str, result: Result, bare: float) -> tuple[str, ...]:
    shares = (
        result.accuracy_at_1,
        result.hit_at_3,
        result.typo_accuracy_at_1,
        result.accuracy_at_90_refusal,
        result.auroc,
        result.answered_right,
        result.refused_unanswerable,
    )
    return (
        system,
        *("-" if share is None else f"{share * 100:.1f}" for share in shares),
        f"{result.p50_ms:.2f}",
        f"{result.build_s:.2f}",
        f"{result.rss_mb - bare:.0f}",
    )


if __name__ == "__main__":
    main()
