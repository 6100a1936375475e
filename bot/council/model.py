"""A case, and what may be done with it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.chat.errors import Conflict, NotAllowed
from bot.chat.places import MessageRef
from bot.concerns.model import ConcernId

State = Literal["open", "claimed", "resolved"]
What = Literal["claimed", "handed back", "replied", "resolved", "reopened"]

OUTCOMES = (
    ("acted", "We act on it"),
    ("explained", "It is explained"),
    ("elsewhere", "It belongs somewhere else"),
    ("unclear", "It could not be cleared up"),
)
"""How a case can end, as (value, label)."""


@dataclass(frozen=True)
class Case:
    """A concern in the council's hands.

    Args:
        owner: a seat's title.
        answered_at: when the author was first written to, since the case was opened or opened anew.
        stands: the message it is shown in.
        in_time: whether all that its author was owed came in time; None until it is resolved once.
        forget_at: when everything about it is deleted; None unless it is resolved.
        drawn_at: its card shows this instant, or a later one.
    """

    id: ConcernId
    code: str
    state: State
    owner: str | None
    opened_at: datetime
    answered_at: datetime | None
    outcome: str | None
    stands: MessageRef | None
    reopened_at: datetime | None = None
    resolved_at: datetime | None = None
    in_time: bool | None = None
    forget_at: datetime | None = None
    drawn_at: datetime | None = None

    def opened_anew(self, now: datetime) -> "Case":
        """This case after its author wrote again: with its owner, both clocks anew, and no date to forget it."""
        return replace(
            self,
            state="claimed",
            outcome=None,
            answered_at=None,
            reopened_at=now,
            resolved_at=None,
            forget_at=None,
        )

    def check_claim(self, seat: str, seats: frozenset[str]) -> None:
        """Raise Conflict unless this seat may claim: the case is open, or its owner's seat is gone."""
        if self.state == "resolved":
            raise Conflict(f"Case {self.code} is resolved already. Nothing was changed.")
        if self.owner == seat:
            raise Conflict(f"You own case {self.code} already. Nothing was changed.")
        if self.owner in seats:
            raise Conflict(f"Case {self.code} belongs to {self.owner} already. Nothing was changed.")

    def check_owner(self, seat: str) -> None:
        """Raise unless this seat owns the case and it is not resolved."""
        if self.state == "resolved":
            raise Conflict(f"Case {self.code} is resolved already. Nothing was changed.")
        if self.owner != seat:
            if self.owner is None:
                raise NotAllowed(f"Nobody owns case {self.code}. Nothing was sent. Claim it first.")
            whose = f"Case {self.code} belongs to {self.owner}. Nothing was sent."
            raise NotAllowed(f"{whose} Ask {self.owner}, or have them hand it back.")


def farewell(outcome: str, forget_at: datetime) -> str:
    """What the author of a case is told of its end."""
    last = f"Everything is deleted on {forget_at:%Y-%m-%d}; if you write before that, it is opened again."
    return f"Resolved: {dict(OUTCOMES)[outcome].lower()}. {last}"


@dataclass(frozen=True)
class Act:
    """Something that was done with a case, by a seat."""

    seat: str
    what: What
    at: datetime
