"""Looks at drawn blocks: whether Slack takes them, what they say in order, how a person's words stand there."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from adapters.shapes import Json
from adapters.slack.parts import Part
from tests.doubles.slack.limits import problems_of_message, problems_of_view
from tests.doubles.slack.sdk_opinion import sdk_problems

_MARKUP = re.compile(r"[*_~`<>&|@#\n\\]|:[^\s:,.;()/–]+:|\w\.[^\W\d]|www|//")
"""What could be more than letters in Slack's mrkdwn: a mark, an emoji's name between its colons, an address. A colon
alone is one, as in a time of day; what follows a mention, a link or a date begins with a mark."""

_FACT = re.compile(r"\*(?P<label>[^*\n]*)\*\n(?P<value>[^\n]*)")
_HEAD = re.compile(r"Sources?(?:, as of \d{4}-\d\d-\d\d)?")
_SOURCE = re.compile(r"\d+ <https?://[^\s<>|]+\|(?P<label>[^<>|]*)>(?P<value>.*)")

RUNS = ("text", "link")
CARRIED = ("text", "initial_value", "value", "alt_text", "accessibility_label", "private_metadata")


def problems_of(part: Part) -> list[str]:
    """What Slack's limits and its own SDK would refuse in a message."""
    return [*problems_of_message({"text": part.text, "blocks": part.blocks}), *sdk_problems(part.blocks)]


def problems_in_view(view: Json) -> list[str]:
    """The same of a modal or page."""
    return [*problems_of_view(view), *sdk_problems(view["blocks"])]


def leaves(drawn: object) -> Iterator[str]:
    """Every text that is shown, in order; of our own mrkdwn, what it shows."""
    if isinstance(drawn, list):
        for each in drawn:
            yield from leaves(each)
    elif isinstance(drawn, dict):
        if drawn.get("type") == "mrkdwn":
            yield shown_mrkdwn(str(drawn["text"]))
        else:
            for name in ("text", "fields", "elements", "alt_text", "label", "hint", "element", "options"):
                found = drawn.get(name)
                if isinstance(found, str):
                    yield found
                else:
                    yield from leaves(found)


def shown_mrkdwn(text: str) -> str:
    """What Slack shows of mrkdwn that we wrote: bold labels, and links by their words."""
    return unescape(re.sub(r"<[^|>]+\|([^>]*)>", r"\1", text)).replace("*", "")


def escapes(drawn: object, words: str, path: str = "") -> list[str]:
    """Where words of people, known by ``words``, stand as more than letters; and mrkdwn that is not surely ours."""
    return list(_escapes(drawn, words, path))


def _escapes(drawn: object, words: str, path: str) -> Iterator[str]:
    if isinstance(drawn, list):
        for number, each in enumerate(drawn):
            yield from _escapes(each, words, f"{path}[{number}]")
    elif isinstance(drawn, dict):
        kind = drawn.get("type")
        yield from (f"{path}.{name} carries words" for name in _carrying(drawn, words) if name not in CARRIED)
        if kind == "plain_text" and drawn.get("emoji") is not False:
            yield f"{path} draws emoji"
        if kind == "mrkdwn" and not _is_ours(drawn):
            yield f"{path} is mrkdwn that a person may have written: {drawn['text']!r}"
        if "text" in _carrying(drawn, words):
            yield from _of_theirs(drawn, path)
        for name, each in drawn.items():
            yield from _escapes(each, words, f"{path}.{name}")


def _of_theirs(drawn: Json, path: str) -> Iterator[str]:
    """What is wrong with an element that shows a person's words: a link, or a style that stands for anything but us."""
    kind, style = drawn.get("type"), drawn.get("style")
    if kind not in ("text", "plain_text", "mrkdwn"):
        yield f"{path} shows a person's words as {kind}"
    if kind == "text" and style not in (None, {"bold": True}):
        yield f"{path} shows a person's words as {style}"


def _carrying(drawn: Json, words: str) -> list[str]:
    return [name for name, value in drawn.items() if isinstance(value, str) and words in value]


def _is_ours(drawn: Json) -> bool:
    text = str(drawn["text"])
    head, *lines = text.split("\n")
    if fact := _FACT.fullmatch(text):
        return _is_inert([fact]) and drawn.get("verbatim") is True
    sources = map(_SOURCE.fullmatch, lines if _HEAD.fullmatch(head) else [head, *lines])
    return _is_inert(sources) and drawn.get("verbatim") is True


def _is_inert(found: Iterable[re.Match[str] | None]) -> bool:
    """Whether everything was recognised, and what others wrote in it marks nothing."""
    return all(each is not None and not any(_MARKUP.search(words) for words in each.groups()) for each in found)
