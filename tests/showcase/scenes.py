"""The inventory: every card and form of every room, once at least."""

from bot.chat.cards import Card
from bot.chat.forms import Form
from tests.showcase import chat, concerns, council, hours, pulse, questions, tickets
from tests.showcase.scene import PLAIN, Pen, Scene, Where

__all__ = ["PLAIN", "Pen", "Scene", "Where", "scene", "scenes"]

ROOMS = (chat, questions, tickets, hours, concerns, pulse, council)


def scenes(pen: Pen = PLAIN) -> tuple[Scene, ...]:
    """All of them, room by room, with what people typed written by this pen."""
    return tuple(each for room in ROOMS for each in room.scenes(pen))


def scene(name: str, pen: Pen = PLAIN) -> Card | Form:
    """What is shown in the scene of that name."""
    return next(each.shown for each in scenes(pen) if each.name == name)
