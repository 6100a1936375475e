"""What is done with a question for a human: open, take, answer, take the answer back, tell those who wait."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.chat.errors import Conflict, NotAllowed, NotFound
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.timing import Clock
from bot.questions.backlog_store import BacklogStore
from bot.questions.model import Draft, Ticket
from bot.questions.store import QuestionsStore
from bot.questions.tickets_store import TicketStore
from bot.store.db import Transaction

ASKED = "questions.asked"
CHANGED = "questions.changed"
ANSWERED = "questions.answered"
"""Its subject is the id under which somebody waits."""


@dataclass(frozen=True)
class Reply:
    """What a member of the council answers; empty texts where nothing was given."""

    answer: str = field(repr=False)
    source_title: str = field(default="", repr=False)
    source_url: str = field(default="", repr=False)
    tension: str = field(default="", repr=False)
    step: str = field(default="", repr=False)


@dataclass(frozen=True)
class Answer:
    """A ticket with what is kept of its answer beside it, if anything is."""

    ticket: Ticket
    draft: Draft | None


class Tickets:
    """Questions for a human.

    Args:
        place: where they are posted.
        may_answer: says whether a person answers for the house.
        live: whether an answer with a source is shown to everybody at once.
    """

    def __init__(
        self,
        stores: tuple[TicketStore, BacklogStore, QuestionsStore],
        clock: Clock,
        place: Place,
        may_answer: Callable[[Actor], bool],
        *,
        live: bool = False,
    ) -> None:
        self._tickets, self._backlog, self._drafts = stores
        self._database = self._tickets.database
        self._clock = clock
        self.place = place
        self.may_answer = may_answer
        self.live = live

    async def shown(self) -> tuple[Draft, ...]:
        """The answers that may be shown to everybody: none where the council's file does not allow it."""
        return await self._drafts.drafts() if self.live else ()

    async def ask(self, actor: Actor, name: str, question: str) -> None:
        """Open a ticket under this id and post it; raises Conflict where the same form was sent before."""
        async with self._database.writing() as transaction:
            if not await self.open(transaction, name, question):
                raise Conflict("This question was sent before; it is in good hands, and nothing was added.")
            await self._backlog.wait(transaction, name, actor)

    async def open(self, transaction: Transaction, name: str, question: str) -> bool:
        """Open a ticket that nobody waits for yet; False where there is one of this id."""
        if not await self._tickets.open(transaction, name, question, self._clock.now()):
            return False
        await self._say(transaction, ASKED, name)
        return True

    async def take(self, actor: Actor, name: str) -> Answer:
        """Own a ticket; raises Conflict where somebody does, NotAllowed for people who do not answer for the house."""
        self.check_may_answer(actor)
        async with self._database.writing() as transaction:
            ticket = await self._ticket(transaction, name)
            if ticket.owner or ticket.answer is not None:
                raise Conflict("Somebody has taken this question already. Nothing was changed.")
            await self._tickets.take(transaction, name, actor)
            await self._say(transaction, CHANGED, name)
            return await self._answer(transaction, name)

    async def answer(self, actor: Actor, name: str, reply: Reply) -> None:
        """Answer a ticket, have everybody told who waits, and keep the answer as a draft of an entry.

        Raises:
            Conflict: it is answered already.
        """
        self.check_may_answer(actor)
        async with self._database.writing() as transaction:
            ticket = await self._ticket(transaction, name)
            if ticket.answer is not None:
                raise Conflict("This question is answered already. Your answer was not sent.")
            gaps = await self._backlog.of_ticket(transaction, name)
            wordings = tuple(dict.fromkeys((ticket.question, *(gap.question for gap in gaps))))
            await self._tickets.answer(transaction, name, actor, reply.answer)
            await self._drafts.add_draft(transaction, Draft(name, wordings, answered_on=self._today(), **vars(reply)))
            await self._backlog.drop(transaction, [gap.id for gap in gaps])
            await self._say(transaction, CHANGED, name)
            for waits in await self._backlog.waiting_for(transaction, name):
                await self._say(transaction, ANSWERED, waits)

    async def take_back(self, actor: Actor, name: str) -> Answer:
        """Undo an answer: nobody is shown it any more, and the ticket waits for another one.

        Raises:
            Conflict: there is no answer to take back.
        """
        self.check_may_answer(actor)
        async with self._database.writing() as transaction:
            await self._ticket(transaction, name)
            if not await self._drafts.drop_draft(transaction, name):
                raise Conflict("This answer was taken back already, or went into the library. Nothing was changed.")
            await self._tickets.answer(transaction, name, actor, None)
            await self._say(transaction, CHANGED, name)
            return await self._answer(transaction, name)

    async def read(self, name: str) -> Answer:
        """A ticket as it stands; raises NotFound where there is none."""
        async with self._database.reading() as transaction:
            return await self._answer(transaction, name)

    async def news(self, waits: str) -> tuple[Actor, Answer] | None:
        """Whom to tell, and what; None where there is nothing to tell any more."""
        found = await self._backlog.waits(waits)
        if found is None:
            return None
        subject, person = found
        answer = await self.read(subject)
        return (person, answer) if answer.ticket.answer is not None else None

    async def stands(self, transaction: Transaction, name: str, ref: MessageRef) -> None:
        """Remember the message a ticket is shown in."""
        await self._tickets.stands(transaction, name, ref)

    async def told(self, transaction: Transaction, waits: str, _ref: MessageRef) -> None:
        """Forget somebody who has the answer now."""
        await self._backlog.told(transaction, waits)

    def check_may_answer(self, actor: Actor) -> None:
        """Raise NotAllowed for people who do not answer for the house."""
        if not self.may_answer(actor):
            raise NotAllowed("Only members of the council may answer for it. Nothing was changed.")

    async def _answer(self, transaction: Transaction, name: str) -> Answer:
        return Answer(await self._ticket(transaction, name), await self._drafts.draft(transaction, name))

    async def _ticket(self, transaction: Transaction, name: str) -> Ticket:
        ticket = await self._tickets.ticket(transaction, name)
        if ticket is None:
            raise NotFound("This question is not here. Nothing was changed.")
        return ticket

    async def _say(self, transaction: Transaction, topic: str, name: str) -> None:
        await self._tickets.say(transaction, topic, name, self._clock.now())

    def _today(self) -> date:
        return self._clock.now().date()
