"""A card as messages: one where it fits, and what is too long for one goes on below it; nothing is dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.shapes import Json, inner, objects, word
from adapters.slack.body import drawn_body
from adapters.slack.render import drawn_blocks, drawn_header, last_buttons, view_shares
from adapters.slack.rich import length
from adapters.slack.texts import plain_text
from bot.chat.cards import Card
from bot.chat.text import clean

MOST_BLOCKS = 48
"""Blocks of one message without its buttons: Slack takes 50, and the header and a hint need one each."""

MOST_LETTERS = 9_000
"""Characters in one message's blocks. Slack has a limit that no page of its names: 9,597 characters were taken, and of
11,341 it said ``msg_blocks_too_long`` (slackapi/bolt-js#2867).
"""

LONGEST_TEXT, LONGEST_EDIT = 40_000, 4_000
"""Bytes of a new message's text, and of an edited one's, escaped. Slack speaks of characters (docs.slack.dev,
chat.postMessage and chat.update); of the second GitLab found that it counts bytes (gitlab-org/gitlab!258898).
"""

LONGEST_WORD = 60
"""Characters of the word that a cut may drop; some languages write none apart."""


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
    header, *title = drawn_header(card.title)
    buttons = last_buttons(card, thread)
    room = MOST_BLOCKS - len(buttons), MOST_LETTERS - length([header, buttons])
    body = list(_shares([*title, *drawn_body(card.blocks, thread)], *room))
    if len(body) <= 1:
        return (_part(drawn_blocks(card, thread), card.fallback),)
    hint: Json = {"type": "context", "elements": [plain_text("Continues below.", 100)]}
    return (_part([header, *body[0], hint, *buttons], card.fallback), *(_part(share) for share in body[1:]))


def beyond_view(card: Card) -> tuple[Part, ...]:
    """What of a card a modal has no room for, as messages."""
    _, rest = view_shares(card)
    return tuple(_part(share) for share in _shares(rest, MOST_BLOCKS, MOST_LETTERS))


def _shares(blocks: list[Json], most: int, longest: int) -> Iterator[list[Json]]:
    share: list[Json] = []
    for block in blocks:
        if share and (len(share) >= most or length([*share, block]) > longest):
            yield share
            share = []
        share.append(block)
    if share:
        yield share


def _part(blocks: list[Json], fallback: str = "") -> Part:
    words = said(blocks)
    line = clean(fallback)
    # A share of nothing but lines says nothing, and yet Slack wants a text.
    whole = f"{line}\n\n{words}" if line and not words.startswith(line) else words or "…"
    return Part(cut(escaped(whole), LONGEST_TEXT), blocks)


def escaped(text: str) -> str:
    """A text that Slack reads as it is (docs.slack.dev, formatting: the three characters that must be escaped)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """An escaped text of at most so many bytes, cut at a word, or else before a sign that would be cut through."""
    encoded = text.encode()
    if len(encoded) <= most:
        return text
    head = encoded[: most - len("…".encode())].decode(errors="ignore")
    words, *last = head.rsplit(None, 1)
    return f"{words if last and len(last[0]) <= LONGEST_WORD else re.sub('&[a-z]*$', '', head)}…"


def said(blocks: list[Json]) -> str:
    """What blocks say, in plain words, a paragraph a block."""
    return "\n\n".join(filter(None, (_said(block) for block in blocks)))


def _said(block: Json) -> str:
    match block.get("type"):
        case "header" | "section":
            beside = _control(inner(block, "accessory")) if "accessory" in block else ""
            return "\n".join(
                filter(None, (_text(inner(block, "text")), *(_text(each) for each in objects(block, "fields")), beside))
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
    labelled = element.get("type") == "mrkdwn" and text.startswith("*")
    return text.replace("*", "").replace("\n", ": ", 1) if labelled else text


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
