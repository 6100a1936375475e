"""A card as messages: one where it fits, and what is too long for one goes on below it; nothing is dropped."""

from collections.abc import Iterator

from adapters.passages import pieces
from adapters.shapes import Json
from adapters.teams.body import drawn_body
from adapters.teams.controls import Surface
from adapters.teams.render import adaptive, cut_to, drawn_card, drawn_head, last_buttons, size, units, whole
from adapters.teams.texts import SMALL, heading, literal, literals, plain
from adapters.teams.wording import worded
from bot.chat.cards import Card
from bot.chat.text import clean

LARGEST = 25_000
"""Bytes of one card: a quarter of what Teams takes of a message."""

LONGEST_HEAD, BEGINNING = 2_000, 200
"""Bytes of a headline that stands on a first card beside buttons, and characters of a longer one's beginning."""

CONTINUES = "Continues below."

ROOM_FOR_NEXT = 500
"""Bytes of a button that leads on."""


def parts(card: Card) -> tuple[Json, ...]:
    """The cards that a long one becomes, at least one: the first with the headline and the buttons."""
    card = worded(card)
    drawn = drawn_card(card, "message")
    if size(drawn) <= LARGEST:
        return (drawn,)
    (head, *title), buttons = _head(card, "message"), last_buttons(card, "message")
    # Buttons that carry more than a card takes go on below as well.
    last = buttons if size(buttons) <= LARGEST // 2 else []
    body = [*title, *drawn_body(card.blocks, "message"), *([] if last else buttons)]
    room = LARGEST - size(whole([], card, "message"))
    first, *more = _shares(body, room - size([head, *last, literal(CONTINUES, SMALL)]), room)
    hint = [literal(CONTINUES, SMALL)] if more else []
    below = f"{plain(card.title, 200)}: continued"
    return (whole([head, *first, *hint, *last], card, "message"), *(_below(share, below) for share in more))


def fits(card: Card) -> bool:
    """Whether a dialog has room for all of a card."""
    return size(drawn_card(worded(card), "dialog")) <= LARGEST


def fitted(card: Card, more: str) -> Json:
    """A card as the one card of a dialog: what it has no room for is left out, ``more`` is said, and buttons stay."""
    card = worded(card)
    head, buttons = _head(card, "dialog"), last_buttons(card, "dialog")
    room = LARGEST - size(whole([*head[:1], *buttons], card, "dialog"))
    body = cut_to(room, [*head[1:], *drawn_body(card.blocks, "dialog")], more)
    return whole([*head[:1], *body, *buttons], card, "dialog")


def pages(card: Card) -> tuple[Json, ...]:
    """A card as the cards of as many dialogs as it needs, each with room for a button that leads to the next; its own
    buttons stand on the last one.
    """
    card = worded(card)
    head, buttons = _head(card, "dialog"), last_buttons(card, "dialog")
    room = LARGEST - size(whole([*head[:1], *buttons], card, "dialog")) - ROOM_FOR_NEXT
    first, *more = _shares([*head[1:], *drawn_body(card.blocks, "dialog")], room, room)
    *earlier, last = [[*head[:1], *first], *more]
    return tuple(whole(share, card, "dialog") for share in (*earlier, [*last, *buttons]))


def _head(card: Card, surface: Surface) -> list[Json]:
    """The headline; one that is a text by itself is begun in large, and goes on below."""
    head = drawn_head(card, surface)
    if size(head[:1]) <= LONGEST_HEAD:
        return head
    title = clean(card.title)
    begun = next(pieces(title, BEGINNING))
    return [*heading(begun), *({**each, "spacing": "none"} for each in literals(title[len(begun) :]))]


def _shares(elements: list[Json], first: int, most: int) -> Iterator[list[Json]]:
    """Elements in shares of so many bytes; the first one, which has less room, may be empty."""
    share: list[Json] = []
    room = first
    for unit in units(elements):
        if size([*share, *unit]) > room:
            yield share
            share, room = [], most
        share += unit
    yield share


def _below(share: list[Json], fallback: str) -> Json:
    return {**adaptive(share, fallback), "msteams": {"width": "Full"}}
