"""The questions room's doors."""

from bot.chat.cards import Card, Text
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted
from bot.chat.identity import Actor
from bot.chat.replies import OpenForm, Redraw, Reply, Whisper
from bot.chat.router import Command, OnHome, Route, on_button, on_form
from bot.chat.sealed import HomePart
from bot.questions import cards
from bot.questions.cards import Asked, FromHuman, OnEntry, OnTicket, Rated, ToHuman
from bot.questions.model import needs_another_look, out_of_date
from bot.questions.service import Questions


class _Doors:
    """What happens when somebody comes through one of the questions room's doors."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    async def ask(self, event: CommandUsed) -> Reply:
        if not event.text:
            return Whisper(cards.empty_card())
        finding = self._questions.ask(event.text)
        if finding is None:
            return Whisper(cards.too_long_card(len(event.text)))
        old = out_of_date(finding, self._questions.today())
        return Whisper(cards.finding_card(finding, event.text, self._questions.library, old))

    async def on_show(self, _event: ButtonPressed, on: OnEntry) -> Reply:
        entry = self._questions.entry(on.entry)
        return Whisper(
            cards.answer_card(entry, self._questions.library, needs_another_look(entry, self._questions.today()))
        )

    async def on_more(self, _event: ButtonPressed, on: OnEntry) -> Reply:
        return Whisper(cards.more_card(self._questions.entry(on.entry)))

    async def on_rate(self, _event: ButtonPressed, rated: Rated) -> Reply:
        await self._questions.rate(rated.answer, rated.entry, rated.library, rated.verdict)
        return Whisper(Card("Thank you", (Text("Noted, without your name."),)))

    async def on_human(self, _event: ButtonPressed, asked: Asked) -> Reply:
        return OpenForm(cards.human_form(asked.question))

    async def to_human(self, event: FormSubmitted, form: ToHuman) -> Reply:
        await self._questions.ask_human(event.actor, form.ticket, form.question)
        return Whisper(Card("Your question is with the council", (Text("The bot tells you when it is answered."),)))

    async def on_take(self, event: ButtonPressed, on: OnTicket) -> Reply:
        return Redraw(cards.ticket_card(await self._questions.take(event.actor, on.ticket)))

    async def on_answer(self, event: ButtonPressed, on: OnTicket) -> Reply:
        self._questions.check_may_answer(event.actor)
        await self._questions.ticket(on.ticket)
        return OpenForm(cards.answer_form(on.ticket))

    async def from_human(self, event: FormSubmitted, form: FromHuman) -> Reply:
        await self._questions.answer(event.actor, form.ticket, form.answer)
        return Whisper(Card("Sent", (Text("The asker is being told."),)))

    async def home(self, _actor: Actor) -> HomePart:
        words = "**Ask** what a value means for the thing on your desk: write it behind `/rai`."
        return HomePart((Text(words),))


def routes(questions: Questions) -> tuple[Route, ...]:
    """Ask, read more, say whether it helped, ask a human, answer for the house."""
    doors = _Doors(questions)
    return (
        Command("ask", "a question in your own words", doors.ask, takes_text=True, otherwise=True),
        on_button(cards.SHOW, doors.on_show),
        on_button(cards.MORE, doors.on_more),
        on_button(cards.RATE, doors.on_rate),
        on_button(cards.HUMAN, doors.on_human),
        on_button(cards.TAKE, doors.on_take),
        on_button(cards.ANSWER, doors.on_answer),
        on_form(cards.HUMAN_FORM, doors.to_human),
        on_form(cards.ANSWER_FORM, doors.from_human),
        OnHome(doors.home),
    )
