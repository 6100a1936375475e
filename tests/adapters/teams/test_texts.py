"""How words become Teams' own: ours in its Markdown, everything else letter by letter."""

import pytest

from adapters.passages import ours
from adapters.shapes import Json, objects, word
from adapters.teams.texts import drawn, escaped, heading, is_plain, literal, literals, plain, runs
from tests.adapters.teams.looking import seen


def texts(markdown: str) -> list[Json]:
    return drawn(ours(markdown))


def test_our_words_keep_their_format() -> None:
    (block,) = texts("**Bold**, *italic* and [a link](https://example.org/a).")
    assert block == {
        "type": "TextBlock",
        "text": "**Bold**, _italic_ and [a link](https://example.org/a).",
        "wrap": True,
    }


def test_paragraphs_stand_apart_and_a_heading_close_to_its_own() -> None:
    first, head, second = texts("First.\n\n# Head\n\nSecond.")
    assert (first["text"], head["text"], second["text"]) == ("First.", "**Head**", "Second.")
    assert ("spacing" in head, second["spacing"]) == (False, "small")


def test_a_list_is_teams_own_with_its_numbers_and_depth() -> None:
    (block,) = texts("- one\n- two\n  - deep\n")
    assert block["text"] == "- one\r- two\r   - deep"
    (numbered,) = texts("3. three\n4. **four**\n")
    assert numbered["text"] == "3. three\r4. **four**"


@pytest.mark.parametrize(
    "words", ["a `code`", "2 \\* 3", "snake\\_case", "a  \nbreak", "{{DATE(x)}}", "**a**b*c*", "&amp;lt;"]
)
def test_what_could_be_read_as_more_is_drawn_in_runs(words: str) -> None:
    (block,) = texts(words)
    assert block["type"] == "RichTextBlock"
    assert "".join(word(run, "text") for run in objects(block, "inlines")) == "".join(
        run.text for passage in ours(words) for run in passage.runs
    )


def test_runs_keep_their_style_and_their_link() -> None:
    (block,) = texts("**bold** *so* `/rai` [here](https://example.org) [there](http://example.org)")
    styled = [run for run in objects(block, "inlines") if word(run, "text").strip()]
    assert styled == [
        {"type": "TextRun", "text": "bold", "weight": "bolder"},
        {"type": "TextRun", "text": "so", "italic": True},
        {"type": "TextRun", "text": "/rai", "fontType": "monospace"},
        {"type": "TextRun", "text": "here", "selectAction": {"type": "Action.OpenUrl", "url": "https://example.org"}},
        {"type": "TextRun", "text": "there (http://example.org)"},
    ]


def test_a_list_that_markdown_would_change_has_bullets_of_its_own() -> None:
    first, second, deep = texts("3. a \\*\n4. b\n\n   - deep\n")
    assert [seen({"items": [each]}).replace("\n", "") for each in (first, second, deep)] == [
        "3. a *",
        "4. b",
        "\xa0\xa0\xa0\xa0• deep",
    ]
    assert (second["spacing"], deep["spacing"]) == ("small", "small")


def test_code_in_a_list_is_plain_so_that_the_list_stays_one() -> None:
    (block,) = texts("1. Run `rai kb check`.\n2. Read **it**.")
    assert block["text"] == "1. Run rai kb check.\r2. Read **it**."


def test_quotes_and_code_of_ours_stand_apart_and_html_is_no_more_than_its_letters() -> None:
    quote, code, html = texts("> said\n\n```\nx  = 1\n```\n\n<div>no</div>\n")
    assert [each["style"] for each in (quote, code, html)] == ["emphasis"] * 3
    assert seen(code) == "x\xa0 = 1"
    (block,) = objects(code, "items")
    assert [run["fontType"] for run in objects(block, "inlines")] == ["monospace"]
    assert seen(html) == "<div>no</div>"
    assert texts("\u200b") == []


def test_long_words_go_on_in_the_next_element_with_nothing_lost() -> None:
    words = " ".join(f"word{number}" for number in range(1_500))
    blocks = texts(f"**{words}** and *{words}*")
    assert len(blocks) > 2
    assert {each.get("spacing") for each in blocks[1:]} == {"none"}
    assert seen({"items": blocks}).replace("\n", "").replace(" ", "") == f"{words}and{words}".replace(" ", "")
    items = texts("\n".join(f"- {words[:2_000]}" for _ in range(3)))
    assert [word(each, "text").count("\r") for each in items] == [0, 0, 0]
    assert len(texts(f"- {words}")) == len(list(literals(words)))


def test_nothing_is_computed_and_nobody_mentioned_but_the_letters_stay() -> None:
    words = "{{DATE(2026-11-22T09:30:00Z)}} ${x} <at>Jonas</at> {{{"
    pieces = [word(run, "text") for run in runs(words)]
    assert "".join(pieces) == words
    assert not any(mark in piece for piece in pieces for mark in ("{{", "${", "<at", "</at"))
    assert plain(words, 100).replace("\u200b", "") == words
    assert "{{" not in plain(words, 100)
    assert plain("\u200b", 10) == "…"


@pytest.mark.parametrize(
    "text",
    [
        "*a*",
        "a_b",
        "[x](y)",
        "# a",
        "- a",
        "+ a",
        "1. a",
        "2) a",
        "a\nb",
        "~a~",
        "a|b",
        "<b>",
        "&lt;",
        "=",
        "`a`",
        "\\",
        ":x",
    ],
)
def test_a_text_with_a_mark_is_not_plain(text: str) -> None:
    assert not is_plain(text)


@pytest.mark.parametrize(
    "text",
    ["Thu 26 Nov 2026, 15:00–15:30 Europe/Berlin", "R&D", "What? (yes!)", "3.7 of 4", "a - b", "日本語", "/rai ask"],
)
def test_a_text_without_is(text: str) -> None:
    assert is_plain(text)
    assert [passage.runs[0].text for passage in ours(text)] == [text]


def test_a_headline_is_one_to_screen_readers_unless_it_could_be_read_as_marks() -> None:
    assert heading("Case amber-lantern")[0]["style"] == "heading"
    (unsafe,) = heading("Is *this* fair?")
    assert (unsafe["type"], seen({"items": [unsafe]})) == ("RichTextBlock", "\nIs *this* fair?".strip())


def test_words_in_a_text_that_may_be_read_as_markdown_are_escaped() -> None:
    words = "# *a* [b](c) <d> `e` _f_ ~g~"
    (passage,) = ours(escaped(words, 200))
    assert "".join(run.text for run in passage.runs) == words
    assert literal("a", isVisible=True) == {
        "type": "RichTextBlock",
        "inlines": [{"type": "TextRun", "text": "a"}],
        "isVisible": True,
    }
