"""The room's doors: how it stands, never again, and back."""

from bot.chat.actions import NoPayload
from bot.chat.cards import Card
from bot.chat.events import ButtonPressed, CommandUsed
from bot.chat.identity import Actor
from bot.chat.replies import Redraw, Reply, Whisper
from bot.chat.routes import Command, Route, on_button
from bot.pulse import cards
from bot.pulse.service import Pulse


def routes(pulse: Pulse) -> tuple[Route, ...]:
    """Every door of the room. A button on an old card works as long as there are such cards; the verb is there while
    the pulse is.
    """

    async def standing(actor: Actor, notice: str = "") -> Card:
        when = pulse.plan.schedule.text if pulse.plan else ""
        return cards.standing_card(when, asked=await pulse.store.is_asked(actor), notice=notice)

    async def say(event: CommandUsed) -> Reply:
        match event.text.lower():
            case "on":
                await pulse.store.come_back(event.actor)
            case "off":
                await pulse.store.leave(event.actor)
            case "":
                pass
            case _:
                return Whisper(await standing(event.actor, cards.QUESTION_INSTEAD))
        return Whisper(await standing(event.actor))

    async def leave(event: ButtonPressed, _: NoPayload) -> Reply:
        await pulse.store.leave(event.actor)
        return Redraw(await standing(event.actor))

    async def come_back(event: ButtonPressed, _: NoPayload) -> Reply:
        await pulse.store.come_back(event.actor)
        return Redraw(await standing(event.actor))

    verb = Command("pulse", "the weekly card: pulse on, pulse off", say, takes_text=True)
    return (*((verb,) if pulse.plan else ()), on_button(cards.LEAVE, leave), on_button(cards.COME_BACK, come_back))
