"""The council's clocks: until when an author is written to and answered, and who is told that the time runs out.

Both count from the release of the concern, which is when the council can first know of it. What counts as done:

- acknowledged is the first message to the author. The receipt has acknowledged the concern at once, as Directive (EU)
  2019/1937 Art. 9(1)(b) asks; this clock is for the first word of a person.
- answered is resolved, and nothing less. Feedback (Art. 5(13), 9(1)(f)) is what is done about it and why, and only the
  form that resolves asks for that: of a message in between nobody but its reader can tell whether it was more than
  thanks. The time counts from the release and not from the acknowledgement, which is stricter than the law.

A case that its author has opened anew has both clocks anew, from that moment: to the author it is as after the first
message: nobody has told them that it was read, nor what comes of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.council.charter import Charter, Deadlines
from bot.council.model import Case

Duty = Literal["acknowledge", "answer"]
Step = Literal["first", "second", "late"]

STEPS: tuple[Step, ...] = ("first", "second", "late")
"""Whom a deadline is told to, one step after the other: the owner, the whole council, and the council once more."""

_DAY = timedelta(days=1)

_AHEAD = {"acknowledge": (3 * _DAY, _DAY), "answer": (21 * _DAY, 7 * _DAY)}
"""How long before a deadline its first and second step are due; whole days, so that they fall on the hour of a
release. A council that has promised less time is told after half of it and after three quarters."""


@dataclass(frozen=True)
class Deadline:
    """One thing that the council owes the author of a case.

    Args:
        done: when it was done; None as long as it is not.
    """

    duty: Duty
    begins: datetime
    due: datetime
    done: datetime | None

    def late(self, now: datetime) -> bool:
        """Whether it was done too late, or is too late by now."""
        return (self.done or now) > self.due

    def days_left(self, now: datetime) -> int:
        """Days that are left, rounded up: as many as were promised, and none but at the deadline itself."""
        return max(0, -((now - self.due) // _DAY))

    def at(self, step: Step) -> datetime:
        """When a step is due."""
        whole = self.due - self.begins
        first, second = _AHEAD[self.duty]
        match step:
            case "first":
                return self.due - min(first, whole / 2)
            case "second":
                return self.due - min(second, whole / 4)
            case "late":
                return self.due

    def steps(self, now: datetime) -> tuple[Step, ...]:
        """The steps whose time has come; none once it is done."""
        if self.done:
            return ()
        return tuple(step for step in STEPS if (self.late(now) if step == "late" else now >= self.at(step)))

    def step(self, now: datetime) -> Step | None:
        """The newest step whose time has come; None where there is none, or it is done."""
        return next(reversed(self.steps(now)), None)


def deadlines(case: Case, promised: Deadlines) -> tuple[Deadline, Deadline]:
    """What the author is owed: a first word, and the answer."""
    begins = case.reopened_at or case.opened_at
    by, until = (begins + days * _DAY for days in (promised.acknowledge, promised.answer))
    return (
        Deadline("acknowledge", begins, by, case.answered_at),
        Deadline("answer", begins, until, case.resolved_at),
    )


def reads(deadline: Deadline, now: datetime) -> str:
    """A deadline as the case's card tells it."""
    return f"{deadline.due:%Y-%m-%d}, {_standing(deadline, now)}"


def _standing(deadline: Deadline, now: datetime) -> str:
    late, left = deadline.late(now), deadline.days_left(now)
    if deadline.done:
        return "done late" if late else "done"
    if late:
        return "late"
    return f"{left} {'day' if left == 1 else 'days'} left" if left else "due now"


def outdated(case: Case, charter: Charter, now: datetime) -> bool:
    """Whether the case's card, as it was drawn last, tells something else of its clocks than is true now."""
    drawn = case.drawn_at or case.opened_at
    return any(reads(each, drawn) != reads(each, now) for each in deadlines(case, charter.deadlines))
