"""What a card begins with where more is to be said than an answer, and what stands in an answer's place."""

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


def safe_space_card(concern: Button, receipt: Button) -> Card:
    """The same card for whoever asks about the safe space itself, whatever they asked."""
    way = (
        "Say here what is going wrong, without your name, and read with your receipt what the council writes. If it "
        "cannot wait, say so in the form."
    )
    more = (
        "`/rai board` shows by their code names what became of concerns, `/rai privacy` what is kept of one, and who "
        "may still know."
    )
    gone = (
        "A lost receipt cannot be given again: look for your code name on the board, or raise it anew. Nobody can take "
        "a concern back; write with the receipt that it was a mistake."
    )
    blocks = (
        Text(way),
        Buttons((concern, receipt)),
        Text(more),
        Text(gone),
        Text("What you wrote here I did not keep."),
    )
    return Card("About the anonymous form", blocks)
