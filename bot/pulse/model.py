"""Whom the pulse asks, and when; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.places import Place
from bot.chat.weekly import Week, read_week

LATEST = timedelta(days=1)
"""How long after its time a round may still begin: later, it waits for the next week."""

OVER = timedelta(days=2)
"""How long after its time somebody may still be asked, who could not be reached before."""


@dataclass(frozen=True)
class PulsePlan:
    """The people of one place, at one time of the week."""

    place: Place
    schedule: Week

    def round(self, now: datetime, within: timedelta = LATEST) -> str | None:
        """The week whose time was no longer ago than that, as ``2026-W48``; None where there is none."""
        slot = self.schedule.slot(now)
        if now - slot > within:
            return None
        # By the calendar of its zone: a time that is moved within a week begins no second round in it.
        year, week, _ = slot.astimezone(self.schedule.zone).isocalendar()
        return f"{year}-W{week:02}"


def parse(place: str, when: str) -> PulsePlan:
    """Read a place as in ``slack:C0123`` and one time of the week as in ``wed 10:00 Europe/Berlin``.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    try:
        schedule = read_week(when)
    except ValueError:
        raise ValueError("the pulse's time is written like 'wed 10:00 Europe/Berlin'") from None
    if len(schedule.days) != 1:
        raise ValueError("the pulse comes once a week: name one day, as in 'wed 10:00 Europe/Berlin'")
    return PulsePlan(Place.parse(place), schedule)
