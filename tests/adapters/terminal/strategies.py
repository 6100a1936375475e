"""Cards and words that try to break the screen, for hypothesis."""

from hypothesis import strategies as st

from bot.chat.actions import Pressed
from bot.chat.cards import (
    Attachment,
    Block,
    Button,
    Buttons,
    Card,
    Confirm,
    Divider,
    Facts,
    Image,
    Quote,
    Source,
    Sources,
    Text,
)

HOSTILE = (
    "\x1b[31m",
    "\x1b]8;;https://evil.example\x07",
    "\x9b2J",
    "\x07",
    "\r",
    "\b\b\b",
    "\u202e",
    "&#27;[2J",
    "&#x9b;",
    "&#8238;",
    "[bold red]",
    "[link=https://evil.example]",
    "![x](y)",
    "```\n\x1b[2J\n```",
    "| a |\n|---|\n| b |",
    "# head\n",
    "> > ",
    "\t",
    "日本語",
    ":smile:",
)

words = st.text(max_size=30)
hostile_words = st.lists(
    st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=()), max_size=8), max_size=5
).map("".join)


def blocks(text: st.SearchStrategy[str]) -> dict[type[Block], st.SearchStrategy[Block]]:
    """Blocks, by their kind."""
    source = st.builds(Source, text, text, text)
    return {
        Text: st.builds(Text, text),
        Facts: st.builds(Facts, st.lists(st.tuples(text, text), max_size=3).map(tuple)),
        Quote: st.builds(Quote, text, text),
        Sources: st.builds(Sources, st.lists(source, max_size=2).map(tuple), st.none() | st.dates()),
        Divider: st.just(Divider()),
        Image: st.builds(Image, text, text),
        Attachment: st.builds(Attachment, text, text, text),
        Buttons: st.builds(Buttons, st.lists(buttons(text), max_size=2).map(tuple)),
    }


def buttons(text: st.SearchStrategy[str]) -> st.SearchStrategy[Button]:
    """Buttons of every style."""
    confirm = st.none() | st.builds(Confirm, text, text, text)
    styles = st.sampled_from(("plain", "primary", "danger"))
    return st.builds(Button, text, st.builds(Pressed, text, text), styles, st.booleans(), confirm, text)


def cards(text: st.SearchStrategy[str]) -> st.SearchStrategy[Card]:
    """Cards of everything."""
    block = st.one_of(*blocks(text).values())
    last = st.lists(buttons(text), max_size=4).map(tuple)
    return st.builds(Card, text, st.lists(block, max_size=4).map(tuple), last, text)
