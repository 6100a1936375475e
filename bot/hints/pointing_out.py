"""What in a text might identify its author: found before it is sent, and said to nobody but the author."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from re import IGNORECASE, escape, finditer
from types import MappingProxyType

from bot.chat.cards import Block, Facts, Text
from bot.chat.text import shorten
from bot.hints.details import Span, handles, links, mails, mentions, network_addresses
from bot.hints.known_names import Names, Word, fold, words_of
from bot.hints.numbers import ibans, long_numbers, numbers
from bot.hints.phrases import leading_back

MOST_LISTED = 12
LONGEST_LISTED = 60
MOST_FOUND = 200

LABELS = MappingProxyType(
    {
        "own": "Your own name or handle",
        "name": "Names of colleagues",
        "mail": "Mail addresses",
        "phone": "Telephone numbers",
        "mention": "Mentions",
        "handle": "Handles",
        "link": "Links and files",
        "network": "Network addresses",
        "iban": "Bank accounts",
        "number": "Numbers of staff, tickets or cards",
        "phrase": "Words that lead back to you",
    }
)


@dataclass(frozen=True)
class Hint:
    """A piece of a text that might identify its author.

    Args:
        kind: one of ``LABELS``.
        found: the piece, letter by letter; no repr shows it.
    """

    kind: str
    found: str = field(repr=False)


def point_out(text: str, names: Names, own: Sequence[str]) -> tuple[Hint, ...]:
    """What might identify the author, in the order of the text; each piece is told once.

    Args:
        names: of colleagues.
        own: the author's own names and handles.
    """
    spans: list[tuple[int, int, str]] = []
    for kind, start, end in _everything(text, names, own):
        if start < end and not any(start < other_end and other < end for other, other_end, _ in spans):
            spans.append((start, end, kind))
    told: dict[tuple[str, str], Hint] = {}
    for start, end, kind in sorted(spans):
        told.setdefault((kind, text[start:end].casefold()), Hint(kind, text[start:end]))
    return tuple(told.values())


def _everything(text: str, names: Names, own: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """What every way of looking finds, the surest first: of two that overlap, the first counts."""
    words = words_of(text)
    called, others = long_numbers(text)
    ways: tuple[tuple[str, Iterable[Span]], ...] = (
        ("mail", mails(text)),
        ("mention", mentions(text)),
        ("link", links(text)),
        ("network", network_addresses(text)),
        ("iban", ibans(text)),
        ("phone", called),
        ("number", numbers(text)),
        ("number", others),
        ("handle", handles(text)),
        ("own", _own(text, words, own)),
        ("name", names.found(text, words)),
        ("phrase", leading_back(text)),
    )
    for kind, spans in ways:
        yield from ((kind, *span) for span in islice(spans, MOST_FOUND))


def _own(text: str, words: Sequence[Word], own: Sequence[str]) -> Iterator[Span]:
    mine = Names.of(own, own=True)
    for each in own:
        if len(each) > 2 and " " not in each and fold(each) not in mine.everyday:
            yield from (found.span() for found in finditer(rf"(?<!\w){escape(each)}(?!\w)", text, IGNORECASE))
    yield from mine.found(text, words)


def hint_blocks(hints: Sequence[Hint]) -> tuple[Block, ...]:
    """The hints in plain sentences for the author; nothing where there are none."""
    if not hints:
        return ()
    listed = sorted(hints[:MOST_LISTED], key=lambda hint: list(LABELS).index(hint.kind))
    rows = tuple(
        (LABELS[kind], ", ".join(f"“{shorten(hint.found, LONGEST_LISTED)}”" for hint in alike))
        for kind, alike in groupby(listed, key=lambda hint: hint.kind)
    )
    more = len(hints) - len(listed)
    rest = f" There are {more} more." if more > 0 else ""
    return (
        Text(
            "**This might tell the council who you are.** Not everything here has to; only you can judge. Change the "
            "words below, or send them as they are. These hints are made for you alone and are not kept." + rest
        ),
        Facts(rows),
    )
