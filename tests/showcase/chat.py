"""The hallway: help, the bot's own page, and the desk from which everything begins."""

from collections.abc import Iterator

from bot.chat import desk
from bot.chat.desk import MOST_WORDS, Choice, desk_form
from bot.chat.sealed import HomePart
from bot.chat.welcome import VerbLine, help_card, home_card
from bot.concerns import cards as concerns_cards
from bot.council import board_cards
from bot.council import cards as council_cards
from bot.hours import cards as hours_cards
from bot.hours.model import Overview
from bot.questions import cards as questions_cards
from tests.showcase import council, hours
from tests.showcase.scene import Pen, Scene

VERBS = (
    VerbLine("ask", "a question in your own words"),
    VerbLine("role", "your role, so that answers fit it"),
    VerbLine("backlog", "for council members: questions without a good answer"),
    VerbLine("hours", "your office hours, and the next free ones"),
    VerbLine("book", "book an office hour"),
    VerbLine("offer", "offer office hours"),
    VerbLine("concern", "say anonymously what is going wrong", sealed=True),
    VerbLine("receipt", "read the answer to your concern, or add to it", sealed=True),
    VerbLine("privacy", "what is kept of a concern, shown to you", sealed=True),
    VerbLine("cases", "for council members: the cases that need somebody"),
    VerbLine("board", "what the council has answered, for everybody"),
    VerbLine("help", "this list"),
    VerbLine("desk", "one form for everything"),
    VerbLine("well", "say that all is well"),
)
CHOICES = (
    Choice("ask", "Ask a question", takes_words=True, needs_words=True),
    Choice("book", "Book an office hour"),
    Choice("concern", "Raise a concern", takes_words=True),
    Choice("receipt", "Use a receipt", takes_words=True),
    Choice("privacy", "See what is kept of a concern"),
    Choice("board", "Read the answers board"),
    Choice("well", "All is well"),
)


def scenes(pen: Pen) -> Iterator[Scene]:
    """Every card and form of the hallway."""
    yield Scene("chat.help", help_card(VERBS), "whisper")
    yield Scene("chat.home", home_card(_home(hours.overview(pen))), "home")
    yield Scene("chat.home-quiet", home_card(_home(Overview(hours.view(pen), (), (), ()))), "home")
    cases = council_cards.home_part(council.charter(), 3)
    yield Scene("chat.home-council", home_card((*_home(hours.overview(pen)), cases)), "home")
    yield Scene("chat.desk", desk_form(CHOICES).form(), "modal")
    message = pen.typed("Should the model see the applicants' home address at all?", MOST_WORDS)
    yield Scene(
        "chat.desk-about-a-message", desk_form(CHOICES).form(initial={"what": "ask", "words": message}), "modal"
    )
    yield Scene("chat.enough", desk.enough_card(pen.typed("ask what does fairness mean")), "whisper")
    yield Scene("chat.well", desk.well_card(), "modal")


def _home(overview: Overview) -> tuple[HomePart, ...]:
    return (
        questions_cards.home_part(),
        hours_cards.home_part(overview),
        concerns_cards.home_part(),
        board_cards.home_part(),
    )
