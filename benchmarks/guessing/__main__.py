"""The command line of the guessing: play organisations through every rule, guess, report; status 1 on a defect."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import product

from benchmarks.guessing.cells import Findings
from benchmarks.guessing.report import tables
from benchmarks.guessing.rules import (
    ALIKE,
    AT_ONCE,
    DAILY,
    DRAWN,
    MIDDLE,
    OWN_ACCOUNTS,
    RULES,
    USES,
    WITH_TARGETS,
    Drawn,
    Organisation,
    Rule,
)
from benchmarks.guessing.trial import Outcome, Trial, outcomes
from benchmarks.guessing.verdict import defects, targets

EVERY = 20
"""Organisations between two lines of progress."""


def main() -> None:
    """Play organisations through the real release under each rule, and guess who raised what by the clock."""
    wanted, begun = _arguments(), time.monotonic()
    trials = list(_trials(wanted))
    found = Findings()
    # The costly ones first, so that neither process waits long for the other.
    trials.sort(key=lambda each: each.organisation.people, reverse=True)
    with ProcessPoolExecutor(wanted.processes) as pool:
        for number, (trial, guessed) in enumerate(zip(trials, pool.map(_play, trials), strict=True), 1):
            found.add(trial, guessed)
            if number % EVERY == 0:
                print(f"{number} of {len(trials)} after {time.monotonic() - begun:.0f} s", file=sys.stderr)
    print(tables(found) + "\n")
    print("\n".join(targets(found)))
    broken = list(defects(found))
    print("\n".join(broken) or "Nothing is broken.")
    print(f"{len(trials)} organisations of {wanted.weeks} weeks, seed {wanted.seed}, {time.monotonic() - begun:.0f} s.")
    sys.exit(1 if broken else 0)


def _trials(wanted: argparse.Namespace) -> Iterator[Trial]:
    kinds = (
        *product(wanted.people, RULES, DRAWN),
        *product(set(wanted.people) & {MIDDLE}, OWN_ACCOUNTS, DRAWN),
        *product(set(wanted.people) & {MIDDLE}, WITH_TARGETS, ALIKE),
    )
    for people, rule, drawn in kinds:
        for number in range(_number(wanted.organisations, people, rule)):
            seed = wanted.seed * 1_000 + number
            yield Trial(_organisation(people, drawn, wanted), rule, wanted.weeks, seed, bool(wanted.plant))


def _number(of_most: int, people: int, rule: Rule) -> int:
    """Of the organisation and the rules that matter most more are played."""
    if rule in (AT_ONCE, DAILY, *OWN_ACCOUNTS):
        return -(-of_most // 4)
    return of_most if people == MIDDLE else -(-of_most // 2)


def _organisation(people: int, drawn: Drawn, wanted: argparse.Namespace) -> Organisation:
    uses = wanted.uses or USES.get(people, 0.3)
    return Organisation(people, uses, wanted.concerns, drawn, followed=1 / 3 if people == MIDDLE else 0.0)


def _play(trial: Trial) -> list[Outcome]:
    return asyncio.run(outcomes(trial))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guessing", description=main.__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=list(USES), choices=list(USES))
    parser.add_argument("--organisations", type=int, default=6, help="of one kind, of those that matter most")
    parser.add_argument("--weeks", type=int, default=104, help="how long each is played (default: 104)")
    parser.add_argument("--concerns", type=float, default=6.0, help="of one organisation in a month (default: 6)")
    parser.add_argument("--uses", type=float, help="of one person in a week (default: 0.5 of 50 people, 0.3 of more)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--plant", choices=("immediate",), help="release at arrival: must end with status 1")
    return parser.parse_args()


if __name__ == "__main__":
    main()
