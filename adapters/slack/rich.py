"""Words as Slack's rich text: ours formatted from CommonMark, a person's own as they are, with nothing that pings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from adapters.slack.shapes import Json
from bot.chat.text import clean

LONGEST = 2_900
"""Characters in one block, a little under Slack's 3,000."""

PARAGRAPH = "\n\n"
"""What Slack draws as the room between two paragraphs; between two blocks it leaves none."""

_MARKDOWN = MarkdownIt("commonmark")
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_SHOWN = ("text", "alt_text", "fields", "elements", "accessory", "options", "confirm", "deny", "title")
_STYLES = {"strong_open": "bold", "em_open": "italic"}


@dataclass(frozen=True)
class Run:
    """Words of one style; with a ``link`` where they lead somewhere."""

    text: str
    styles: frozenset[str] = frozenset()
    link: str = ""

    def element(self) -> Json:
        """The rich text element."""
        style = {"style": dict.fromkeys(sorted(self.styles), True)} if self.styles else {}
        if self.link:
            return {"type": "link", "url": self.link, "text": self.text, **style}
        return {"type": "text", "text": self.text, **style}


@dataclass(frozen=True)
class Passage:
    """One part of a text: a paragraph, an item of a list, a quote, or words that keep their spaces.

    Args:
        kind: the rich text element's type, without its ``rich_text_``.
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


def drawn(passages: Iterable[Passage]) -> list[Json]:
    """Rich text blocks of at most 2,900 characters each; long passages are cut at a word and go on in the next."""
    blocks: list[Json] = []
    held: list[Passage] = []
    for passage in (piece for each in passages for piece in _cut(each)):
        if held and sum(each.length + len(PARAGRAPH) for each in held) + passage.length > LONGEST:
            blocks.append(_block(held))
            held = []
        held.append(passage)
    return [*blocks, _block(held)] if held else blocks


def length(drawn: object) -> int:
    """Characters that Slack counts in what was drawn."""
    if isinstance(drawn, str):
        return len(drawn)
    if isinstance(drawn, dict):
        drawn = [each for name, each in drawn.items() if name in _SHOWN]
    return sum(length(each) for each in drawn) if isinstance(drawn, list) else 0


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


def _cut(passage: Passage) -> Iterator[Passage]:
    if passage.length <= LONGEST:
        yield passage
        return
    held: list[Run] = []
    for run in passage.runs:
        for piece in pieces(run.text, LONGEST):
            if held and sum(len(each.text) for each in held) + len(piece) > LONGEST:
                yield replace(passage, runs=tuple(held))
                held = []
            held.append(replace(run, text=piece))
    yield replace(passage, runs=tuple(held))


def _block(passages: list[Passage]) -> Json:
    return {"type": "rich_text", "elements": list(_elements(passages))}


def _elements(passages: list[Passage]) -> Iterator[Json]:
    before = ""
    for (kind, ordered, indent), group in groupby(passages, key=lambda each: (each.kind, each.ordered, each.indent)):
        held = list(group)
        match kind:
            case "list":
                yield _list(held, ordered, indent)
            case "section":
                # Below a list or a quote, room begins with an empty line.
                elements = [*([Run("\n").element()] if before else []), *_paragraphs(held)]
                yield {"type": "rich_text_section", "elements": elements}
            case _:
                for each in held:
                    yield {"type": f"rich_text_{kind}", "elements": [run.element() for run in each.runs]}
        before = kind


def _list(items: list[Passage], ordered: bool, indent: int) -> Json:
    first = items[0].number
    offset = {"offset": first - 1} if ordered and first > 1 else {}
    style = "ordered" if ordered else "bullet"
    elements = [{"type": "rich_text_section", "elements": [run.element() for run in each.runs]} for each in items]
    return {"type": "rich_text_list", "style": style, "indent": indent, **offset, "elements": elements}


def _paragraphs(passages: list[Passage]) -> Iterator[Json]:
    """Paragraphs with room between them; below a heading there is none."""
    parted = ""
    for passage in passages:
        if parted:
            yield Run(parted).element()
        yield from (run.element() for run in passage.runs)
        parted = "\n" if all("bold" in run.styles for run in passage.runs) else PARAGRAPH


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
    """The address where it is one of the web that Slack can link, else nothing."""
    return url if re.fullmatch(r"https?://[^\s<>|]{3,2900}", url) else ""
