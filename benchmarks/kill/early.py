"""Says what may be shown when: an account of release times and crowds of its own, kept from the ledgers alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from benchmarks.kill.ledger import Entry
from bot.concerns.schedule import AT_ONCE, LONGEST_WAIT, parse


@dataclass
class Watch:
    """Follows the ledgers of one world's lives, in order.

    Args:
        shown: when each words were seen by anybody else for the first time.
        sent: when they were sent for the first time.
        allowed: the instants of releases that may have happened, each with why: the release time, not the moment after
            it at which the program came round to it.
    """

    release: str
    least_people: int
    shown: Mapping[str, datetime]
    sent: dict[str, datetime] = field(default_factory=dict)
    allowed: dict[datetime, str] = field(default_factory=dict)
    _waiting: dict[str, datetime] = field(default_factory=dict)
    _seen: list[tuple[datetime, str]] = field(default_factory=list)
    _asked: datetime | None = None

    def follow(self, life: Iterable[Entry]) -> None:
        """One life; it has forgotten whom earlier ones saw, and what they asked."""
        self._seen, self._asked = [], None
        for entry in life:
            match entry.what:
                case "person":
                    self._seen.append((entry.at, entry.about))
                case "sent" if entry.details["kind"] != "reply":
                    self.sent.setdefault(entry.about, entry.at)
                    if "urgent" not in entry.about:
                        self._waiting.setdefault(entry.about, parse(self.release).opened(entry.at))
                case "settling":
                    self._settling(entry.at)

    def early(self) -> Iterable[tuple[str, datetime, datetime]]:
        """Words that were shown while they had to wait still: when they were sent, and when they were shown."""
        for words, at in self.shown.items():
            if words in self.sent and not self._why(words, at):
                yield words, self.sent[words], at

    def reasons(self) -> Counter[str]:
        """Why words could be shown when they were, and how often."""
        return Counter(why for words, at in self.shown.items() if words in self.sent and (why := self._why(words, at)))

    def _why(self, words: str, at: datetime) -> str:
        if self.release == AT_ONCE:
            return "at once"
        if "urgent" in words:
            return "urgent"
        fitting = [each for each in self.allowed if self.sent[words] < each <= at]
        return self.allowed[min(fitting)] if fitting else ""

    def _settling(self, now: datetime) -> None:
        schedule = parse(self.release)
        slot = schedule.slot(now)
        # Asked once in each life, at the first look after the release time.
        if slot != self._asked and self._people() >= self.least_people:
            self.allowed[slot] = "with a crowd"
        self._asked = slot
        ends = (since + LONGEST_WAIT for since in self._waiting.values())
        self.allowed |= {end: "after six days" for end in ends if end <= now}
        self._waiting = {words: since for words, since in self._waiting.items() if self._waits(words, since, now)}

    def _waits(self, words: str, since: datetime, now: datetime) -> bool:
        return since + LONGEST_WAIT > now and not (words in self.shown and self.shown[words] < now)

    def _people(self) -> int:
        since = min(self._waiting.values(), default=None)
        return len({person for at, person in self._seen if since and at >= since})
