"""Short texts as Slack's text objects: plain, or with a bold label where nothing in them could be read as a mark."""

import re

from adapters.shapes import Json
from bot.chat.text import clean, shorten

_SAFE = re.compile(r"[\w ,.()'’/?!%+–—…:;\"“”‘=-]*")
_EMOJI = re.compile(r":[\w'+-]+:")
_LOOKS_LIKE_ADDRESS = re.compile(r"\w\.[^\W\d]|www|//")
"""A name of the web ends in letters: \"section 3.7\" is none."""


def plain_text(text: str, most: int) -> Json:
    """Plain text, in which Slack draws no emoji for a word between colons."""
    return {"type": "plain_text", "text": shorten(clean(text), most) or "…", "emoji": False}


def mrkdwn(text: str) -> Json:
    """A text of ours in Slack's own marks, in which it looks for no others."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def mrkdwn_safe(text: str) -> bool:
    """Whether Slack's mrkdwn shows a text as it is: no mark of its, and nothing it would turn into a link."""
    marks = "_" in text or _EMOJI.search(text) or _LOOKS_LIKE_ADDRESS.search(text)
    return _SAFE.fullmatch(text) is not None and not marks


def can_be_bold(label: str, value: str) -> bool:
    """Whether a label can stand in bold above its value: where nothing in either could be read as a mark."""
    return bool(label) and "\n" not in value and mrkdwn_safe(label) and mrkdwn_safe(value)


def labelled(label: str, value: str) -> Json:
    """A label, bold where it can be, and its value below."""
    if can_be_bold(label, value):
        return mrkdwn(f"*{label}*\n{value}")
    return {"type": "plain_text", "text": f"{label}\n{value}", "emoji": False}
