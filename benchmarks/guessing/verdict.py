"""Which targets were reached, and whether anything is broken."""

import math
from collections.abc import Iterator

import numpy as np

from benchmarks.guessing.cells import Findings, Share, best
from benchmarks.guessing.report import alone, counting
from benchmarks.guessing.rules import AT_ONCE, DAILY, MIDDLE, RULES, TWICE_A_WEEK, USES, WITH_TARGETS

MOST, MOST_WITH_PULSE = 0.08, 0.02
"""How often at most the adversary should be right, of 200 people, without a pulse and with one that 40 % answer."""

LEAST_PEOPLE = 16
"""How many it should have been at least, of 200 people, for 95 % of the concerns."""

CONTROL = 0.9
"""How often it must be right where concerns go at once: otherwise this adversary is too weak to tell anything."""


def targets(found: Findings) -> Iterator[str]:
    """Each target of 200 people, beside what was measured."""
    for rule in WITH_TARGETS:
        most = MOST_WITH_PULSE if rule.pulse else MOST
        shares = {
            "who only counts": counting(found, MIDDLE, rule),
            "who knows everybody's habits": found.worst(MIDDLE, rule),
            "where all people are alike": best(list(map(alone, found.of(MIDDLE, rule, "alike")))),
        }
        for adversary, share in shares.items():
            yield f"- {_reached(share, most)}: {rule.name}, {adversary}: at most {most:.0%} right; {share} %"
        people = [each.alone.people for each in found.of(MIDDLE, rule)]
        fifth = float(np.percentile(people, 5)) if people else math.nan
        reached = "reached" if fifth >= LEAST_PEOPLE else "NOT REACHED"
        yield f"- {reached}: {rule.name}: at least {LEAST_PEOPLE} people, 5th percentile; {fifth:.0f}"


def defects(found: Findings) -> Iterator[str]:
    """What would make the figures worthless, or the rule."""
    for people in USES:
        control = found.worst(people, AT_ONCE)
        if control.of and control.value < CONTROL:
            yield f"The control failed: of {people} people, released at once, only {control} % were guessed."
        yield from _worse_than_daily(found, people)
        for rule in RULES:
            early = sum(not each.on_time for each in found.of(people, rule))
            if early and rule != AT_ONCE:
                yield f"{early} concerns of {people} people went at no time of the rule ({rule.name})."


def _worse_than_daily(found: Findings, people: int) -> Iterator[str]:
    daily, twice = found.worst(people, DAILY), found.worst(people, TWICE_A_WEEK)
    if daily.of and twice.of and twice.interval[0] > daily.interval[1]:
        yield f"Of {people} people the rule hides worse than releasing daily: {twice} % beside {daily} %."


def _reached(share: Share, most: float) -> str:
    if share.value > most:
        return "NOT REACHED"
    return "reached" if share.interval[1] <= most else "reached, within the noise"
