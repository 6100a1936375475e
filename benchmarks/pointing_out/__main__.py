"""Measures what is pointed out before a concern is sent, and prints it beside its targets."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.pointing_out.measure import COLLEAGUES, LONG, SEED, Result, Share, in_the_library, measure, together
from benchmarks.pointing_out.people import directory
from benchmarks.pointing_out.planted import HALVES
from benchmarks.process import machine

NOTE = f"""\
found: the share of planted pieces that are pointed out, whole or nearly so. flagged: clean sentences about which
anything is said. ms: the thread's own processor time for one text of {LONG:,} characters, beside {COLLEAGUES:,} names.
No half has a sentence of the other; most ways of writing contact details differ as well, those of writing names do not.
Rules and lists were changed by what the first half and the library showed, never by the second. Seed {SEED}."""


def main() -> None:
    """Print both halves."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pointing_out", description=__doc__)
    parser.add_argument("--each", type=int, default=120, help="how many of each kind, in each half")
    parser.add_argument(
        "--missed", action="store_true", help="print what was missed or flagged, of the first half alone"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures into a file too")
    given = parser.parse_args()
    results = [measure(half, given.each) for half in range(2)]
    print(f"{machine()}\n")
    for row in _rows(results):
        print(row[0].ljust(34) + "".join(cell.rjust(20) for cell in row[1:]))
    print(f"\n{NOTE}")
    if given.missed:
        _print_missed(results[0])
    if given.json:
        told = {"machine": machine(), **{half: asdict(result) for half, result in zip(HALVES, results, strict=True)}}
        given.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _rows(results: list[Result]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("", *HALVES, "target")]
    rows += [(kind, *(_percent(each.contacts[kind]) for each in results), "") for kind in results[0].contacts]
    rows.append(("contact details, all", *(_percent(together(each.contacts.values())) for each in results), ">= 99 %"))
    rows += [(f"name, {kind}", *(_percent(each.names[kind]) for each in results), "") for kind in results[0].names]
    rows.append(("names, all", *(_percent(together(each.names.values())) for each in results), ">= 95 %"))
    rows.append(("words that lead back", *(_percent(each.phrases) for each in results), ""))
    library = in_the_library(directory(COLLEAGUES, SEED))
    rows.append(("sentences of the library flagged", _percent(Share(library.of - library.found, library.of)), "", ""))
    flagged = (Share(each.quiet.of - each.quiet.found, each.quiet.of) for each in results)
    rows.append(("clean sentences flagged", *map(_percent, flagged), "<= 2 %"))
    for name, at in (("ms, median", 50), ("ms, 99th percentile", 99)):
        rows.append((name, *(f"{np.percentile(each.milliseconds, at):.2f}" for each in results), "< 5"))
    return rows


def _percent(share: Share) -> str:
    return f"{share.found}/{share.of} {share.share * 100:5.1f} %"


def _print_missed(result: Result) -> None:
    for kind, share in {**result.contacts, **result.names, "leads back": result.phrases, "clean": result.quiet}.items():
        for each in share.others:
            print(f"{kind}: {each}")


if __name__ == "__main__":
    main()
