"""A rule of the week: on some weekdays, at one wall-clock time of one zone, whatever the clocks do."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Week:
    """Some weekdays (0 is Monday) at one wall-clock time of one zone; ``text`` is what it was read from."""

    text: str
    days: frozenset[int]
    at: time
    zone: ZoneInfo

    def slot(self, now: datetime) -> datetime:
        """The latest of its times at or before ``now``."""
        return max(slot for slot in self.around(now) if slot <= now)

    def following(self, now: datetime) -> datetime:
        """The next of its times after ``now``."""
        return min(slot for slot in self.around(now) if slot > now)

    def around(self, now: datetime) -> list[datetime]:
        """Its times of the week before and after, in order."""
        today = now.astimezone(self.zone).date()
        days = (today + timedelta(days=offset) for offset in range(-8, 9))
        local = (datetime.combine(day, self.at, self.zone) for day in days if day.weekday() in self.days)
        # Through the timestamp, since comparing two times of one zone would ignore its clock changes.
        return [datetime.fromtimestamp(slot.timestamp(), now.tzinfo) for slot in local]


def read_week(text: str) -> Week:
    """Read days, time and zone as in ``tue,thu 10:00 Europe/Berlin``.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    try:
        days, at, zone = text.split()
        time_of_day = time.fromisoformat(at)
        if time_of_day.tzinfo:  # there is one zone, and it has a name
            raise ValueError(at)
        return Week(" ".join(text.split()), frozenset(map(_day, days.split(","))), time_of_day, ZoneInfo(zone))
    except (ValueError, KeyError, ZoneInfoNotFoundError, OSError):
        raise ValueError("write it like 'tue,thu 10:00 Europe/Berlin'") from None


def _day(name: str) -> int:
    return WEEKDAYS.index(name.strip().lower())
