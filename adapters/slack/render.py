"""Cards as Block Kit: a header, one idea a block, buttons last; whatever a person wrote pings and formats nothing."""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from adapters.slack.controls import drawn_buttons
from adapters.slack.rich import LONGEST, Passage, Run, drawn, length, ours, theirs, web_address
from adapters.slack.shapes import Json
from bot.chat.cards import Attachment, Block, Card, Divider, Facts, Image, Quote, Source, Sources, Text
from bot.chat.text import clean, shorten

MOST_IN_VIEW = 100
LARGEST_VIEW = 240_000
"""Characters of a view's blocks as JSON, a little under what Slack takes of a whole view."""

IN_MESSAGES = "The file is in our direct messages."
MORE_IN_MESSAGES = "All that this window has no room for comes in our direct messages."
LEFT_OUT = "More than fits into this window is left out here. Ask me in a direct message to see all of it."

LONGEST_TITLE = 24
LONGEST_HEADER = 150

_SAFE = re.compile(r"[\w ,.()'’/?!%+–—…-]*")
_LOOKS_LIKE_ADDRESS = re.compile(r"\w\.[^\W\d]|www|//")
"""A name of the web ends in letters: \"section 3.7\" is none."""


def drawn_blocks(card: Card, thread: str = "") -> list[Json]:
    """Everything a card says and offers, in order."""
    buttons = drawn_buttons(card.buttons, thread)
    body = drawn_body(card)
    if not body and not buttons:
        # A card of one line is a line, not a headline.
        return drawn([Passage("section", (Run(clean(card.title) or "…"),))])
    return [*drawn_header(card.title), *body, *buttons]


def drawn_body(card: Card) -> list[Json]:
    """A card's blocks alone."""
    return [each for block in card.blocks for each in drawn_block(block)]


def drawn_header(title: str) -> list[Json]:
    """A title; a long one is repeated whole below, since Slack's headers are short."""
    words = clean(title) or "…"
    header: Json = {"type": "header", "text": plain_text(words, LONGEST_HEADER)}
    return [header] if len(words) <= LONGEST_HEADER else [header, *drawn(theirs(words, "section"))]


def drawn_view(card: Card, more: str = MORE_IN_MESSAGES) -> Json:
    """A card as a modal that sends nothing; ``more`` is said where it says more than a modal can."""
    shown, _ = view_shares(card, more)
    return modal("rai.card", card.title, shown)


def view_shares(card: Card, more: str = MORE_IN_MESSAGES) -> tuple[list[Json], list[Json]]:
    """What of a card a modal has room for, with its buttons, and the rest."""
    title = clean(card.title)
    head = drawn_header(title) if len(title) > LONGEST_TITLE else []
    files = [each for each in card.blocks if isinstance(each, Attachment)]
    where = _context([plain_text(IN_MESSAGES, 100)]) if files else []
    return fitted([*head, *drawn_body(card), *where], drawn_buttons(card.buttons), more)


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
        "title": plain_text(title, LONGEST_TITLE),
        "close": plain_text("Close", 24),
        "blocks": shown,
    }


def drawn_home(card: Card) -> Json:
    """A card as the bot's own page."""
    shown, _ = fitted([*drawn_header(card.title), *drawn_body(card)], drawn_buttons(card.buttons), LEFT_OUT)
    return {"type": "home", "blocks": shown}


def fitted(body: list[Json], controls: list[Json], more: str) -> tuple[list[Json], list[Json]]:
    """A view's blocks, and what of the body it has no room for: neighbours of rich text grow together where there are
    too many blocks; where that is not enough, ``more`` is said before the controls.
    """
    joined = body if len(body) + len(controls) <= MOST_IN_VIEW else _joined(body)
    if len(joined) + len(controls) <= MOST_IN_VIEW and _size([*joined, *controls]) <= LARGEST_VIEW:
        return [*joined, *controls], []
    sizes = accumulate(map(_size, joined[: MOST_IN_VIEW - 1 - len(controls)]))
    kept = sum(size <= LARGEST_VIEW - _size(controls) - 1_000 for size in sizes)
    return [*joined[:kept], *_context([plain_text(more, 300)]), *controls], joined[kept:]


def _size(drawn_blocks: object) -> int:
    return len(json.dumps(drawn_blocks))


def _joined(blocks: list[Json]) -> list[Json]:
    joined: list[Json] = []
    for block in blocks:
        before = joined[-1] if joined else {}
        if _is_rich(before) and _is_rich(block) and length([before, block]) <= LONGEST:
            joined[-1] = {"type": "rich_text", "elements": [*_elements(before), *_elements(block)]}
        else:
            joined.append(block)
    return joined


def drawn_block(block: Block) -> list[Json]:
    """One block of a card; nothing where there is nothing to see."""
    match block:
        case Text(markdown):
            return drawn(ours(markdown))
        case Facts(rows):
            return _facts([(clean(label), clean(value)) for label, value in rows])
        case Quote(words, by):
            named = [Passage("section", (Run(clean(by), frozenset({"bold"})),))] if clean(by) else []
            return drawn([*named, *theirs(words)])
        case Sources(items, as_of):
            head = "Sources" if len(items) > 1 else "Source"
            dated = f"{head}, as of {as_of.isoformat()}" if as_of else head
            return _context([plain_text(dated, 150), *(_source(item, number) for number, item in enumerate(items, 1))])
        case Divider():
            return [{"type": "divider"}]
        case Image(url, alt):
            if not url.startswith("https://") or not web_address(url):
                return _context([plain_text(f"Picture: {clean(alt)}", 2_000)])
            return [{"type": "image", "image_url": url, "alt_text": shorten(clean(alt) or "A picture", 2_000)}]
        case Attachment(name=name):
            return _context([plain_text(f"File: {clean(name)}", 300)])


def plain_text(text: str, most: int) -> Json:
    """Plain text, in which Slack draws no emoji for a word between colons."""
    return {"type": "plain_text", "text": shorten(clean(text), most) or "…", "emoji": False}


def mrkdwn_safe(text: str) -> bool:
    """Whether Slack's mrkdwn shows a text as it is: no mark of its, and nothing it would turn into a link."""
    return _SAFE.fullmatch(text) is not None and "_" not in text and not _LOOKS_LIKE_ADDRESS.search(text)


def _facts(rows: list[tuple[str, str]]) -> list[Json]:
    rows = [(label, value) for label, value in rows if label or value]
    # Numbers are a list to choose from, and stand one under the other.
    short = len(rows) > 1 and all(1 < len(label) <= 40 and 0 < len(value) <= 60 for label, value in rows)
    if short:
        fields = [_fact(label, value) for label, value in rows]
        return [{"type": "section", "fields": fields[at : at + 10]} for at in range(0, len(fields), 10)]
    runs: list[Run] = []
    for number, (label, value) in enumerate(rows):
        if number:
            runs.append(Run("\n"))
        if label:
            runs.append(Run(label, frozenset({"bold"})))
        if value:
            runs.append(Run(f"  {value}" if label else value))
    return drawn([Passage("section", tuple(runs))]) if runs else []


def _fact(label: str, value: str) -> Json:
    if "\n" not in value and mrkdwn_safe(label) and mrkdwn_safe(value):
        return {"type": "mrkdwn", "text": f"*{label}*\n{value}", "verbatim": True}
    return {"type": "plain_text", "text": f"{label}\n{value}", "emoji": False}


def _source(source: Source, number: int) -> Json:
    title, locator, url = clean(source.title), clean(source.locator), web_address(source.url)
    if url and mrkdwn_safe(title) and mrkdwn_safe(locator) and len(title) + len(locator) + len(url) < 2_000:
        address = url.replace("&", "&amp;")
        words = ", ".join(part for part in (f"<{address}|{title or 'Source'}>", locator) if part)
        return {"type": "mrkdwn", "text": f"{number} {words}", "verbatim": True}
    return plain_text(f"{number} " + ", ".join(part for part in (title, locator, source.url) if part), 2_000)


def _context(elements: Sequence[Json]) -> list[Json]:
    return [{"type": "context", "elements": list(elements[at : at + 10])} for at in range(0, len(elements), 10)]


def _is_rich(block: Json) -> bool:
    return block.get("type") == "rich_text"


def _elements(block: Json) -> Iterable[object]:
    elements = block.get("elements")
    return elements if isinstance(elements, list) else ()
