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
    _since: set[datetime] = field(default_factory=set)
    _gone: set[datetime] = field(default_factory=set)
    _seen: list[str] = field(default_factory=list)
    _counted_from: dict[datetime, int] = field(default_factory=dict)
    _asked: datetime | None = None

    def follow(self, life: Iterable[Entry]) -> None:
        """One life; it has forgotten whom earlier ones saw, and what they asked."""
        self._seen, self._counted_from, self._asked = [], {}, None
        for entry in life:
            match entry.what:
                case "person":
                    self._seen.append(entry.about)
                case "sent" if entry.details["kind"] != "reply":
                    self.sent.setdefault(entry.about, entry.at)
                case "settling":
                    self._settling(entry.at)
                case "settled":
                    self._since -= self._gone

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
        """A batch is open since the one before it was to go. Until all has happened that may have gone or not: a life
        that is cut off there leaves two times that the batch may be open since.
        """
        schedule = parse(self.release)
        slot = schedule.slot(now)
        self._since = self._since or {schedule.opened(now)}
        # Whoever came before a life noticed that another batch is open is not counted for it.
        self._counted_from = {each: self._counted_from.get(each, len(self._seen)) for each in self._since}
        overdue = {each for each in self._since if each + LONGEST_WAIT <= now}
        # Asked once in each life, at the first look after the release time.
        crowded = {each for each in self._since - overdue if each < slot != self._asked and self._is_crowd(each)}
        self.allowed |= {each + LONGEST_WAIT: "after six days" for each in overdue}
        self.allowed |= {slot: "with a crowd"} if crowded else {}
        self._asked, self._gone = slot, overdue | crowded
        self._since |= {schedule.went(each, now) for each in self._gone}

    def _is_crowd(self, since: datetime) -> bool:
        return len(set(self._seen[self._counted_from[since] :])) >= self.least_people
