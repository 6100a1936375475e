"""What the questions room can do: find an answer, take a verdict, bring a question to a human and the answer back."""

from collections.abc import Callable
from datetime import date

from bot.chat.errors import Conflict, NotAllowed, NotFound
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.timing import Clock
from bot.questions.model import LONGEST_QUESTION, Finding, Ticket, Verdict
from bot.questions.shelf import Shelf
from bot.questions.store import QuestionsStore
from bot.store.db import Transaction
from knowledge.entry import Entry

ASKED = "questions.asked"
CHANGED = "questions.changed"
ANSWERED = "questions.answered"


class Questions:
    """The questions room.

    Args:
        place: where questions for a human are posted.
        may_answer: says whether a person answers for the house.
    """

    def __init__(
        self, store: QuestionsStore, shelf: Shelf, clock: Clock, place: Place, may_answer: Callable[[Actor], bool]
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock
        self.place = place
        self.may_answer = may_answer

    @property
    def library(self) -> str:
        """The version of the library that answers."""
        return self._shelf.library.version

    def today(self) -> date:
        """The day on which an entry is fresh or stale, in UTC."""
        return self._clock.now().date()

    def ask(self, question: str) -> Finding | None:
        """What the library knows; None where the question is too long to be read as one."""
        return self._shelf.find(question) if len(question) <= LONGEST_QUESTION else None

    def entry(self, name: str) -> Entry:
        """An entry by its id; raises NotFound where the library has it no more."""
        entry = self._shelf.entry(name)
        if entry is None:
            raise NotFound("The library has this entry no more. Please ask again.")
        return entry

    async def rate(self, answer: str, entry: str, library: str, verdict: Verdict) -> None:
        """Keep what somebody thought of an answer, and nothing of who; raises Conflict at the second press,
        NotFound where the library has no such entry.
        """
        self.entry(entry)
        if not await self._store.rate(answer, entry, library, verdict, self.today()):
            raise Conflict("You have told us about this answer already; that is kept.")

    async def ask_human(self, actor: Actor, name: str, question: str) -> None:
        """Open a ticket under this id and post it; raises Conflict where the same form was sent before."""
        now = self._clock.now()
        async with self._store.database.writing() as transaction:
            ticket = Ticket(name, question, actor, None, None, None)
            if not await self._store.open_ticket(transaction, ticket, now):
                raise Conflict("This question was sent before; it is in good hands, and nothing was added.")
            await self._store.say(transaction, ASKED, name, now)

    async def take(self, actor: Actor, name: str) -> Ticket:
        """Own a ticket; raises Conflict where somebody does, NotAllowed for people who do not answer for the house."""
        self.check_may_answer(actor)
        async with self._store.database.writing() as transaction:
            ticket = await self._ticket(transaction, name)
            if ticket.owner or ticket.answer is not None:
                raise Conflict("Somebody has taken this question already. Nothing was changed.")
            await self._store.take(transaction, name, actor)
            await self._store.say(transaction, CHANGED, name, self._clock.now())
            return await self._ticket(transaction, name)

    async def answer(self, actor: Actor, name: str, answer: str) -> None:
        """Answer a ticket and have the asker told; raises Conflict where it is answered."""
        self.check_may_answer(actor)
        async with self._store.database.writing() as transaction:
            ticket = await self._ticket(transaction, name)
            if ticket.answer is not None:
                raise Conflict("This question is answered already. Your answer was not sent.")
            await self._store.answer(transaction, name, actor, answer)
            for topic in (CHANGED, ANSWERED):
                await self._store.say(transaction, topic, name, self._clock.now())

    async def ticket(self, name: str) -> Ticket:
        """A ticket as it stands; raises NotFound where there is none."""
        async with self._store.database.reading() as transaction:
            return await self._ticket(transaction, name)

    async def stands(self, transaction: Transaction, name: str, ref: MessageRef) -> None:
        """Remember the message a ticket is shown in."""
        await self._store.stands(transaction, name, ref)

    async def told(self, transaction: Transaction, name: str, _ref: MessageRef) -> None:
        """Forget the asker, who has the answer now."""
        await self._store.forget_asker(transaction, name)

    def check_may_answer(self, actor: Actor) -> None:
        """Raise NotAllowed for people who do not answer for the house."""
        if not self.may_answer(actor):
            raise NotAllowed("Only members of the council may answer for it. Nothing was changed.")

    async def _ticket(self, transaction: Transaction, name: str) -> Ticket:
        ticket = await self._store.ticket(transaction, name)
        if ticket is None:
            raise NotFound("This question is not here. Nothing was changed.")
        return ticket
