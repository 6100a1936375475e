"""When concerns go to the council: at fixed times, once the crowd is large enough, never later than allowed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

LONGEST_WAIT = timedelta(days=6)
"""Below the seven days of Directive (EU) 2019/1937 Art. 9(1)(b), which a small crowd may not stretch."""

AT_ONCE = "at-once"


class Schedule(Protocol):
    """Says when a batch may go."""

    def latest(self, now: datetime) -> datetime:
        """The latest release time at or before ``now``; all a batch remembers of when its first concern came."""

    def due(self, since: datetime, now: datetime, enough_people: bool) -> bool:
        """Whether a batch that is open since that release time goes now."""

    def following(self, now: datetime) -> datetime | None:
        """The next release time after ``now``; None where everything goes at once."""


@dataclass(frozen=True)
class AtOnce:
    """Everything goes as soon as it is written: for trying the bot out, never for real people."""

    def latest(self, now: datetime) -> datetime:
        return now

    def due(self, since: datetime, now: datetime, enough_people: bool) -> bool:
        return True

    def following(self, now: datetime) -> datetime | None:
        return None


@dataclass(frozen=True)
class Weekly:
    """On some weekdays (0 is Monday) at one wall-clock time of one zone.

    A batch that found no crowd goes six days after the time it is open since, and that end is itself a time to be
    open since: so whatever moment a concern comes at, some time passes that does not depend on it.
    """

    days: frozenset[int]
    at: time
    zone: ZoneInfo

    def latest(self, now: datetime) -> datetime:
        slots = self._around(now)
        return max(each for each in (*slots, *(slot + LONGEST_WAIT for slot in slots)) if each <= now)

    def following(self, now: datetime) -> datetime | None:
        return min(slot for slot in self._around(now) if slot > now)

    def due(self, since: datetime, now: datetime, enough_people: bool) -> bool:
        waited_long = now >= since + LONGEST_WAIT
        return waited_long or (enough_people and any(since < slot <= now for slot in self._around(now)))

    def _around(self, now: datetime) -> list[datetime]:
        today = now.astimezone(self.zone).date()
        days = (today + timedelta(days=offset) for offset in range(-8, 9))
        local = (datetime.combine(day, self.at, self.zone) for day in days if day.weekday() in self.days)
        # Through the timestamp, since comparing two times of one zone would ignore its clock changes.
        return [datetime.fromtimestamp(slot.timestamp(), now.tzinfo) for slot in local]


def parse(text: str) -> Schedule:
    """Read RAI_RELEASE: ``at-once``, or days, time and zone as in ``tue,thu 10:00 Europe/Berlin``.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    if text.strip().lower() == AT_ONCE:
        return AtOnce()
    try:
        days, at, zone = text.split()
        return Weekly(frozenset(map(_day, days.split(","))), time.fromisoformat(at), ZoneInfo(zone))
    except (ValueError, KeyError, ZoneInfoNotFoundError, OSError):
        raise ValueError("write it like 'tue,thu 10:00 Europe/Berlin', or 'at-once'") from None


def _day(name: str) -> int:
    return WEEKDAYS.index(name.strip().lower())
