"""Figures of resolved cases, from ten up: a smaller one could lead to an author (ISO 37002, 7.5.5)."""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 10
"""Cases behind every figure that is shown."""

_MOST_HIDDEN = LEAST - 1


@dataclass(frozen=True)
class Figures:
    """What may be shown.

    Args:
        outcomes: the cases of each outcome that has at least ten.
        rest: the cases of all other outcomes together; None where that is not shown.
        in_time: how many of all these were answered in time, and how many too late; None where that is not shown.
        nearly_all_in_time: whether fewer than ten were too late, which is all that is said of them then.
    """

    outcomes: Mapping[str, int]
    rest: int | None = None
    in_time: tuple[int, int] | None = None
    nearly_all_in_time: bool = False


def figures(counts: Mapping[str, int], late: int) -> Figures:
    """What may be shown of these counts by outcome, and of how many were late.

    Whatever is not shown can still be any number from 0 to 9, also to somebody who knows this rule:

    - the outcomes below ten are shown together only if there are at least ten of them, and few enough that each
      single one may be 0 or 9;
    - how many were in time and late adds up to all cases, so it is shown only where all cases are shown anyway.
    """
    large = {outcome: count for outcome, count in counts.items() if count >= LEAST}
    small = [count for outcome, count in counts.items() if outcome not in large]
    rest = sum(small) if LEAST <= sum(small) <= _MOST_HIDDEN * (len(small) - 1) else None
    if small and rest is None:
        return Figures(large)
    in_time = sum(counts.values()) - late
    if in_time >= LEAST and late >= LEAST:
        return Figures(large, rest, (in_time, late))
    return Figures(large, rest, nearly_all_in_time=late < LEAST and in_time + late >= LEAST + _MOST_HIDDEN)
