"""What is typed in one session: every room is used, and all words are unlike those of any other session."""

from dataclasses import dataclass

from bot.questions.model import Answered, Choose, Unknown
from bot.questions.shelf import Shelf

MARK = "K9"
"""Every text that is looked for later begins with it."""

GUEST, HOST = "guest", "host"


@dataclass(frozen=True)
class Session:
    """One session's script.

    Args:
        number: unlike every other session's.
        receipt: of a concern from an earlier session, which this one adds to; its own first one's where there is none.
        human: the number of the button that asks a human about ``question``.
    """

    number: int
    question: str
    human: int
    receipt: str

    @property
    def guest(self) -> str:
        """Who books."""
        return f"{GUEST}-{self.number}"

    @property
    def host(self) -> str:
        """Who offers office hours."""
        return f"{HOST}-{self.number}"

    @property
    def script(self) -> str:
        """The lines."""
        parts = (self._concerns(), self._question(), self._hours(), self._chair(), self._last_concern())
        return "\n".join(line for part in parts for line in part) + "\n"

    def _concerns(self) -> tuple[str, ...]:
        first = ("concern", self._words("first concern"), "privacy", "/keep RECEIPT Receipt")
        return (*first, "receipt", self.receipt, self._words("addition"))

    def _question(self) -> tuple[str, ...]:
        return (self.question, str(self.human), self._words("question"))

    def _hours(self) -> tuple[str, ...]:
        offer = (f"/as {self.host}", "offer", "Thursday", "09:00", "17:00", "15 minutes", "UTC", "1 hour before", "")
        cancelled = ("book", "1", self._words("booking to cancel"), "1", "yes")
        kept = ("book", "1", self._words("booking to keep"))
        return (*offer, f"/as {self.guest}", *cancelled, *kept)

    def _chair(self) -> tuple[str, ...]:
        # The first button of whatever is new: a case is claimed, a question taken; a form that opens is left.
        return ("/as chair", "1", "/cancel")

    def _last_concern(self) -> tuple[str, ...]:
        return ("/as you", "concern", self._words("last concern"), "not sure", "/quit")

    def _words(self, what: str) -> str:
        return f"{MARK} {what} of session {self.number}"


def session(number: int, shelf: Shelf, receipt: str = "$RECEIPT") -> Session:
    """The session of that number; raises ValueError where the library answers what nobody can answer."""
    question = f"which teapot number {number} did the neighbour's parrot prefer"
    match shelf.find(question):
        case Unknown(offered) | Choose(offered):
            return Session(number, question, len(offered) + 1, receipt)
        case Answered():
            raise ValueError("the library knows about parrots; ask something else here")
