"""What stands on the wall, read as the council reads it."""

from collections.abc import Iterable
from datetime import datetime

from benchmarks.kill.people import MARK
from benchmarks.kill.wall import Said
from bot.chat.cards import Card, Quote


def quotes(card: Card) -> tuple[str, ...]:
    """The words on a card that are looked for."""
    return tuple(each.words for each in card.blocks if isinstance(each, Quote) and each.words.startswith(MARK))


def first_words(card: Card) -> str:
    """The concern itself, on the card of a case."""
    return next(iter(quotes(card)), "")


def cases(said: Iterable[Said]) -> tuple[Said, ...]:
    """The cards of cases as they look now, one for each time that one was posted."""
    now = {each.ref: each for each in said if not each.ref.place.thread and first_words(each.card)}
    return tuple(now.values())


def in_threads(said: Iterable[Said]) -> tuple[Said, ...]:
    """What was posted below cases."""
    return tuple(each for each in said if each.ref.place.thread and each.key)


def first_shown(said: Iterable[Said]) -> dict[str, datetime]:
    """When each words could be read for the first time, in a post or an edit."""
    shown: dict[str, datetime] = {}
    for each in said:
        for words in quotes(each.card):
            shown.setdefault(words, each.at)
    return shown
