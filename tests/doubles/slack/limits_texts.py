"""What Slack takes as text: lengths, marks that would ping, and words that were not escaped."""

import re
from collections.abc import Iterator, Mapping

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ESCAPED = re.compile(r"&(amp|lt|gt);")
_LINK = re.compile(r"<https?://[^\s<>|]+\|[^<>|]+>")
_PINGS = re.compile(r"<[!@#]")


def short(value: object, path: str, most: int) -> Iterator[str]:
    """A text of one to ``most`` characters without control characters."""
    if not isinstance(value, str) or not value:
        yield f"{path}: empty"
    elif len(value) > most:
        yield f"{path}: {len(value)} characters, at most {most}"
    elif _CONTROL.search(value):
        yield f"{path}: a control character or half a letter"


def plain(text: object, path: str, most: int) -> Iterator[str]:
    """A plain_text object."""
    if not isinstance(text, dict) or text.get("type") != "plain_text" or text.keys() - {"type", "text", "emoji"}:
        yield f"{path}: no plain_text"
        return
    if text.get("emoji") is not False:
        yield f"{path}: emoji may be drawn"
    yield from short(text.get("text"), f"{path}.text", most)


def text_object(text: object, path: str, most: int) -> Iterator[str]:
    """A text object: plain, or mrkdwn that holds bold words and links of ours, and nothing that Slack looks for."""
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        yield f"{path}: no text"
        return
    if text["type"] == "plain_text":
        yield from plain(text, path, most)
        return
    yield from unknown(text, path, {"type", "text", "verbatim"})
    yield from short(text.get("text"), f"{path}.text", most)
    yield from unescaped(_LINK.sub("", str(text.get("text"))), path)
    if text.get("verbatim") is not True:
        yield f"{path}: Slack would look for links and names in it"


def unescaped(text: str, path: str) -> Iterator[str]:
    """Whether Slack would read something in a text as more than what it says."""
    if _PINGS.search(text):
        yield f"{path}: may ping"
    elif re.search(r"[<>&]", _ESCAPED.sub("", text)):
        yield f"{path}: not escaped"


def unknown(found: Mapping[str, object], path: str, known: set[str]) -> Iterator[str]:
    """The keys that Slack does not know there."""
    yield from (f"{path}.{key}: unknown" for key in sorted(found.keys() - known))


def flag(holder: object, name: str, path: str) -> Iterator[str]:
    """Something that is true or false, where it is given."""
    if not isinstance(at(holder, name), bool | None):
        yield f"{path}.{name}: true or false"


def words(blocks: object) -> int:
    """Characters of every text in blocks."""
    if isinstance(blocks, list):
        return sum(words(each) for each in blocks)
    if isinstance(blocks, dict):
        return sum(
            len(each) if name in ("text", "alt_text") and isinstance(each, str) else words(each)
            for name, each in blocks.items()
        )
    return 0


def at(payload: object, name: str) -> object:
    """What stands under a name, where there is an object."""
    return payload.get(name) if isinstance(payload, dict) else None


def several(value: object) -> list[object]:
    """A list; empty where it is none."""
    return value if isinstance(value, list) else []
