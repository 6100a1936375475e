"""What the room says on its own: who was booked, what was cancelled, what is coming up."""

from bot.hours.cards import booking_card
from bot.hours.service import Hours
from bot.hours.store import BOOKED, CANCELLED, REMINDER
from bot.store.courier import Outgoing, Tell, Topic

_TITLES = {
    BOOKED: "Somebody booked your office hour",
    CANCELLED: "This office hour is cancelled",
    REMINDER: "Your office hour is coming up",
}


def topics(service: Hours) -> dict[str, Topic]:
    """The room's topics by name; each draws the booking as it is when it is said."""
    return {name: _topic(service, name) for name in _TITLES}


def _topic(service: Hours, name: str) -> Topic:
    async def compose(subject: str) -> Outgoing | None:
        news = await service.news(name, subject)
        if news is None:
            return None
        booking, view = news
        return Tell(view.actor, booking_card(_TITLES[name], booking, view, with_file=name != REMINDER))

    return Topic(compose)
