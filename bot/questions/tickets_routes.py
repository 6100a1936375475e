"""The doors of questions for a human: ask one, take one, answer one, take the answer back."""

from bot.chat.cards import Card
from bot.chat.events import ButtonPressed, FormSubmitted
from bot.chat.replies import OpenForm, Redraw, Reply, Whisper
from bot.chat.routes import Route, inside, on_button, on_form
from bot.questions import tickets_cards
from bot.questions.tickets_cards import FromHuman, OnTicket, ToHuman
from bot.questions.tickets_service import Answer, Tickets


class _Doors:
    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets

    async def to_human(self, event: FormSubmitted, form: ToHuman) -> Reply:
        await self._tickets.ask(event.actor, form.ticket, form.question)
        return Whisper(tickets_cards.asked_card())

    async def on_take(self, event: ButtonPressed, on: OnTicket) -> Reply:
        return Redraw(self._draw(await self._tickets.take(event.actor, on.ticket)))

    async def on_answer(self, event: ButtonPressed, on: OnTicket) -> Reply:
        self._tickets.check_may_answer(event.actor)
        await self._tickets.read(on.ticket)
        return OpenForm(tickets_cards.answer_form(on.ticket))

    async def on_take_back(self, event: ButtonPressed, on: OnTicket) -> Reply:
        return Redraw(self._draw(await self._tickets.take_back(event.actor, on.ticket)))

    async def from_human(self, event: FormSubmitted, form: FromHuman) -> Reply:
        await self._tickets.answer(event.actor, form.ticket, form.reply)
        return Whisper(tickets_cards.answered_card())

    def _draw(self, answer: Answer) -> Card:
        return tickets_cards.ticket_card(answer, live=self._tickets.live)


def routes(tickets: Tickets) -> tuple[Route, ...]:
    """Ask a human; answer for the house."""
    doors = _Doors(tickets)
    return (
        on_form(tickets_cards.HUMAN_FORM, doors.to_human),
        *inside(
            on_button(tickets_cards.TAKE, doors.on_take),
            on_button(tickets_cards.ANSWER, doors.on_answer),
            on_button(tickets_cards.TAKE_BACK, doors.on_take_back),
            on_form(tickets_cards.ANSWER_FORM, doors.from_human),
        ),
    )
