"""A card as messages: one where it fits, and what is too long for one goes on below it; nothing is dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.slack.controls import drawn_buttons
from adapters.slack.render import drawn_blocks, drawn_body, drawn_header, plain_text, view_shares
from adapters.slack.shapes import Json, inner, objects, word
from bot.chat.cards import Card
from bot.chat.text import clean, shorten

MOST_BLOCKS = 46
"""Blocks of one message: Slack takes 50, and the header, the buttons and a hint need some."""

MOST_WORDS = 11_000
"""Characters in one message's blocks, a little under 12,000."""

LONGEST_TEXT = 12_000


@dataclass(frozen=True)
class Part:
    """One message; ``text`` is all of it in plain words, which screen readers and notifications read."""

    text: str = field(repr=False)
    blocks: list[Json] = field(repr=False)


def parts(card: Card, thread: str = "") -> tuple[Part, ...]:
    """The messages that a card becomes, at least one: the first with the header and all buttons.

    Args:
        thread: what the buttons tell of the thread that an answer for everybody belongs to.
    """
    body = list(_shares(drawn_body(card)))
    if len(body) <= 1:
        return (_part(drawn_blocks(card, thread), card.fallback),)
    hint: Json = {"type": "context", "elements": [plain_text("Continues below.", 100)]}
    first = [*drawn_header(card.title), *body[0], hint, *drawn_buttons(card.buttons, thread)]
    return (_part(first, card.fallback), *(_part(share) for share in body[1:]))


def beyond_view(card: Card) -> tuple[Part, ...]:
    """What of a card a modal has no room for, as messages."""
    _, rest = view_shares(card)
    return tuple(_part(share) for share in _shares(rest))


def _shares(blocks: list[Json]) -> Iterator[list[Json]]:
    share: list[Json] = []
    for block in blocks:
        words = sum(len(said([each])) for each in share) + len(said([block]))
        if share and (len(share) >= MOST_BLOCKS or words > MOST_WORDS):
            yield share
            share = []
        share.append(block)
    if share:
        yield share


def _part(blocks: list[Json], fallback: str = "") -> Part:
    words = said(blocks)
    line = clean(fallback)
    whole = f"{line}\n\n{words}" if line and not words.startswith(line) else words
    return Part(escaped(shorten(whole, LONGEST_TEXT)), blocks)


def escaped(text: str) -> str:
    """A text that Slack reads as it is (docs.slack.dev, formatting: the three characters that must be escaped)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def said(blocks: list[Json]) -> str:
    """What blocks say, in plain words, a paragraph a block."""
    return "\n\n".join(filter(None, (_said(block) for block in blocks)))


def _said(block: Json) -> str:
    match block.get("type"):
        case "header" | "section":
            return "\n".join(
                filter(None, (word(block, "text", "text"), *(_text(each) for each in objects(block, "fields"))))
            )
        case "context":
            return "\n".join(_text(each) for each in objects(block, "elements"))
        case "rich_text":
            return "\n".join(_rich(each) for each in objects(block, "elements"))
        case "image":
            return f"Picture: {word(block, 'alt_text')}"
        case "actions":
            return " ".join(_control(each) for each in objects(block, "elements"))
        case _:
            return ""


def _text(element: Json) -> str:
    text = word(element, "text")
    # Ours alone is mrkdwn: a bold label, or a link.
    return text.replace("*", "").replace("\n", ": ", 1) if element.get("type") == "mrkdwn" else text


def _rich(element: Json) -> str:
    match element.get("type"):
        case "rich_text_list":
            return "\n".join(f"• {_rich(each)}" for each in objects(element, "elements"))
        case "rich_text_quote":
            return "\n".join(f"> {line}" for line in _runs(element).splitlines())
        case _:
            return _runs(element)


def _runs(element: Json) -> str:
    return "".join(
        f"{word(run, 'text')} ({word(run, 'url')})" if run.get("type") == "link" else word(run, "text")
        for run in objects(element, "elements")
    )


def _control(element: Json) -> str:
    labels = (inner(element, "text"), *(inner(each, "text") for each in objects(element, "options")))
    return " ".join(f"[{label['text']}]" for label in labels if "text" in label)
