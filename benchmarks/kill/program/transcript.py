"""What a session's transcript shows as acknowledged, up to the very byte at which it was cut off."""

import re
from dataclasses import dataclass, field

from benchmarks.kill.program.session import MARK

_SIGN = re.compile(
    r"""
    ^[ ]{2}>[ ](?P<answer>.*)\n                                     # an answer to a form, as it was typed
    | ^╭─[ ](?P<title>[^─\n]+?)[ ]─                                 # the head of a card
    """,
    re.MULTILINE | re.VERBOSE,
)


@dataclass
class Acknowledged:
    """What people were told is kept, by its words."""

    tickets: set[str] = field(default_factory=set)
    bookings: set[str] = field(default_factory=set)
    cancellations: set[str] = field(default_factory=set)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(found) for name, found in vars(self).items()}

    def read(self, transcript: str) -> None:
        """Add what one session's transcript shows."""
        words = ""
        for sign in _SIGN.finditer(transcript):
            match sign.lastgroup:
                case "answer":
                    words = sign["answer"] if sign["answer"].startswith(MARK) else words
                case _:
                    self._card(sign["title"], words)

    def _card(self, title: str, words: str) -> None:
        match title:
            case "Your question is with the council":
                self.tickets.add(words)
            case "Your office hour is booked":
                self.bookings.add(words)
            case "This office hour is cancelled":
                self.cancellations.add(words)
