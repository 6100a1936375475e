"""What the room says unasked: the week's card, to each person alone."""

from bot.chat.places import MessageRef
from bot.pulse.cards import pulse_card
from bot.pulse.service import Pulse
from bot.pulse.store import ASK
from bot.store.courier import Outgoing, Tell, Topic
from bot.store.db import Transaction


def topics(pulse: Pulse) -> dict[str, Topic]:
    """The room's topic, also while the pulse is switched off: what is left of a round then ends without a word."""

    async def compose(mark: str) -> Outgoing | None:
        person = await pulse.to_ask(mark)
        return Tell(person, pulse_card()) if person else None

    async def note(transaction: Transaction, mark: str, _: MessageRef) -> None:
        await pulse.store.asked(transaction, mark)

    # Who takes no message from a bot is nobody's problem; the attempts end with the round.
    return {ASK: Topic(compose, note, optional=True)}
