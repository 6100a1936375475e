"""Cards as Block Kit: a header, one idea a block, buttons last; whatever a person wrote pings and formats nothing."""

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate

from adapters.passages import Passage, Run, ours, theirs
from adapters.shapes import Json
from adapters.slack.body import context, drawn_body, joined
from adapters.slack.controls import drawn_buttons
from adapters.slack.rich import LONGEST, drawn, length
from adapters.slack.texts import plain_text
from bot.chat.cards import Attachment, Card
from bot.chat.text import clean

MOST_IN_VIEW = 100
LARGEST_VIEW = 240_000
"""Characters of a view's blocks as JSON, a little under what Slack takes of a whole view."""

IN_MESSAGES = "The file is in our direct messages."
MORE_IN_MESSAGES = "All that this window has no room for comes in our direct messages."
LEFT_OUT = "More than fits into this window is left out here. Ask me in a direct message to see all of it."

LONGEST_TITLE = 24
LONGEST_HEADER = 150

HOUSE = "RAI Office Hours"
"""The title of a modal whose own is too long for Slack; that one stands below it."""


def drawn_blocks(card: Card, thread: str = "") -> list[Json]:
    """Everything a card says and offers, in order."""
    body, buttons = drawn_body(card.blocks, thread), last_buttons(card, thread)
    if not body and not buttons:
        # A card of one line is a line, not a headline.
        return drawn([Passage("section", (Run(clean(card.title) or "…"),))])
    return [*drawn_header(card.title), *body, *buttons]


def last_buttons(card: Card, thread: str = "") -> list[Json]:
    """The buttons for the whole card."""
    return drawn_buttons(card.buttons, thread, len(card.every_button) - len(card.buttons))


def drawn_header(title: str) -> list[Json]:
    """A title; a long one is repeated whole below, since Slack's headers are short."""
    words = clean(title) or "…"
    header: Json = {"type": "header", "text": plain_text(words, LONGEST_HEADER)}
    return [header] if len(words) <= LONGEST_HEADER else [header, *drawn(theirs(words, "section"))]


def drawn_title(title: str) -> Json:
    """A modal's title; one that is too long stands below, and the house's name in its place."""
    words = clean(title)
    return plain_text(words if len(words) <= LONGEST_TITLE else HOUSE, LONGEST_TITLE)


def drawn_view(card: Card, more: str = MORE_IN_MESSAGES) -> Json:
    """A card as a modal that sends nothing; ``more`` is said where it says more than a modal can."""
    shown, _ = view_shares(card, more)
    return modal("rai.card", card.title, shown)


def view_shares(card: Card, more: str = MORE_IN_MESSAGES) -> tuple[list[Json], list[Json]]:
    """What of a card a modal has room for, with its buttons, and the rest."""
    title = clean(card.title)
    head = drawn_header(title) if len(title) > LONGEST_TITLE else []
    files = [each for each in card.blocks if isinstance(each, Attachment)]
    where = context([plain_text(IN_MESSAGES, 100)]) if files else []
    return fitted([*head, *joined(drawn_body(card.blocks), where)], last_buttons(card), more)


def waiting_view(title: str = "One moment …") -> Json:
    """What stands in a modal while the house takes longer than Slack waits."""
    words = "This takes longer than usual. Please keep this window open; what you asked for appears here."
    return modal("rai.waiting", title, drawn(ours(words)))


def modal(name: str, title: str, blocks: Sequence[Json]) -> Json:
    """A modal with a close button; what it shows fits it already."""
    shown = list(blocks) or drawn([Passage("section", (Run("Done."),))])
    return {
        "type": "modal",
        "callback_id": name,
        "title": drawn_title(title),
        "close": plain_text("Close", 24),
        "blocks": shown,
    }


def drawn_home(card: Card) -> Json:
    """A card as the bot's own page."""
    shown, _ = fitted([*drawn_header(card.title), *drawn_body(card.blocks)], last_buttons(card), LEFT_OUT)
    return {"type": "home", "blocks": shown}


def fitted(body: list[Json], controls: list[Json], more: str) -> tuple[list[Json], list[Json]]:
    """A view's blocks, and what of the body it has no room for: neighbours of rich text grow together where there are
    too many blocks; where that is not enough, ``more`` is said before the controls.
    """
    merged = body if len(body) + len(controls) <= MOST_IN_VIEW else _grown(body)
    if len(merged) + len(controls) <= MOST_IN_VIEW and _size([*merged, *controls]) <= LARGEST_VIEW:
        return [*merged, *controls], []
    sizes = accumulate(map(_size, merged[: MOST_IN_VIEW - 1 - len(controls)]))
    kept = sum(size <= LARGEST_VIEW - _size(controls) - 1_000 for size in sizes)
    return [*merged[:kept], *context([plain_text(more, 300)]), *controls], merged[kept:]


def _size(drawn_blocks: object) -> int:
    return len(json.dumps(drawn_blocks))


def _grown(blocks: list[Json]) -> list[Json]:
    merged: list[Json] = []
    for block in blocks:
        before = merged[-1] if merged else {}
        if _is_rich(before) and _is_rich(block) and length([before, block]) <= LONGEST:
            merged[-1] = {"type": "rich_text", "elements": [*_elements(before), *_elements(block)]}
        else:
            merged.append(block)
    return merged


def _is_rich(block: Json) -> bool:
    return block.get("type") == "rich_text"


def _elements(block: Json) -> Iterable[object]:
    elements = block.get("elements")
    return elements if isinstance(elements, list) else ()
