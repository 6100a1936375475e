"""Words as Teams draws them: ours in the Markdown it knows, a person's own as runs, in which nothing is a mark."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from adapters.passages import Passage, Run, cut, ours, pieces
from adapters.shapes import Json
from bot.chat.text import clean, shorten

LONGEST = 3_000
"""Characters in one element: a card must be able to end between two."""

_MARKS = re.compile(r"[*_`\[\]<>\\~#|]|&#?\w+;|\{\{|\$\{|^\s*(?:[-+=:]|\d+[.)](?:\s|$))", re.MULTILINE)
"""What some client could read as more than letters."""

_EVALUATED = re.compile(r"(?<=\{)(?=\{)|(?<=\$)(?=\{)|(?<=<)(?=/?at\b)", re.IGNORECASE)
"""Inside of what cards compute or mention: ``{{DATE(…)}}``, ``${…}``, ``<at>``. Apart, they are letters."""

_INLINE_MARKS = re.compile(r"[*_`\[\]<~\\|]|^\s*#", re.MULTILINE)

_STYLES: Mapping[str, Json] = {
    "bold": {"weight": "bolder"},
    "italic": {"italic": True},
    "code": {"fontType": "monospace"},
}
_SIGNS = {"bold": "**", "italic": "_"}

SMALL: Json = {"size": "small", "isSubtle": True}


def is_plain(text: str) -> bool:
    """Whether a text is the same when it is read as Markdown."""
    return not _MARKS.search(text) and "\n" not in text


def plain(text: str, most: int) -> str:
    """A text where only a text can stand, such as a label: nothing in it is computed."""
    return guarded(shorten(clean(text), most)) or "…"


def guarded(text: str) -> str:
    """A text of which nothing is computed; what keeps it apart is taken out again wherever words are cleaned."""
    return _EVALUATED.sub("\u200b", text)


def escaped(text: str, most: int) -> str:
    """A text where a client may read Markdown and can be given no runs."""
    return plain(_INLINE_MARKS.sub(lambda mark: mark[0][:-1] + "\\" + mark[0][-1], text), most)


def runs(text: str, style: Mapping[str, object] | None = None) -> list[Json]:
    """Letters as they are, cut where a card would compute something."""
    return [{"type": "TextRun", "text": piece, **(style or {})} for piece in _EVALUATED.split(text) if piece]


def literal(text: str, style: Mapping[str, object] | None = None, **placed: object) -> Json:
    """Words that format nothing and mention nobody."""
    return {"type": "RichTextBlock", "inlines": runs(text, style), **placed}


def literals(text: str, style: Mapping[str, object] | None = None) -> list[Json]:
    """The same of any length; what is too long goes on right below."""
    shares = list(pieces(text, LONGEST))
    return [literal(share, style, **({"spacing": "none"} if at else {})) for at, share in enumerate(shares)]


def heading(title: str) -> list[Json]:
    """A headline; one that could be read as marks is drawn as letters, and is then no heading to a screen reader."""
    looks: Json = {"size": "large", "weight": "bolder"}
    if is_plain(title) and len(title) <= 300:
        return [{"type": "TextBlock", "text": title, "style": "heading", "wrap": True, **looks}]
    return literals(title, looks)


def quoted(content: list[Json], **placed: object) -> Json:
    """Something set apart."""
    return {"type": "Container", "style": "emphasis", "items": content, **placed}


def drawn(passages: Iterable[Passage]) -> list[Json]:
    """Paragraphs, lists, quotes and code, one under the other; below a heading there is less room."""
    elements: list[Json] = []
    close = False
    for kind, group in groupby(passages, key=lambda each: each.kind):
        for share in _shares(list(group)) if kind == "list" else ([each] for each in group):
            fresh = _list(share) if kind == "list" else _drawn(share[0])
            elements += [{**fresh[0], "spacing": "small"}, *fresh[1:]] if close else fresh
            close = kind == "section" and all("bold" in run.styles for run in share[0].runs)
    return elements


def _drawn(passage: Passage) -> list[Json]:
    match passage.kind:
        case "quote":
            return [quoted([_rich(each)]) for each in cut(passage, LONGEST)]
        case "preformatted":
            words = "".join(run.text for run in passage.runs)
            return [quoted([each]) for each in literals(_with_spaces(words), _STYLES["code"])]
        case _:
            paragraphs = [_markdown([each]) or _rich(each) for each in cut(passage, LONGEST)]
            return [paragraphs[0], *({**each, "spacing": "none"} for each in paragraphs[1:])]


def _shares(items: list[Passage]) -> Iterator[list[Passage]]:
    """Items of a list that have room in one element."""
    share: list[Passage] = []
    for item in items:
        if share and _length([*share, item]) > LONGEST:
            yield share
            share = []
        share.append(item)
    yield share


def _list(items: list[Passage]) -> list[Json]:
    """A list: of Teams' own where it is read as it is meant, else its items behind bullets.

    Teams' Markdown has no sign for code; that the items hang together is worth more.
    """
    markdown = _markdown([_without_code(item) for item in items]) if _length(items) <= LONGEST else None
    if markdown:
        return [markdown]
    drawn_items = [_rich(each) for item in items for each in cut(_bulleted(item), LONGEST)]
    return [drawn_items[0], *({**each, "spacing": "small"} for each in drawn_items[1:])]


def _length(items: list[Passage]) -> int:
    return sum(item.length for item in items)


def _without_code(item: Passage) -> Passage:
    return replace(item, runs=tuple(replace(run, styles=run.styles - {"code"}) for run in item.runs))


def _bulleted(item: Passage) -> Passage:
    bullet = f"{item.number}." if item.ordered else "•"
    return replace(item, runs=(Run("\xa0" * 4 * item.indent + bullet + " "), *item.runs))


def _markdown(passages: list[Passage]) -> Json | None:
    """The passages in Markdown; None where that would be read as anything else, here or by a client that knows less."""
    if not all(is_plain(run.text.strip()) and "code" not in run.styles for each in passages for run in each.runs):
        return None
    lines = [_line(each) for each in passages]
    if _merged(ours("\n".join(lines))) != _merged(passages):
        return None
    # Teams' documentation parts the items of a list by carriage returns.
    return {"type": "TextBlock", "text": "\r".join(lines), "wrap": True}


def _line(passage: Passage) -> str:
    words = "".join(_marked(run) for run in passage.runs)
    if passage.kind != "list":
        return words
    return "   " * passage.indent + (f"{passage.number}. " if passage.ordered else "- ") + words


def _marked(run: Run) -> str:
    signs = "".join(_SIGNS[style] for style in sorted(run.styles))
    words = f"[{run.text}]({run.link})" if run.link else run.text
    return f"{signs}{words}{signs[::-1]}"


def _merged(passages: Iterable[Passage]) -> list[Passage]:
    """The same passages with neighbouring runs of one style as one."""
    return [replace(each, runs=tuple(_merged_runs(each.runs))) for each in passages]


def _merged_runs(several: Iterable[Run]) -> Iterator[Run]:
    for (styles, link), group in groupby(several, key=lambda run: (run.styles, run.link)):
        yield Run("".join(run.text for run in group), styles, link)


def _rich(passage: Passage) -> Json:
    return {"type": "RichTextBlock", "inlines": [inline for run in passage.runs for inline in _inlines(run)]}


def _inlines(run: Run) -> list[Json]:
    look: Json = {name: value for style in sorted(run.styles) for name, value in _STYLES[style].items()}
    if run.link.startswith("https://"):
        return runs(run.text, {**look, "selectAction": {"type": "Action.OpenUrl", "url": run.link}})
    return runs(f"{run.text} ({run.link})" if run.link else run.text, look)


def _with_spaces(code: str) -> str:
    """Code whose columns stay: a card draws several spaces as one."""
    return code.replace("  ", "\xa0 ")
