"""A card in plain words carries everything the card says."""

from datetime import date

from bot.chat.actions import Pressed
from bot.chat.cards import Attachment, Button, Card, Divider, Facts, Image, Quote, Source, Sources, Text
from bot.chat.plain import plain_card, plain_markdown


def test_every_block_is_said() -> None:
    card = Card(
        "Title",
        (
            Text("**Bold** and [a link](https://example.org/x)\nnext line\n\n- one\n- `two`"),
            Facts((("State", "open"),)),
            Quote("line one\nline *two*", by="The author"),
            Quote("alone"),
            Sources((Source("Paper", "https://example.org/p", "section 2"),), date(2026, 11, 22)),
            Sources((Source("Page", "https://example.org/q"),)),
            Divider(),
            Image("https://example.org/i.png", "a chart"),
            Attachment("hour.ics", "text/calendar", "BEGIN"),
        ),
        (Button("Go", Pressed("desk.go/1", "{}")),),
    )
    assert plain_card(card) == (
        "Title\n\nBold and a link (https://example.org/x)\nnext line\n• one\n• two\n\nState: open\n\n"
        "The author:\n> line one\n> line *two*\n\n> alone\n\n"
        "Source: Paper, section 2, https://example.org/p\nAs of 2026-11-22\n\nSource: Page, https://example.org/q\n\n"
        "Picture: a chart\n\nFile: hour.ics\n\n[Go]"
    )


def test_lists_and_code_keep_their_shape() -> None:
    assert plain_markdown("1. first\n2. second\n\n```\ncode\n```\n\n    more") == "1. first\n2. second\ncode\nmore"
