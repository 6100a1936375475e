"""Sends concerns through every door while things go wrong, and looks for what is left of authors and words.

Exit status 1 where anything is found, or a planted leak is not.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.process import machine
from benchmarks.residue.campaign import NAMES, Asked, one
from benchmarks.residue.report import report

SHARES = {"t": 2, "m": 2, "h": 1, "s": 1}
"""Slack comes by two ways, which share a third; what takes longest begins first."""


def main() -> int:
    """Run it, print a table, and tell whether all is well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.residue", description=__doc__)
    parser.add_argument("--concerns", type=int, default=10_000, help="in all, over the three doors")
    parser.add_argument("--at-once", type=int, default=25, help="in one batch")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--doors", default="".join(SHARES), help="h, s: Slack; t: Teams; m: terminal")
    parser.add_argument("--once", action="store_true", help="each fault at one door alone, which is quick")
    parser.add_argument("--plant", action="store_true", help="let the words be logged once, which must be found")
    asked = parser.parse_args()
    begun = time.monotonic()
    of_all = sum(SHARES[letter] for letter in asked.doors)
    campaigns = [
        Asked(letter, -(-asked.concerns * SHARES[letter] // of_all), asked.at_once, asked.once, asked.plant)
        for letter in asked.doors
    ]
    with ProcessPoolExecutor(asked.processes, get_context("spawn")) as pool:
        running = [(NAMES[each.letter], pool.submit(one, each)) for each in campaigns]
    # A campaign that fails takes no other's figures with it.
    broken = [f"{door}: ended by {type(error).__name__}" for door, each in running if (error := each.exception())]
    results = [each.result() for _, each in running if not each.exception()]
    print(f"{machine()} {time.monotonic() - begun:.0f} s.\n")
    print("\n".join([report(results), *broken]))
    return int(bool(broken) or not all(result.is_sound for result in results))


if __name__ == "__main__":
    sys.exit(main())
