"""Office time: a scale on which people use the bot evenly, whatever the hour or the weekday."""

from datetime import UTC, datetime, timedelta
from typing import overload
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2026, 1, 5, tzinfo=UTC)

PULSE_MEAN = 0.1
"""How long an answer to the pulse takes on average, in weeks of office time: half a working day."""

_HOURS = (1, 1, 1, 1, 1, 1, 3, 15, 50, 90, 100, 90, 50, 70, 90, 90, 70, 40, 15, 8, 6, 5, 3, 1)
"""How much the bot is used in each hour of a working day, in proportion."""

_WEEKEND = 0.03
"""A Saturday or Sunday beside a working day."""

_WEEK = sum(_HOURS) * (5 + 2 * _WEEKEND)


class Calendar:
    """Some weeks from ``START`` on, on both scales: seconds since 1970, and weeks of office time."""

    def __init__(self, weeks: int, pulse_day: int = 0) -> None:
        hours = [START + timedelta(hours=each) for each in range(weeks * 168 + 1)]
        self._local = [each.astimezone(ZONE) for each in hours]
        self._seconds: Numbers = np.array([each.timestamp() for each in hours])
        used = np.array([_HOURS[each.hour] * (_WEEKEND if each.weekday() > 4 else 1) for each in self._local[:-1]])
        self._passed: Numbers = np.concatenate(([0.0], np.cumsum(used))) / _WEEK
        self.pulses: Numbers = self._passed[self._at(10, weekdays=(pulse_day,))]

    @property
    def end(self) -> float:
        """How much office time there is."""
        return float(self._passed[-1])

    @property
    def until(self) -> float:
        """The last moment, in seconds since 1970."""
        return float(self._seconds[-1])

    @overload
    def passed(self, seconds: float) -> float: ...
    @overload
    def passed(self, seconds: Numbers) -> Numbers: ...
    def passed(self, seconds: float | Numbers) -> float | Numbers:
        """Office time that has passed by a moment."""
        return np.interp(seconds, self._seconds, self._passed)

    @overload
    def seconds(self, passed: float) -> float: ...
    @overload
    def seconds(self, passed: Numbers) -> Numbers: ...
    def seconds(self, passed: float | Numbers) -> float | Numbers:
        """The moment at which so much has passed."""
        return np.interp(passed, self._passed, self._seconds)

    def since_pulse(self, passed: Numbers) -> Numbers:
        """Office time since the latest pulse was sent; infinite before the first."""
        sent = np.concatenate(([-np.inf], self.pulses))
        return passed - sent[np.searchsorted(self.pulses, passed, side="right")]

    def answered(self, start: float, end: float) -> float:
        """How many answers of somebody who answers every pulse fall between two points of office time."""
        early, late = np.maximum(start - self.pulses, 0), np.maximum(end - self.pulses, 0)
        return float(np.sum(np.exp(-early / PULSE_MEAN) - np.exp(-late / PULSE_MEAN)))

    def mornings(self) -> Numbers:
        """Nine o'clock on every day."""
        return self._seconds[self._at(9, weekdays=range(7))]

    def _at(self, hour: int, weekdays: "tuple[int, ...] | range") -> list[int]:
        return [i for i, each in enumerate(self._local) if each.hour == hour and each.weekday() in weekdays]
