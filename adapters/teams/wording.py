"""How the bot is called in Teams: with a bare word, where the rooms write ``/rai word``."""

import re
from dataclasses import replace

from bot.chat.cards import Block, Card, Facts, Text
from bot.chat.forms import Form

_IN_TEXT = re.compile(r"`/rai ([^`]+)`")
_LABEL = "/rai "


def worded(card: Card) -> Card:
    """A card as people of Teams would say it."""
    return replace(card, blocks=tuple(map(_worded, card.blocks)))


def worded_form(form: Form) -> Form:
    """A form as people of Teams would say it."""
    return replace(form, intro=tuple(map(_worded, form.intro)))


def _worded(block: Block) -> Block:
    match block:
        case Text(markdown):
            return Text(_IN_TEXT.sub(r"`\1`", markdown))
        case Facts(rows):
            return replace(block, rows=tuple((label.removeprefix(_LABEL), value) for label, value in rows))
        case _:
            return block
