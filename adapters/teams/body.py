"""What stands between a card's title and its buttons: words, facts, sources, and the buttons for one of them."""

from collections.abc import Sequence

from adapters.passages import Passage, ours, web_address
from adapters.shapes import Json
from adapters.teams.controls import Surface, drawn_buttons
from adapters.teams.files import is_offered
from adapters.teams.texts import LONGEST, SMALL, drawn, is_plain, literal, literals, plain, quoted, runs
from bot.chat.cards import Attachment, Block, Buttons, Divider, Facts, Image, Quote, Source, Sources, Text
from bot.chat.text import clean

IN_OUR_CHAT = "The file comes in our chat."
TOO_LARGE = "The file is too large for Teams to take it from me, so it does not come."

LONGEST_LABEL, LONGEST_VALUE = 32, 300
"""Characters of a fact whose value stands beside its label."""

SHORT_LABEL, SHORT_VALUE = 16, 60
"""Characters of a label that takes no line but its own, and of a value that leaves room for a longer one."""

LONGEST_WORD, WORD_BESIDE = 28, 20
"""Characters of a word in a line of its own, and beside a label, on a phone."""

_BOLD: Json = {"weight": "bolder"}
_EXACT: Json = {"fontType": "monospace"}


def drawn_body(blocks: Sequence[Block], surface: Surface) -> list[Json]:
    """Blocks one under the other."""
    shown: list[Json] = []
    parted, pressed = False, 0
    for block in blocks:
        fresh = _drawn_block(block, surface, pressed)
        if isinstance(block, Buttons):
            pressed += len(block.buttons)
        shown += [{**fresh[0], "separator": True, "spacing": "medium"}, *fresh[1:]] if parted and fresh else fresh
        parted = isinstance(block, Divider) or (parted and not fresh)
    return shown


def _drawn_block(block: Block, surface: Surface, pressed: int) -> list[Json]:
    """One block's elements; a line is drawn on top of what follows it, so that it is never the last."""
    match block:
        case Text(markdown):
            passages = ours(markdown)
            return _aside(passages[0]) if _is_aside(passages) else drawn(passages)
        case Facts(rows, exact):
            return _exact(_clean(rows)) if exact else _facts(_clean(rows))
        case Quote(words, by):
            return _quote(clean(words), clean(by))
        case Sources(items, as_of):
            head = "Sources" if len(items) > 1 else "Source"
            return _sources(f"{head}, as of {as_of.isoformat()}" if as_of else head, items)
        case Divider():
            return []
        case Image(url, alt):
            return _image(url, clean(alt))
        case Attachment(name=name) as file:
            where = IN_OUR_CHAT if is_offered(file) else TOO_LARGE
            return [*literals(f"File: {clean(name)}"), literal(where, SMALL, spacing="none")]
        case Buttons(buttons):
            return drawn_buttons(buttons, pressed, surface)


def _is_aside(passages: list[Passage]) -> bool:
    """Whether a text is one sentence in italics: what is said in passing stands small."""
    return len(passages) == 1 and all("italic" in run.styles and not run.link for run in passages[0].runs)


def _aside(passage: Passage) -> list[Json]:
    return literals("".join(run.text for run in passage.runs), SMALL)


def _quote(words: str, by: str) -> list[Json]:
    """Who says it, and a frame with the words; a long one goes on in further frames right below."""
    named = literals(by, _BOLD) if by else []
    shares = literals(words) if words else []
    frames = [quoted([each], spacing="small" if named or at else "default") for at, each in enumerate(shares)]
    return [*named, *frames]


def _clean(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    cleaned = ((clean(label), clean(value)) for label, value in rows)
    return [(label, value) for label, value in cleaned if label or value]


def _facts(rows: list[tuple[str, str]]) -> list[Json]:
    """Facts in two columns; where a client could read one as marks, in columns of letters; long ones in paragraphs."""
    if not _beside(rows):
        return [each for label, value in rows for each in _stacked(label, value, {})]
    if rows and all(is_plain(label) and value and is_plain(value) for label, value in rows):
        return [{"type": "FactSet", "facts": [{"title": _unbroken(label), "value": value} for label, value in rows]}]
    width = min(160, 30 + 7 * max((len(label) for label, _ in rows), default=0))
    return [_row(label, value, width, "small" if at else "default") for at, (label, value) in enumerate(rows)]


def _beside(rows: list[tuple[str, str]]) -> bool:
    """Whether every value has room beside its label."""
    label = max((len(label) for label, _ in rows), default=0)
    value = max((len(value) for _, value in rows), default=0)
    fits = (label <= SHORT_LABEL and value <= LONGEST_VALUE) or (label <= LONGEST_LABEL and value <= SHORT_VALUE)
    # A long word, such as an address, would be cut off there.
    return fits and all(label and all(len(each) <= WORD_BESIDE for each in value.split()) for label, value in rows)


def _unbroken(label: str) -> str:
    """A short label in one line, however narrow the card is."""
    return label.replace(" ", "\xa0") if len(label) <= SHORT_LABEL else label


def _row(label: str, value: str, width: int, spacing: str) -> Json:
    left: Json = {"type": "Column", "width": f"{width}px", "items": [literal(label, _BOLD)]}
    right: Json = {"type": "Column", "width": "stretch", "items": [literal(value)] if value else []}
    return {"type": "ColumnSet", "columns": [left, right], "spacing": spacing}


def _stacked(label: str, value: str, style: Json) -> list[Json]:
    labels = literals(label, _BOLD)
    values = [
        {**each, "spacing": "none" if labels or at else "default"} for at, each in enumerate(literals(value, style))
    ]
    return [*labels, *values]


def _exact(rows: list[tuple[str, str]]) -> list[Json]:
    """Facts that are copied: each value in a frame of its own, below its label."""
    elements: list[Json] = []
    for label, value in rows:
        elements += literals(label, _BOLD)
        elements += [quoted([each], spacing="small") for each in _letters(value)]
    return elements


def _letters(value: str) -> list[Json]:
    """A value letter by letter. Only a block of text breaks a long word; runs let it stick out of their frame."""
    if is_plain(value) and len(value) <= LONGEST and any(len(each) > LONGEST_WORD for each in value.split()):
        return [{"type": "TextBlock", "text": value, "wrap": True, **_EXACT}]
    return literals(value, _EXACT)


def _image(url: str, alt: str) -> list[Json]:
    if not url.startswith("https://") or not web_address(url):
        return literals(f"Picture: {alt}", SMALL)
    return [{"type": "Image", "url": url, "altText": plain(alt or "A picture", 2_000), "size": "auto"}]


def _sources(head: str, items: Sequence[Source]) -> list[Json]:
    """Sources, small: a line each, with a link where the address is one."""
    lines = [line for number, item in enumerate(items, 1) for line in _source(item, number)]
    return [literal(head, {**SMALL, **_BOLD}), *({**line, "spacing": "none"} for line in lines)] if lines else []


def _source(source: Source, number: int) -> list[Json]:
    title, locator, url = clean(source.title), clean(source.locator), web_address(source.url)
    if url.startswith("https://") and len(title) + len(locator) < 1_000:
        link = {"size": "small", "selectAction": {"type": "Action.OpenUrl", "url": url}}
        behind = runs(f", {locator}", SMALL) if locator else []
        inlines = [*runs(f"{number} ", SMALL), *runs(title or "Source", link), *behind]
        return [{"type": "RichTextBlock", "inlines": inlines}]
    return literals(f"{number} " + ", ".join(part for part in (title, locator, source.url) if part), SMALL)
