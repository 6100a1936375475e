"""The council's doors to the questions that nobody answered."""

from bot.chat.actions import NoPayload
from bot.chat.events import ButtonPressed, CommandUsed
from bot.chat.replies import Redraw, Reply, Whisper
from bot.chat.routes import Command, Route, inside, on_button
from bot.questions import backlog_cards
from bot.questions.backlog_cards import OnGroup
from bot.questions.backlog_service import Backlog


class _Doors:
    def __init__(self, backlog: Backlog) -> None:
        self._backlog = backlog

    async def show(self, event: CommandUsed | ButtonPressed, _: NoPayload | None = None) -> Reply:
        return Whisper(backlog_cards.backlog_card(await self._backlog.groups(event.actor)))

    async def on_open(self, event: ButtonPressed, on: OnGroup) -> Reply:
        return Whisper(backlog_cards.group_card(await self._backlog.group(event.actor, on.gap)))

    async def on_ticket(self, event: ButtonPressed, on: OnGroup) -> Reply:
        await self._backlog.make_ticket(event.actor, on.gap, on.count)
        notice = "The ticket is on its way to the council's place."
        return Redraw(backlog_cards.backlog_card(await self._backlog.groups(event.actor), notice))

    async def on_close(self, event: ButtonPressed, on: OnGroup) -> Reply:
        group = await self._backlog.close(event.actor, on.gap, on.count)
        notice = f"Deleted: {len(group.gaps)} questions."
        return Redraw(backlog_cards.backlog_card(await self._backlog.groups(event.actor), notice))


def routes(backlog: Backlog) -> tuple[Route, ...]:
    """See what was not answered, group by group; make a ticket of a group, or let it go."""
    doors = _Doors(backlog)
    return inside(
        Command("backlog", "for council members: questions without a good answer", doors.show),
        on_button(backlog_cards.LIST, doors.show),
        on_button(backlog_cards.OPEN, doors.on_open),
        on_button(backlog_cards.TICKET, doors.on_ticket),
        on_button(backlog_cards.CLOSE, doors.on_close),
    )
