"""When concerns go to the council: at fixed times, once the crowd is large enough, never later than allowed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.chat.weekly import Week, read_week
from bot.concerns.model import Going

LONGEST_WAIT = timedelta(days=6)
"""Below the seven days of Directive (EU) 2019/1937 Art. 9(1)(b), which a small crowd may not stretch."""

AT_ONCE = "at-once"


class Schedule(Protocol):
    """Says when a batch may go; ``text`` is the setting it was read from."""

    @property
    def text(self) -> str:
        """As RAI_RELEASE has it; kept with each batch, so that it goes by the rule its authors were told."""

    def opened(self, now: datetime) -> datetime:
        """The time that a batch which opens now is open since: as near to the present as may be kept."""

    def slot(self, now: datetime) -> datetime:
        """The latest release time at or before ``now``."""

    def overdue(self, since: datetime, now: datetime) -> bool:
        """Whether a batch goes now whatever its crowd."""

    def went(self, since: datetime, now: datetime) -> datetime:
        """The time at which a batch that goes now was to go; the next one is open since then."""

    def following(self, now: datetime) -> datetime | None:
        """The next release time after ``now``; None where everything goes at once."""

    def going(self, since: datetime, now: datetime) -> Going | None:
        """When what comes now into a batch that is open ``since`` then goes; None where everything goes at once."""


@dataclass(frozen=True)
class AtOnce:
    """Everything goes as soon as it is written: for trying the bot out, never for real people."""

    text: str = AT_ONCE

    def opened(self, now: datetime) -> datetime:
        return now.replace(hour=0, minute=0, second=0, microsecond=0)

    def slot(self, now: datetime) -> datetime:
        return now

    def overdue(self, since: datetime, now: datetime) -> bool:
        return True

    def went(self, since: datetime, now: datetime) -> datetime:
        return self.opened(now)

    def following(self, now: datetime) -> datetime | None:
        return None

    def going(self, since: datetime, now: datetime) -> Going | None:
        return None


@dataclass(frozen=True)
class Weekly(Week):
    """On some weekdays at one wall-clock time of one zone.

    A batch that found no crowd goes six days after the time it is open since, and that end is itself a time to be
    open since: so whatever moment a concern comes at, some time passes that does not depend on it.
    """

    def opened(self, now: datetime) -> datetime:
        slots = self.around(now)
        return max(each for each in (*slots, *(slot + LONGEST_WAIT for slot in slots)) if each <= now)

    def overdue(self, since: datetime, now: datetime) -> bool:
        return now >= since + LONGEST_WAIT

    def went(self, since: datetime, now: datetime) -> datetime:
        return max(each for each in (self.slot(now), since + LONGEST_WAIT) if each <= now)

    def going(self, since: datetime, now: datetime) -> Going:
        latest = since + LONGEST_WAIT
        return Going(min(self.following(now), latest).astimezone(self.zone), latest.astimezone(self.zone))


def parse(text: str) -> Schedule:
    """Read RAI_RELEASE: ``at-once``, or days, time and zone as in ``tue,thu 10:00 Europe/Berlin``.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    if text.strip().lower() == AT_ONCE:
        return AtOnce()
    try:
        return Weekly(**vars(read_week(text)))
    except ValueError as error:
        raise ValueError(f"{error}, or '{AT_ONCE}'") from None
