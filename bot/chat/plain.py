"""A card in plain words: for screen readers, notifications, transcripts and tests."""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.chat.cards import Attachment, Block, Button, Buttons, Card, Divider, Facts, Image, Quote, Source, Sources, Text

_MARKDOWN = MarkdownIt("commonmark")


def plain_card(card: Card) -> str:
    """Everything the card says, block by block, buttons in brackets at the end."""
    parts = [card.title, *(plain_block(block) for block in card.blocks)]
    parts.append(_buttons(card.buttons))
    return "\n\n".join(part for part in parts if part)


def plain_block(block: Block) -> str:
    """What one block says."""
    match block:
        case Text(markdown):
            return plain_markdown(markdown)
        case Facts(rows):
            return "\n".join(f"{label}: {value}" for label, value in rows)
        case Quote(words, by):
            quoted = "\n".join(f"> {line}" for line in words.splitlines())
            return f"{by}:\n{quoted}" if by else quoted
        case Sources(items, as_of):
            lines = [f"Source: {_source(item)}" for item in items]
            return "\n".join([*lines, f"As of {as_of.isoformat()}"] if as_of else lines)
        case Image(alt=alt):
            return f"Picture: {alt}"
        case Attachment(name=name):
            return f"File: {name}"
        case Buttons(buttons):
            return _buttons(buttons)
        case Divider():
            return ""


def _buttons(buttons: Sequence[Button]) -> str:
    listed = any(button.hint for button in buttons)
    return ("\n" if listed else " ").join(f"[{button.label}] {button.hint}".rstrip() for button in buttons)


def plain_markdown(markdown: str) -> str:
    """CommonMark as plain words; links as ``words (address)``, list items behind a bullet."""
    lines: list[str] = []
    bullet = ""
    for token in _MARKDOWN.parse(markdown):
        if token.type == "list_item_open":
            bullet = f"{token.info}. " if token.info else "• "
        elif token.type == "inline":
            lines.append(bullet + "".join(_inline(token.children or ())))
            bullet = ""
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip())
    return "\n".join(lines)


def _inline(tokens: Iterable[Token]) -> Iterator[str]:
    address = ""
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                yield token.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "link_open":
                address = str(token.attrs["href"])
            case "link_close":
                yield f" ({address})"


def _source(source: Source) -> str:
    return ", ".join(part for part in (source.title, source.locator, source.url) if part)
