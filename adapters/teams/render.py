"""Cards as Adaptive Cards 1.5: one headline, one idea an element, buttons last; what a person wrote formats nothing."""

from itertools import accumulate
from json import dumps

from adapters.passages import Passage, Run
from adapters.shapes import Json, objects
from adapters.teams.body import drawn_body
from adapters.teams.controls import Surface, drawn_buttons
from adapters.teams.texts import SMALL, drawn, escaped, heading, literal, literals, plain
from bot.chat.cards import Card
from bot.chat.plain import plain_card
from bot.chat.text import clean

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"

HOUSE = "RAI Office Hours"
"""The title of a dialog whose own is too long for its frame; that one stands below it."""

LONGEST_TITLE = 60
"""Characters of a dialog's title that its frame shows on a wide screen."""

LONGEST_FALLBACK = 1_000
"""Characters of what a client says that cannot draw a card."""

LITTLE = 280
"""Characters of a card that needs no more width than Teams gives every card."""


def drawn_card(card: Card, surface: Surface) -> Json:
    """Everything a card says and offers, in order, however much it is."""
    return whole(
        [*drawn_head(card, surface), *drawn_body(card.blocks, surface), *last_buttons(card, surface)], card, surface
    )


def drawn_head(card: Card, surface: Surface) -> list[Json]:
    """The headline. A dialog has it in its frame where there is room, and a card of one line is a line."""
    title = clean(card.title) or "…"
    if surface == "dialog" and len(title) <= LONGEST_TITLE:
        return []
    return heading(title) if surface == "dialog" or card.blocks or card.buttons else literals(title)


def last_buttons(card: Card, surface: Surface) -> list[Json]:
    """The buttons for the whole card."""
    return drawn_buttons(card.buttons, len(card.every_button) - len(card.buttons), surface)


def whole(body: list[Json], card: Card, surface: Surface) -> Json:
    """Elements as a card, with all of it in plain words for clients that draw none."""
    words = plain_card(card)
    wide: Json = {"msteams": {"width": "Full"}} if surface == "message" and len(words) > LITTLE else {}
    return adaptive(body or drawn([Passage("section", (Run("Done."),))]), escaped(words, LONGEST_FALLBACK), wide)


def adaptive(body: list[Json], fallback: str, more: Json | None = None) -> Json:
    """An Adaptive Card of these elements."""
    frame: Json = {"type": "AdaptiveCard", "$schema": SCHEMA, "version": VERSION, "lang": "en"}
    return {**frame, "fallbackText": fallback, **(more or {}), "body": body}


def drawn_dialog(title: str, card: Json, wide: bool = False) -> Json:
    """What Teams is told to open a dialog with: its title, its size and the card inside."""
    words = clean(title)
    return {
        "title": plain(words, LONGEST_TITLE) if len(words) <= LONGEST_TITLE else HOUSE,
        "width": "large" if wide else "medium",
        "height": "large" if wide else "medium",
        "card": {"contentType": "application/vnd.microsoft.card.adaptive", "content": card},
    }


def waiting_card(carried: Json) -> Json:
    """What stands in a dialog while the house takes longer than Teams waits.

    Args:
        carried: what its button sends, to look again.
    """
    words = "This takes longer than usual. What you asked for is kept, and shown as soon as it is there."
    look: Json = {"type": "Action.Submit", "title": "Show it", "style": "positive", "data": carried}
    return adaptive([*literals(words), {"type": "ActionSet", "actions": [look]}], words)


def with_next(card: Json, carried: Json) -> Json:
    """A card of a dialog with a button that leads to the next one.

    Args:
        carried: what the button sends.
    """
    go_on: Json = {"type": "Action.Submit", "title": "Read on", "style": "positive", "data": carried}
    return {**card, "body": [*objects(card, "body"), {"type": "ActionSet", "actions": [go_on]}]}


def units(elements: list[Json]) -> list[list[Json]]:
    """Elements that must stay in one card: buttons, and the hidden questions that they show."""
    together: list[list[Json]] = []
    for element in elements:
        if together and element.get("isVisible") is False:
            together[-1].append(element)
        else:
            together.append([element])
    return together


def cut_to(room: int, elements: list[Json], more: str) -> list[Json]:
    """The elements that there is room for, with ``more`` below where that is not all of them."""
    if size(elements) <= room:
        return elements
    hint = literal(more, SMALL)
    sums = accumulate(map(size, units(elements)), initial=size(hint))
    kept = sum(each <= room for each in sums) - 1
    return [*(element for unit in units(elements)[: max(kept, 0)] for element in unit), hint]


def size(shown: object) -> int:
    """Bytes of what is sent."""
    return len(dumps(shown, ensure_ascii=False).encode(errors="surrogatepass"))
