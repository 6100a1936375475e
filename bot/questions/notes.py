"""What a card begins with where more is to be said than an answer."""

from dataclasses import replace

from bot.chat.cards import Button, Buttons, Card, Divider, Quote, Text
from bot.questions.legal import SENTENCE
from bot.questions.model import Item


def with_legal_note(card: Card) -> Card:
    """The same card, which begins by saying that the bot gives no verdict."""
    return replace(card, blocks=(Text(SENTENCE), *card.blocks))


def with_concern_first(card: Card, concern: Button) -> Card:
    """The same card behind the offer to say it anonymously."""
    words = (
        "**Is something going wrong?** You can say it without your name, and the council answers. "
        "What you wrote here was not kept."
    )
    return replace(card, blocks=(Text(words), Buttons((concern,)), Divider(), *card.blocks))


def with_subject(card: Card, item: Item) -> Card:
    """The same card, which begins by saying what the words were taken to be about."""
    note = (Text("I took this to be about what I answered last:"), Quote(item.title))
    return replace(card, blocks=(*note, *card.blocks))
