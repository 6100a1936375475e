"""What is typed in one session: questions are asked and hours booked, in words unlike those of any other session."""

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
        human: the number of the button that asks a human about ``question``.
    """

    number: int
    question: str
    human: int

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
        parts = (self._question("question"), self._hours(), ("/as you",), self._question("last question"), ("/quit",))
        return "\n".join(line for part in parts for line in part) + "\n"

    def _question(self, what: str) -> tuple[str, ...]:
        return (self.question, str(self.human), self._words(what))

    def _hours(self) -> tuple[str, ...]:
        offer = (f"/as {self.host}", "offer", "Thursday", "09:00", "17:00", "15 minutes", "UTC", "1 hour before", "")
        cancelled = ("book", "1", self._words("booking to cancel"), "1", "yes")
        kept = ("book", "1", self._words("booking to keep"))
        return (*offer, f"/as {self.guest}", *cancelled, *kept)

    def _words(self, what: str) -> str:
        return f"{MARK} {what} of session {self.number}"


def session(number: int, shelf: Shelf) -> Session:
    """The session of that number; raises ValueError where the library answers what nobody can answer."""
    question = f"which teapot number {number} did the neighbour's parrot prefer"
    match shelf.find(question):
        case Unknown(offered) | Choose(offered):
            return Session(number, question, len(offered) + 1)
        case Answered():
            raise ValueError("the library knows about parrots; ask something else here")
