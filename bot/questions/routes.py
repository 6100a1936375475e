"""The doors through which somebody asks: questions, verdicts, the next answer, and who they are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.chat.cards import Button, Card
from bot.chat.errors import HouseError, NotFound
from bot.chat.events import ButtonPressed, CommandUsed
from bot.chat.identity import Actor
from bot.chat.replies import Answer, OpenForm, Reply, Whisper
from bot.chat.routes import Command, OnHome, Route, on_button
from bot.chat.sealed import HomePart
from bot.questions import (
    backlog_routes,
    cards,
    gaps_cards,
    notes,
    presses,
    readers_routes,
    tickets_cards,
    tickets_routes,
)
from bot.questions.about_safe_space import is_about, may_be_about
from bot.questions.backlog_service import Backlog
from bot.questions.cards import ASK, Asking
from bot.questions.concern_like import sounds_like_a_concern
from bot.questions.legal import asks_for_verdict
from bot.questions.model import (
    LONGEST_QUESTION,
    Answered,
    Choose,
    Continued,
    Draft,
    Item,
    Reader,
    Unknown,
    needs_another_look,
)
from bot.questions.presses import Asked, OnEntry, OnGap, Rated, Shown
from bot.questions.readers_cards import role_buttons
from bot.questions.service import Heard, Questions
from bot.questions.tickets_service import Tickets

MOST_LOOKED_AT = 2_000
"""Characters in which a concern is looked for: whoever writes more has begun with it."""


@dataclass(frozen=True)
class Ways:
    """Where the other rooms take over, as the house hands them in.

    Args:
        concern: the button that opens the anonymous form; ``receipt`` the one that asks for a receipt.
        hour: the next office hour as this person sees it, with the button to book it; empty where there is none.
        name: what colleagues call somebody.
    """

    concern: Button
    receipt: Button
    hour: Callable[[Actor], Awaitable[HomePart]]
    name: Callable[[Actor], Awaitable[str]]


class _Doors:
    """What happens when somebody comes through one of the questions room's doors."""

    def __init__(self, questions: Questions, ways: Ways) -> None:
        self._questions = questions
        self._ways = ways

    async def ask(self, event: CommandUsed) -> Reply:
        if not event.text:
            return Whisper(cards.empty_card())
        looked_at = event.text[:MOST_LOOKED_AT]
        if is_about(looked_at):
            return self._about_safe_space()
        is_concern = sounds_like_a_concern(looked_at)
        heard = await self._questions.ask(event.actor, event.place, event.text)
        if heard and isinstance(heard.finding, Unknown) and not is_concern and may_be_about(looked_at):
            return self._about_safe_space()
        if heard is None:
            card = cards.too_long_card(len(event.text))
        else:
            # What sounds like a concern travels in no button: a platform keeps what its buttons carry.
            card = await self._heard(event, heard, "" if is_concern else event.text)
        card = notes.with_legal_note(card) if asks_for_verdict(looked_at) else card
        return Whisper(notes.with_concern_first(card, self._ways.concern) if is_concern else card)

    def _about_safe_space(self) -> Reply:
        return Whisper(notes.safe_space_card(self._ways.concern, self._ways.receipt))

    async def on_show(self, event: ButtonPressed, on: Shown) -> Reply:
        return Whisper(await self.shown(event.actor, on, may_share=event.others_read))

    async def on_share(self, event: ButtonPressed, on: OnEntry) -> Reply:
        item = self._questions.entry(on.entry)
        by = await self._ways.name(event.actor)
        return Answer(cards.shared_card(item, self._asking(item, Asking("", self._version)), by))

    async def on_more(self, _event: ButtonPressed, on: OnEntry) -> Reply:
        entry = self._questions.entry(on.entry)
        if isinstance(entry, Draft):
            raise NotFound("There is no more to this answer than you have seen.")
        return Whisper(cards.more_card(entry))

    async def on_next(self, event: ButtonPressed, on: Shown) -> Reply:
        seen = (*on.seen, on.entry)
        item = await self._questions.following(event.actor, on.question, seen)
        if item is not None:
            shown = Shown(item.id, on.question, seen)
            return Whisper(await self.shown(event.actor, shown, may_share=event.others_read))
        asking = Asking(on.question, self._questions.library.version)
        return Whisper(cards.unknown_card((), asking, await self._hour(event.actor)))

    async def on_rate(self, _event: ButtonPressed, rated: Rated) -> Reply:
        verdict = rated.answer, rated.entry, rated.library, rated.verdict
        gap = await self._questions.rate(*verdict, rated.question)
        return Whisper(gaps_cards.rated_card(gap, rated.question))

    async def on_human(self, _event: ButtonPressed, asked: Asked) -> Reply:
        return OpenForm(tickets_cards.human_form(asked.question))

    async def on_drop(self, _event: ButtonPressed, on: OnGap) -> Reply:
        in_ticket = await self._questions.take_back(on.gap)
        return Whisper(gaps_cards.dropped_card(in_ticket=in_ticket))

    async def on_wait(self, event: ButtonPressed, on: OnGap) -> Reply:
        await self._questions.wait(event.actor, on.gap)
        return Whisper(gaps_cards.waiting_card(on.gap))

    async def shown(self, actor: Actor, on: Shown, reader: Reader | None = None, *, may_share: bool = False) -> Card:
        """An answer, for this person; raises NotFound where the library has it no more."""
        item = self._questions.entry(on.entry)
        reader = reader or await self._questions.reader(actor)
        self._questions.show(actor, item)
        asking = Asking(on.question, self._version, reader, seen=on.seen, may_share=may_share)
        return self._answer(actor, item, asking)

    async def home(self, _actor: Actor) -> HomePart:
        return cards.home_part()

    @property
    def _version(self) -> str:
        return self._questions.library.version

    async def _heard(self, event: CommandUsed, heard: Heard, question: str) -> Card:
        actor = event.actor
        asking = Asking(question, self._version, heard.reader, may_share=event.others_read)
        match heard.finding:
            case Answered(entry):
                return self._answer(actor, entry, asking)
            case Choose(items):
                return cards.choice_card(items, asking)
            case Unknown(nearest):
                return cards.unknown_card(nearest, asking, await self._hour(actor), heard.gap)
            case Continued(about, around):
                return notes.with_subject(self._continued(about, around, asking), about)

    def _answer(self, actor: Actor, item: Item, asking: Asking) -> Card:
        # A card that offers the anonymous form has enough to choose from.
        asks = not isinstance(item, Draft) and bool(asking.question) and self._questions.asks_role(actor, asking.reader)
        return cards.answer_card(item, replace(self._asking(item, asking), role_buttons=role_buttons if asks else None))

    def _asking(self, item: Item, asking: Asking) -> Asking:
        return replace(asking, is_old=needs_another_look(item, self._questions.today()))

    def _continued(self, about: Item, around: tuple[Item, ...], asking: Asking) -> Card:
        if around or isinstance(about, Draft):
            return cards.choice_card(around or (about,), asking)
        return cards.more_card(about)

    async def _hour(self, actor: Actor) -> HomePart | None:
        try:
            return await self._ways.hour(actor)
        except HouseError:
            # The answer matters more than a way on that is closed at the moment.
            return None


def routes(questions: Questions, tickets: Tickets, backlog: Backlog, ways: Ways) -> tuple[Route, ...]:
    """Ask, read more, say whether it helped and what one does, ask a human; for the council, answer."""
    doors = _Doors(questions, ways)
    return (
        Command(
            ASK,
            "a question in your own words",
            doors.ask,
            takes_text=True,
            otherwise=True,
            desk="Ask a question",
            longest=LONGEST_QUESTION,
        ),
        on_button(presses.SHOW, doors.on_show),
        on_button(presses.MORE, doors.on_more),
        on_button(presses.NEXT, doors.on_next),
        on_button(presses.SHARE, doors.on_share),
        on_button(presses.RATE, doors.on_rate),
        on_button(presses.HUMAN, doors.on_human),
        on_button(presses.DROP, doors.on_drop),
        on_button(presses.WAIT, doors.on_wait),
        *readers_routes.routes(questions, doors.ask, doors.shown),
        *tickets_routes.routes(tickets),
        *backlog_routes.routes(backlog),
        OnHome(doors.home),
    )
