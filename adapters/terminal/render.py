"""Cards as a terminal draws them: what a person wrote formats nothing, and no escape sequence gets through."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.box import ROUNDED
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.markdown import Markdown
from rich.panel import Panel
from rich.rule import Rule
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text as Words

from bot.chat.cards import Attachment, Block, Button, Buttons, Card, Divider, Facts, Image, Quote, Source, Sources, Text
from bot.chat.text import clean

WIDEST = 100
"""Columns; longer lines are hard to read."""

_TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


def visible(text: str) -> str:
    """The same words with nothing in them that moves a cursor."""
    return clean(text).expandtabs(4)


def one_line(text: str) -> str:
    """The same words on one line."""
    return " ".join(visible(text).split())


@dataclass(frozen=True)
class Harmless:
    """Draws what is inside it, without any control character; and without styles where the console has no colours.

    The last gate before the screen: whatever a card holds, only letters and our own styles get past.
    """

    inside: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        plain = console.no_color or console.color_system is None
        for text, style, _control in console.render(self.inside, options):
            yield Segment("".join(filter(_harmless, text)), None if plain else style)


def _harmless(sign: str) -> bool:
    if unicodedata.category(sign) in ("Cc", "Cs"):
        return sign == "\n"
    return unicodedata.bidirectional(sign) not in _TURNING


def drawn_card(card: Card, width: int, first: int = 1, note: str = "") -> RenderableType:
    """A card in a frame, with its buttons as numbered choices below.

    Args:
        first: the number of its first button.
        note: who sees it, in a word or two.
    """
    parts: list[RenderableType] = []
    for block in card.blocks:
        parts.append(drawn_block(block, first))
        first += len(block.buttons) if isinstance(block, Buttons) else 0
    frame = drawn_frame(card.title, parts, width, note)
    return Group(frame, *drawn_choices([_choice(button) for button in card.buttons], width, first))


def drawn_frame(
    title: str, parts: Sequence[RenderableType], width: int, note: str = "", style: str = "cyan"
) -> RenderableType:
    """Parts in a frame, an empty line between them."""
    head = one_line(title)
    # rich cuts a title that does not fit the frame: a long one goes inside, where it can wrap.
    above = bool(parts) and cell_len(head) <= width - 8
    inside = parts if above else [Words(head, style="bold"), *parts]
    return Panel(
        Group(*_spaced(inside)),
        title=Words(head, style="bold") if above and head else None,
        title_align="left",
        subtitle=Words(note, style="dim") if note else None,
        subtitle_align="right",
        box=ROUNDED,
        border_style=style,
        width=width,
    )


def drawn_problem(sentence: str, width: int) -> RenderableType:
    """What went wrong, in a frame."""
    return drawn_frame("Sorry", [Words(visible(sentence))], width, style="red")


def drawn_block(block: Block, first: int = 1) -> RenderableType:
    """One block of a card; ``first`` is the number of its first button, where it has some."""
    match block:
        case Text(markdown):
            return Markdown(visible(markdown), hyperlinks=False, code_theme="ansi_dark")
        case Facts(rows):
            return _facts(rows)
        case Quote(words, by):
            quoted = Beside(Words(visible(words)), " │ ")
            return Group(quoted, Words(f"   — {one_line(by)}", style="dim")) if by else quoted
        case Sources():
            return _sources(block)
        case Divider():
            return Rule(style="dim")
        case Image(alt=alt):
            return Words(f"Picture: {one_line(alt)}", style="italic")
        case Attachment(name=name):
            return Words(f"File: {one_line(name)}")
        case Buttons(buttons):
            return Choices([_choice(button) for button in buttons], first)


def drawn_choices(labels: Sequence[Words], width: int, first: int = 1) -> Iterator[RenderableType]:
    """Numbered choices: side by side where they fit on one line, else one under the other."""
    signs = [f"[{number}]" for number, _label in enumerate(labels, first)]
    row = Words("   ").join(_numbered(sign, label) for sign, label in zip(signs, labels, strict=True))
    if not labels or cell_len(row.plain) <= width - 4:
        listed = [row] if labels else []
    else:
        listed = [_numbered(sign.rjust(len(signs[-1])), label) for sign, label in zip(signs, labels, strict=True)]
    for choice in listed:
        yield Constrain(Beside(choice, "      ", first="  "), width)


def _numbered(sign: str, label: Words) -> Words:
    return Words.assemble((sign, "bold cyan"), " ", label)


@dataclass(frozen=True)
class Choices:
    """Numbered choices among the blocks of a card."""

    labels: Sequence[Words]
    first: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from drawn_choices(self.labels, options.max_width, self.first)


def _choice(button: Button) -> Words:
    hint = one_line(button.hint)
    return Words.assemble(_label(button), (f"  {hint}" if hint else "", "dim"))


def _label(button: Button) -> Words:
    label = one_line(button.label)
    match button.style:
        case "plain":
            return Words(label)
        case "primary":
            return Words(label, style="bold green")
        case "danger":  # a sign beside the colour: not everybody sees red, and not every screen has it
            return Words(f"{label} (!)", style="bold red")


def _spaced(blocks: Sequence[RenderableType]) -> list[RenderableType]:
    spaced = [part for block in blocks for part in (block, Words())]
    return spaced[:-1]


def _facts(rows: Sequence[tuple[str, str]]) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    if any(label for label, _value in rows):
        grid.add_column(style="bold", max_width=28, overflow="fold")
    else:
        rows = [(value, "") for _label, value in rows]
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(*(Words(visible(part)) for part in (label, value)[: len(grid.columns)]))
    return grid


def _sources(block: Sources) -> RenderableType:
    dated = f", as of {block.as_of.isoformat()}" if block.as_of else ""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", style="dim")
    grid.add_column(overflow="fold", style="dim")
    for number, source in enumerate(block.items, 1):
        grid.add_row(str(number), _source(source))
    return Group(Words(f"{'Sources' if len(block.items) > 1 else 'Source'}{dated}", style="dim bold"), grid)


def _source(source: Source) -> Words:
    named = ", ".join(part for part in (one_line(source.title), one_line(source.locator)) if part)
    return Words("\n".join(part for part in (named, one_line(source.url)) if part))


@dataclass(frozen=True)
class Beside:
    """Words behind a margin, however often they wrap: ``first`` on the first line, ``margin`` on every other."""

    words: Words
    margin: str = "  "
    first: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(options.max_width - len(self.margin), 1))
        for number, line in enumerate(console.render_lines(self.words, inner, pad=False)):
            yield Segment(self.margin if number else self.first or self.margin, Style(dim=True))
            yield from line
            yield Segment.line()
