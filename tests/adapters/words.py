"""What a card says, in order, and what of it is not found again in what an adapter drew."""

from collections.abc import Iterable, Iterator

from bot.chat.cards import Attachment, Block, Card, Divider, Facts, Image, Quote, Sources, Text
from bot.chat.text import clean


def told(card: Card) -> Iterator[str]:
    """Everything that a card says, in order and clean; formatted words of ours apart."""
    yield clean(card.title)
    for block in card.blocks:
        yield from map(clean, _told(block))


def _told(block: Block) -> Iterator[str]:
    match block:
        case Facts(rows):
            yield from (words for row in rows for words in row)
        case Quote(words, by):
            yield from (by, words)
        case Sources(items):
            yield from (words for each in items for words in (each.title, each.locator))
        case Image(alt=alt):
            yield alt
        case Attachment(name=name):
            yield name
        case Text() | Divider():
            pass


def missing(words: Iterable[str], drawn: str, apart: str = "") -> list[str]:
    """Which words do not stand in what was drawn, one after the other.

    Args:
        apart: a sign that a platform's drawing puts between letters, where they would else be read as marks.
    """
    at, lost, whole = 0, [], squashed(drawn, apart)
    for each in (squashed(word, apart) for word in words):
        found = whole.find(each, at)
        if found < 0:
            lost.append(each[:60])
        else:
            at = found + len(each)
    return lost


def squashed(text: str, apart: str = "") -> str:
    """Words without their spaces, which are cut differently in every block, and without what keeps letters apart."""
    return "".join((text.replace(apart, "") if apart else text).split())
