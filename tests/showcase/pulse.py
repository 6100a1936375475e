"""The weekly pulse: the card that everybody gets, and how it stands with somebody."""

from collections.abc import Iterator

from bot.pulse import cards
from tests.showcase.scene import Pen, Scene

WHEN = "wed 10:00 Europe/Berlin"


def scenes(_: Pen) -> Iterator[Scene]:
    """Every card of the room."""
    yield Scene("pulse.card", cards.pulse_card(), "direct")
    yield Scene("pulse.never-again", cards.standing_card(WHEN, asked=False), "direct")
    yield Scene("pulse.standing", cards.standing_card(WHEN, asked=True), "whisper")
    question = cards.standing_card(WHEN, asked=True, notice=cards.QUESTION_INSTEAD)
    yield Scene("pulse.question-instead", question, "whisper")
    yield Scene("pulse.switched-off", cards.standing_card("", asked=False), "direct")
