"""What the questions room can do for an asker: find an answer, keep a role and a verdict, note what had no answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.chat.actions import new_mark
from bot.chat.errors import Conflict, NotFound, StoreProblem
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.timing import Clock
from bot.questions.about_safe_space import may_be_about
from bot.questions.backlog_store import BacklogStore
from bot.questions.concern_like import sounds_like_a_concern
from bot.questions.follow_up import asks_for_more, is_bare, says_something
from bot.questions.live import LiveShelf
from bot.questions.memory import Memory, Subjects
from bot.questions.model import (
    KEPT_FOR,
    LONGEST_QUESTION,
    NOBODY_KNOWN,
    Answered,
    Choose,
    Continued,
    Finding,
    Gap,
    Item,
    Reader,
    Unknown,
    Verdict,
    Why,
    to_look_at_again,
)
from bot.questions.store import QuestionsStore
from bot.store.db import Transaction
from knowledge.entry import Entry
from knowledge.library import Library

STALE = "questions.stale"
"""The outbox topic of the week's list of entries to look at again; its subject is the week."""

MOST_SHOWN_AROUND = 3


@dataclass(frozen=True)
class Heard:
    """What a question came to.

    Args:
        gap: the id under which it was noted as unanswered, if it was.
    """

    finding: Finding | Continued
    reader: Reader
    gap: str | None = None


class Questions:
    """The questions room, as an asker meets it."""

    def __init__(self, store: QuestionsStore, backlog: BacklogStore, live: LiveShelf, clock: Clock) -> None:
        self._store = store
        self._backlog = backlog
        self._live = live
        self._clock = clock
        self._subjects = Subjects(clock)
        self._asked: Memory[bool] = Memory(clock, 10_000, KEPT_FOR)

    @property
    def library(self) -> Library:
        """The library that answers."""
        return self._live.shelf.library

    def today(self) -> date:
        """The day on which an entry is fresh or stale, in UTC."""
        return self._clock.now().date()

    async def ask(self, actor: Actor, place: Place, question: str) -> Heard | None:
        """What the library knows; None where the question is too long to be read as one."""
        if len(question) > LONGEST_QUESTION:
            return None
        self._subjects.came(actor, place)
        reader, subject = await self.reader(actor), self._subject(actor)
        finding = self._live.shelf.find(question, reader, self._near(subject))
        if subject and is_bare(question) and (asks_for_more(question) or not isinstance(finding, Answered)):
            return Heard(self._continued(subject, question, finding), reader)
        if isinstance(finding, Unknown):
            return Heard(finding, reader, await self._note_refused(question))
        if isinstance(finding, Answered):
            self.show(actor, finding.entry)
        return Heard(finding, reader)

    def show(self, actor: Actor, item: Item) -> None:
        """Somebody is shown an answer: what they ask next may be about it."""
        self._subjects.answered(actor, item.id)

    def entry(self, name: str) -> Item:
        """An entry, or a member's answer, by its id; raises NotFound where the library has it no more."""
        entry = self._live.shelf.entry(name)
        if entry is None:
            raise NotFound("The library has this entry no more. Please ask again.")
        return entry

    async def following(self, actor: Actor, question: str, seen: Iterable[str]) -> Item | None:
        """The next best answer, for somebody whom those they have seen did not help; None after the last."""
        return self._live.shelf.following(question, await self.reader(actor), seen)

    async def reader(self, actor: Actor) -> Reader:
        """What somebody chose to say of themself; nothing where that cannot be read, for an answer is worth more."""
        try:
            return await self._store.reader(actor)
        except StoreProblem:
            return NOBODY_KNOWN

    async def keep_reader(self, actor: Actor, reader: Reader) -> None:
        """Remember a role and a stage until they are changed or forgotten."""
        await self._store.keep_reader(actor, reader)

    async def forget_reader(self, actor: Actor) -> None:
        """Forget them."""
        await self._store.forget_reader(actor)

    def asks_role(self, actor: Actor, reader: Reader) -> bool:
        """Whether to ask for a role now: once, of people who chose none."""
        if reader.role or self._asked.recall(actor.address):
            return False
        self._asked.keep(actor.address, True)
        return True

    async def rate(self, answer: str, entry: str, library: str, verdict: Verdict, question: str) -> str | None:
        """Keep what somebody thought of an answer, and nothing of who; the question's id in the backlog, if it got in.

        Raises:
            Conflict: at the second press.
            NotFound: the library has no such entry.
        """
        self.entry(entry)
        gap = None if verdict == "helpful" else self._gap(question, verdict, entry)
        async with self._store.database.writing() as transaction:
            if not await self._store.rate(transaction, answer, entry, library, verdict, self.today()):
                raise Conflict("You have told us about this answer already; that is kept.")
            if gap:
                await self._backlog.add(transaction, gap)
        return gap.id if gap else None

    async def take_back(self, gap: str) -> bool:
        """Delete a question that was noted; whether a ticket was made of it, and others like it, before."""
        async with self._backlog.database.writing() as transaction:
            kept = await self._kept(transaction, gap)
            await self._backlog.drop(transaction, (gap,))
        return kept.ticket is not None

    async def wait(self, actor: Actor, gap: str) -> None:
        """Have somebody told when a noted question is answered; raises Conflict at the second press."""
        async with self._backlog.database.writing() as transaction:
            kept = await self._kept(transaction, gap)
            if not await self._backlog.wait(transaction, kept.ticket or kept.id, actor):
                raise Conflict("You are told already as soon as this is answered; nothing was added.")

    async def forget_old(self) -> None:
        """Delete the questions that nobody answered in half a year."""
        await self._backlog.drop_before(self.today() - KEPT_FOR)

    def old_entries(self) -> tuple[Entry, ...]:
        """The entries whose verification has run out, or soon will."""
        entries = self.library.answerable.values()
        return tuple(each for each in entries if to_look_at_again(each, self.today()))

    async def list_old_entries(self) -> None:
        """Have this week's old entries listed, once in the week, if there are any."""
        if self.old_entries():
            year, week, _ = self.today().isocalendar()
            await self._store.once_a_week(f"{year}-W{week:02}", STALE, self._clock.now())

    async def _note_refused(self, question: str) -> str | None:
        gap = self._gap(question, "refused", None)
        if gap is None:
            return None
        try:
            async with self._backlog.database.writing() as transaction:
                await self._backlog.add(transaction, gap)
        except StoreProblem:
            # Without the note the asker still gets the honest answer, and is not told that it was noted.
            return None
        return gap.id

    def _gap(self, question: str, why: Why, entry: str | None) -> Gap | None:
        # Whatever sounds like a concern, or like a word about one, is stored nowhere: this is the one way into the
        # backlog.
        if not says_something(question) or sounds_like_a_concern(question) or may_be_about(question):
            return None
        return Gap(new_mark(), question, self.today(), why, entry, self.library.version)

    async def _kept(self, transaction: Transaction, gap: str) -> Gap:
        kept = await self._backlog.gap(transaction, gap)
        if kept is None:
            raise NotFound("This question is not kept any more. Nothing was changed; please ask again.")
        return kept

    def _subject(self, actor: Actor) -> Item | None:
        name = self._subjects.of(actor)
        return self._live.shelf.entry(name) if name else None

    def _near(self, subject: Item | None) -> frozenset[str]:
        around = self._live.shelf.around(subject) if subject else ()
        return frozenset(item.id for item in (subject, *around) if item)

    def _continued(self, subject: Item, question: str, finding: Finding) -> Continued:
        around = () if asks_for_more(question) else self._live.shelf.around(subject)
        if isinstance(finding, Choose) and not asks_for_more(question):
            # A word or two of its own: what they find stands beside the subject, and not in its place.
            around = tuple(item for item in finding.entries if item.id != subject.id)
        return Continued(subject, (subject, *around)[:MOST_SHOWN_AROUND] if around else ())
