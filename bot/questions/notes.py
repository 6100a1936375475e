"""What a card begins with where more is to be said than an answer, and what stands in an answer's place."""

from collections.abc import Iterator
from dataclasses import replace

from bot.chat.cards import Block, Button, Buttons, Card, Divider, Quote, Text
from bot.questions.legal import SENTENCE
from bot.questions.model import Item
from bot.questions.presses import HUMAN, SHARE


def with_legal_note(card: Card) -> Card:
    """The same card, which begins by saying that the bot gives no verdict."""
    return replace(card, blocks=(Text(SENTENCE), *card.blocks))


def with_concern_first(card: Card, concern: Button) -> Card:
    """The same card behind the offer to say it anonymously, without what would bring it to others."""
    words = (
        "You can say it without your name, and the council answers. I kept nothing of it. Where you wrote it in a "
        "chat, it still stands there: delete it, and write in the form instead."
    )
    blocks = (Text(words), Buttons((concern,)), Divider(), Text(f"**{card.title}**"), *_quietly(card.blocks))
    return Card("Is something going wrong?", blocks, _quiet(card.buttons))


def _quietly(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, Buttons):
            yield block
        elif kept := _quiet(block.buttons):
            yield Buttons(kept)


def _quiet(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
    return tuple(each for each in buttons if each.action.name not in (SHARE.name, HUMAN.name))


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
        Text("I kept nothing of what you wrote. In a chat it still stands: delete it there."),
    )
    return Card("About the anonymous form", blocks)
