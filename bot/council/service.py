"""What the council can do: claim a case, hand it back, write to the author, resolve."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.errors import NotFound
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.timing import Clock
from bot.concerns.model import ConcernId, FormMark, MessageId, Released, Words
from bot.concerns.service import Concerns
from bot.council.board import Board
from bot.council.board_store import BoardStore
from bot.council.charter import Charter
from bot.council.clocks import deadlines
from bot.council.duties_store import PastStore, RemindersStore
from bot.council.figures import Figures, figures
from bot.council.listing import CaseList
from bot.council.model import OUTCOMES, Act, Case, What, farewell
from bot.council.reminders import Reminders
from bot.council.retention import Retention
from bot.council.store import CouncilStore
from bot.store.db import Transaction


@dataclass(frozen=True)
class Dossier:
    """Everything the council knows of a case.

    Args:
        now: when it was read: what its clocks tell is true then.
        on_board: how many of the council's answers are on the answers board.
    """

    case: Case
    concern: Released
    acts: tuple[Act, ...]
    now: datetime
    on_board: int = 0


@dataclass(frozen=True)
class Message:
    """What the council writes to an author.

    Args:
        mark: makes sending the same form twice harmless.
        for_all: whether it also goes on the answers board.
    """

    words: Words
    mark: FormMark
    for_all: bool = False


class Council:
    """The council's work on cases.

    Args:
        place: where cases are posted.
    """

    def __init__(self, store: CouncilStore, concerns: Concerns, charter: Charter, clock: Clock, place: Place) -> None:
        self._store = store
        self._concerns = concerns
        self.charter = charter
        self._clock = clock
        self.place = place
        database = store.database
        self._steps, self._past, self._pinned = RemindersStore(database), PastStore(), BoardStore(database)
        self.board = Board(self._pinned, store, concerns, charter, clock)
        self.list = CaseList(store, concerns, charter, clock)
        self.reminders = Reminders(store, self._steps, charter, clock)
        self.retention = Retention(store, self._past, concerns, clock)

    def sits(self, actor: Actor) -> bool:
        """Whether this person has a seat."""
        return self.charter.seat_of(actor) is not None

    def members(self, platform: str) -> tuple[Actor, ...]:
        """Whoever has a seat, on one platform, in the seats' order."""
        members = (Actor.parse(member) for seat in self.charter.seats for member in seat.members)
        return tuple(member for member in members if member.platform == platform)

    def names(self, platform: str) -> tuple[str, ...]:
        """The ids of the members on one platform, in the seats' order."""
        return tuple(member.user for member in self.members(platform))

    async def take_in(self, concern: ConcernId) -> Dossier:
        """Open the case of a released concern, once; its clocks begin at the release, however late this is."""
        released = await self._concerns.read(concern)
        case = Case(concern, released.code, "open", None, released.released_at, None, None, None)
        await self._store.take_in(replace(case, drawn_at=self._clock.now()))
        return await self.dossier(concern)

    async def dossier(self, concern: ConcernId) -> Dossier:
        """A case with its conversation and what was done; raises NotFound where there is none."""
        released, now = await self._concerns.read(concern), self._clock.now()
        async with self._store.database.reading() as transaction:
            case = await self._case(transaction, concern)
            on_board = await self._pinned.count(transaction, concern)
            return Dossier(case, released, await self._store.acts(transaction, concern), now, on_board)

    async def show(self, actor: Actor, concern: ConcernId) -> Dossier:
        """A case, for a member; raises NotAllowed for everybody else."""
        self._seat(actor)
        return await self.dossier(concern)

    async def check_owner(self, actor: Actor, concern: ConcernId) -> None:
        """Raise unless this member may write to a case's author and resolve it: before they fill in a form for it."""
        seat = self._seat(actor)
        async with self._store.database.reading() as transaction:
            (await self._case(transaction, concern)).check_owner(seat)

    async def count_unresolved(self) -> int:
        """How many cases still need somebody."""
        return await self._store.count_unresolved()

    async def stands(self, transaction: Transaction, concern: ConcernId, ref: MessageRef) -> None:
        """Remember the message a case is shown in."""
        await self._store.stands(transaction, concern, ref)

    async def heard(self, said: str) -> Case | None:
        """The case of something that its author added; None where it is forgotten."""
        async with self._store.database.reading() as transaction:
            return await self._store.case(transaction, ConcernId(said.partition(":")[0]))

    async def act(self, done: str) -> tuple[Case, Act]:
        """Something that was done with a case, and the case; raises NotFound where there is none."""
        found = await self._store.act(done)
        if found is None:
            raise NotFound("What was done is not here any more.")
        return found

    async def hear_again(self, message: MessageId) -> Case:
        """An author has written again: a resolved case is opened anew, with its owner, and its card is drawn anew.

        Once for each message: from then on the same row of the outbox only says so, however often that takes.
        """
        concern = await self._concerns.added_to(message)
        await self.take_in(concern)
        async with self._store.database.writing() as transaction:
            case = await self._case(transaction, concern)
            if not await self._store.heard(transaction, concern, message):
                return case
            if case.state == "resolved":
                await self._steps.delete(transaction, concern)
                await self._change(transaction, case.opened_anew(self._clock.now()), "the author", "reopened")
            else:
                await self._store.redraw(transaction, case.id, self._clock.now())
            return await self._case(transaction, concern)

    async def claim(self, actor: Actor, concern: ConcernId) -> None:
        """Make this member the owner; raises Conflict where another one is."""
        seat = self._seat(actor)
        async with self._store.database.writing() as transaction:
            case = await self._case(transaction, concern)
            case.check_claim(seat, frozenset(each.title for each in self.charter.seats))
            await self._change(transaction, replace(case, state="claimed", owner=seat), seat, "claimed")

    async def hand_back(self, actor: Actor, concern: ConcernId) -> None:
        """Free the case for another member; only its owner may."""
        seat = self._seat(actor)
        async with self._store.database.writing() as transaction:
            case = await self._owned(transaction, concern, seat)
            await self._change(transaction, replace(case, state="open", owner=None), seat, "handed back")

    async def reply(self, actor: Actor, concern: ConcernId, message: Message) -> None:
        """Write to the author; only the owner may."""
        seat = self._seat(actor)
        async with self._store.database.writing() as transaction:
            case = await self._owned(transaction, concern, seat)
            await self._write(transaction, concern, message)
            answered = replace(case, answered_at=case.answered_at or self._clock.now())
            await self._change(transaction, answered, seat, "replied")

    async def resolve(self, actor: Actor, concern: ConcernId, outcome: str, message: Message, keep: int) -> None:
        """End a case with an outcome, and tell the author so, and until when they can write; only the owner may.

        Args:
            keep: days until it is forgotten.
        """
        seat, now = self._seat(actor), self._clock.now()
        async with self._store.database.writing() as transaction:
            case = await self._owned(transaction, concern, seat)
            await self._write(transaction, concern, message)
            forget_at = now + timedelta(keep)
            # A message of its own: what a member writes may be as long as one can be, and stand on the board.
            await self._concerns.reply(transaction, concern, Words(farewell(outcome, forget_at)), FormMark.new())
            ended = replace(case, state="resolved", outcome=outcome, resolved_at=now, forget_at=forget_at)
            ended = replace(ended, answered_at=case.answered_at or now)
            late = any(each.late(now) for each in deadlines(ended, self.charter.deadlines))
            # Once late stays late: an author who opens a case anew gives back no time.
            in_time = not late and case.in_time is not False
            await self._change(transaction, replace(ended, in_time=in_time), seat, "resolved")

    async def _write(self, transaction: Transaction, concern: ConcernId, message: Message) -> None:
        number = await self._concerns.reply(transaction, concern, message.words, message.mark)
        if message.for_all:
            await self._pinned.add(transaction, concern, number, self._clock.now())

    async def figures(self, actor: Actor) -> Figures:
        """What may be shown of all cases that were ever resolved, for a member."""
        self._seat(actor)
        async with self._store.database.reading() as transaction:
            ended = await self._store.resolved(transaction) + await self._past.all(transaction)
        found = Counter(outcome for outcome, _ in ended)
        return figures(
            {outcome: found[outcome] for outcome, _ in OUTCOMES}, late=sum(not in_time for _, in_time in ended)
        )

    async def _owned(self, transaction: Transaction, concern: ConcernId, seat: str) -> Case:
        case = await self._case(transaction, concern)
        case.check_owner(seat)
        return case

    async def _case(self, transaction: Transaction, concern: ConcernId) -> Case:
        case = await self._store.case(transaction, concern)
        if case is None:
            raise NotFound("This case is not here. Nothing was changed.")
        return case

    async def _change(self, transaction: Transaction, case: Case, seat: str, what: What) -> None:
        await self._store.change(transaction, case, Act(seat, what, self._clock.now()))

    def _seat(self, actor: Actor) -> str:
        return self.charter.seat(actor).title
