"""Words in passages: ours read from CommonMark, a person's own as they are; each platform draws them in its own way."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.chat.text import clean

_MARKDOWN = MarkdownIt("commonmark")
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_STYLES = {"strong_open": "bold", "em_open": "italic"}


@dataclass(frozen=True)
class Run:
    """Words of one style; with a ``link`` where they lead somewhere."""

    text: str
    styles: frozenset[str] = frozenset()
    link: str = ""


@dataclass(frozen=True)
class Passage:
    """One part of a text: a paragraph, an item of a list, a quote, or words that keep their spaces.

    Args:
        kind: ``section`` (a paragraph), ``list`` (an item), ``quote`` or ``preformatted``.
        ordered: for an item, whether its list is numbered; ``indent`` how deep it is, ``number`` which one it is.
    """

    kind: str
    runs: tuple[Run, ...] = field(repr=False)
    ordered: bool = False
    indent: int = 0
    number: int = 0

    @property
    def length(self) -> int:
        """Characters."""
        return sum(len(run.text) for run in self.runs)


def ours(markdown: str) -> list[Passage]:
    """Reviewed words in CommonMark."""
    return list(_Reader().read(_MARKDOWN.parse(clean(markdown))))


def theirs(words: str, kind: str = "quote") -> list[Passage]:
    """A person's own words: literal, whatever they look like."""
    text = clean(words)
    return [Passage(kind, (Run(text),))] if text else []


def pieces(text: str, most: int) -> Iterator[str]:
    """A text in pieces of at most ``most`` characters, cut at a word where there is one; nothing is lost."""
    while len(text) > most:
        head = text[:most]
        at = max(head.rfind(" "), head.rfind("\n"))
        at = at + 1 if at > 0 else most
        yield text[:at]
        text = text[at:]
    if text:
        yield text


def cut(passage: Passage, most: int) -> Iterator[Passage]:
    """A passage in passages of at most so many characters, cut at a word where there is one; nothing is lost."""
    if passage.length <= most:
        yield passage
        return
    held: list[Run] = []
    for run in passage.runs:
        for piece in pieces(run.text, most):
            if held and sum(len(each.text) for each in held) + len(piece) > most:
                yield replace(passage, runs=tuple(held))
                held = []
            held.append(replace(run, text=piece))
    yield replace(passage, runs=tuple(held))


class _Reader:
    """Walks CommonMark's tokens and keeps what it is inside of."""

    def __init__(self) -> None:
        self._lists: list[Token] = []
        self._numbers: list[int] = []
        self._quotes = 0
        self._heading = False

    def read(self, tokens: Iterable[Token]) -> Iterator[Passage]:
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._lists.append(token)
                    self._numbers.append(int(token.attrs.get("start", 1)) - 1)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                    self._numbers.pop()
                case "list_item_open":
                    self._numbers[-1] += 1
                case "blockquote_open":
                    self._quotes += 1
                case "blockquote_close":
                    self._quotes -= 1
                case "paragraph_open" | "heading_open":
                    self._heading = token.type == "heading_open"
                case "inline":
                    yield from self._passage(tuple(_runs(token.children or (), ["bold"] if self._heading else [])))
                case "fence" | "code_block" | "html_block":
                    yield from self._passage((Run(token.content.rstrip("\n")),), "preformatted")

    def _passage(self, runs: tuple[Run, ...], kind: str = "section") -> Iterator[Passage]:
        runs = tuple(run for run in runs if run.text)
        if not runs:
            return
        if self._lists and kind == "section":
            ordered = self._lists[-1].type == "ordered_list_open"
            yield Passage("list", runs, ordered, min(len(self._lists) - 1, 8), self._numbers[-1])
        else:
            yield Passage("quote" if self._quotes and kind == "section" else kind, runs)


def _runs(tokens: Iterable[Token], styles: list[str]) -> Iterator[Run]:
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "em_open":
                styles.append(_STYLES[token.type])
            case "strong_close" | "em_close":
                styles.pop()
            case "link_open":
                link = web_address(str(token.attrs["href"]))
            case "link_close":
                link = ""
            case "code_inline":
                yield Run(token.content, frozenset((*styles, "code")), link)
            case kind:
                yield Run(_BREAKS.get(kind, token.content), frozenset(styles), link)


def web_address(url: str) -> str:
    """The address where it is one of the web that a platform can link, else nothing."""
    return url if re.fullmatch(r"https?://[^\s<>|]{3,2900}", url) else ""
