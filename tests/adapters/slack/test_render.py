"""How each part of a card and of a form looks in Slack."""

from datetime import date

import pytest

from adapters.shapes import Json, objects
from adapters.slack.body import drawn_body
from adapters.slack.controls import drawn_buttons, read_press
from adapters.slack.render import drawn_blocks, drawn_view, waiting_view
from bot.chat.actions import Pressed
from bot.chat.cards import Attachment, Block, Button, Card, Confirm, Divider, Facts, Image, Quote, Source, Sources, Text
from tests.adapters.slack.looking import leaves
from tests.doubles.slack.seen import seen_blocks

GO = Pressed("hours.book/1", "{}")


def drawn_block(block: Block) -> list[Json]:
    return drawn_body([block])


def look(*blocks: Block) -> str:
    """What somebody sees of blocks, in words."""
    return seen_blocks([each for block in blocks for each in drawn_block(block)])


def kinds(blocks: list[Json]) -> list[str]:
    return [str(block["type"]) for block in blocks]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def test_a_card_is_a_header_its_blocks_and_its_buttons_last() -> None:
    card = Card("Case amber-lantern", (Quote("It drops people", by="The author"),), (Button("Claim", GO),))
    blocks = drawn_blocks(card)
    assert kinds(blocks) == ["header", "rich_text", "actions"]
    assert seen_blocks(blocks) == "Case amber-lantern\n\nThe author\n> It drops people\n\n[Claim]"


def test_a_card_of_one_line_is_a_line_and_no_headline() -> None:
    blocks = drawn_blocks(Card("Case amber-lantern: engineer claimed it"))
    assert kinds(blocks) == ["rich_text"]
    assert seen_blocks(blocks) == "Case amber-lantern: engineer claimed it"


def test_a_title_too_long_for_a_header_is_there_in_full_below_it() -> None:
    title = "May we " + "really " * 30 + "do this?"
    header, below, *_ = drawn_blocks(Card(title, (Text("No."),)))
    assert str(header["text"]["text"]).endswith("really…")  # type: ignore[index]
    assert len(header["text"]["text"]) <= 150  # type: ignore[index]
    assert seen_blocks([below]) == title


def test_a_modal_has_its_title_in_its_frame_or_as_a_header_where_that_is_too_narrow() -> None:
    assert drawn_view(Card("Thank you", (Text("Noted."),)))["title"] == plain("Thank you")
    long = drawn_view(Card("Your office hour is booked", (Text("Noted."),)))
    assert long["title"] == plain("RAI Office Hours")
    assert "Your office hour is booked" in seen_blocks(long["blocks"])  # type: ignore[arg-type]


def test_a_modal_with_nothing_to_say_says_that_it_is_done_and_one_that_waits_says_so() -> None:
    assert list(leaves(drawn_view(Card("Sent"))["blocks"])) == ["Done."]
    assert "keep this window open" in seen_blocks(waiting_view()["blocks"])  # type: ignore[arg-type]


def test_our_words_keep_their_format() -> None:
    markdown = "**Bold**, *italic*, `code`, [a link](https://example.org/a)  \nand a\nbreak"
    (block,) = drawn_block(Text(markdown))
    assert list(objects(block["elements"][0], "elements")) == [  # type: ignore[index]
        {"type": "text", "text": "Bold", "style": {"bold": True}},
        {"type": "text", "text": ", "},
        {"type": "text", "text": "italic", "style": {"italic": True}},
        {"type": "text", "text": ", "},
        {"type": "text", "text": "code", "style": {"code": True}},
        {"type": "text", "text": ", "},
        {"type": "link", "url": "https://example.org/a", "text": "a link"},
        {"type": "text", "text": "\n"},
        {"type": "text", "text": "and a"},
        {"type": "text", "text": " "},
        {"type": "text", "text": "break"},
    ]


def test_lists_keep_their_numbers_and_their_depth() -> None:
    (block,) = drawn_block(Text("3. three\n4. four\n\n   - deep\n"))
    third, deep = objects(block, "elements")
    assert (third["style"], third["offset"], len(list(objects(third, "elements")))) == ("ordered", 2, 2)
    assert (deep["style"], deep["indent"]) == ("bullet", 1)


def test_quotes_and_code_of_ours_stand_apart_and_html_is_no_more_than_its_letters() -> None:
    drawn = drawn_block(Text("> said\n\n```\nx = 1\n\n```\n\n<div>no</div>\n"))
    elements = [element["type"] for block in drawn for element in objects(block, "elements")]
    assert elements == ["rich_text_quote", "rich_text_preformatted", "rich_text_preformatted"]
    assert "<b>no</b>" in look(Text("<b>no</b>"))
    assert look(Text("[here](javascript:alert(1))")) == "[here](javascript:alert(1))"
    assert look(Text("[here](ftp://example.org)")) == "here"
    assert drawn_block(Text("\u200b")) == drawn_block(Text("```\n```")) == []


def test_what_a_person_wrote_mentions_nobody_and_formats_nothing() -> None:
    words = "<!channel> <@U1> *bold* :smile: https://evil.example"
    (block,) = drawn_block(Quote(words))
    assert block["elements"] == [{"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}]
    assert drawn_block(Quote(" ")) == []


def test_short_facts_are_fields_side_by_side() -> None:
    (block,) = drawn_block(Facts((("State", "open"), ("Owner", "nobody yet"))))
    assert block == {
        "type": "section",
        "fields": [
            {"type": "mrkdwn", "text": "*State*\nopen", "verbatim": True},
            {"type": "mrkdwn", "text": "*Owner*\nnobody yet", "verbatim": True},
        ],
    }


@pytest.mark.parametrize("value", ["<!channel>", "*all*", "~no~", "`x`", "a_b_c", "evil.example", ":smile:", "@here"])
def test_a_fact_that_slack_could_format_is_drawn_plain(value: str) -> None:
    (block,) = drawn_block(Facts((("With", value), ("Or", value))))
    assert next(objects(block, "fields")) == {"type": "plain_text", "text": f"With\n{value}", "emoji": False}
    (block,) = drawn_block(Facts((("With", value), ("When", "today"))))
    (section,) = objects(block, "elements")
    assert {"type": "text", "text": f"  {value}"} == list(objects(section, "elements"))[1]


def test_eleven_facts_are_two_sections_and_long_ones_stand_one_under_the_other() -> None:
    assert [len(list(objects(each, "fields"))) for each in drawn_block(Facts((("Day", "x"),) * 11))] == [10, 1]
    words = "a value far too long to stand beside another one, however wide the window is"
    assert look(Facts((("1", "One"), ("2", "Two")))) == "1  One\n2  Two"
    assert look(Facts((("Said", words), ("", "nobody"), ("Then", ""), ("", "")))) == f"Said  {words}\nnobody\nThen"
    assert drawn_block(Facts(())) == []


def test_sources_are_links_with_their_place_and_the_day() -> None:
    nist = Source("NIST AI RMF", "https://www.nist.gov/a?b=1&c=2", "section 3.7")
    (one,) = drawn_block(Sources((nist,), date(2026, 11, 1)))
    words = "Source, as of 2026-11-01\n1 <https://www.nist.gov/a?b=1&amp;c=2|NIST AI RMF>, section 3.7"
    assert one["elements"] == [{"type": "mrkdwn", "text": words, "verbatim": True}]
    other = Source("A *title*", "no address")
    (several,) = drawn_block(Sources((nist, other, Source("", "https://example.org/x"))))
    assert list(leaves(several)) == ["Sources", "1 NIST AI RMF, section 3.7", "2 A *title*, no address", "3 Source"]
    assert [len(list(objects(each, "elements"))) for each in drawn_block(Sources((other,) * 10))] == [10, 1]


def test_pictures_have_words_and_files_have_names() -> None:
    url = "https://example.org/bars.png"
    assert drawn_block(Image(url, "Two bars")) == [{"type": "image", "image_url": url, "alt_text": "Two bars"}]
    assert drawn_block(Image(url, ""))[0]["alt_text"] == "A picture"
    assert look(Image("http://example.org/bars.png", "Two bars")) == "Picture: Two bars"
    assert look(Attachment("office-hour.ics", "text/calendar", "BEGIN")) == "File: office-hour.ics"
    assert drawn_block(Divider()) == [{"type": "divider"}]


def test_a_button_says_what_it_does_and_asks_before_what_cannot_be_undone() -> None:
    ask = Confirm("Cancel this hour?", "Cancel it", "Keep it")
    (row,) = drawn_buttons((Button("Cancel", GO, "danger", confirm=ask), Button("Book", GO, "primary", True)))
    cancel, book = objects(row, "elements")
    assert "style" not in cancel
    assert cancel["confirm"] == {
        "style": "danger",
        "title": plain("Please confirm"),
        "text": plain("Cancel this hour?"),
        "confirm": plain("Cancel it"),
        "deny": plain("Keep it"),
    }
    assert (book["style"], book["action_id"], book["value"]) == ("primary", "hours.book/1#1#form", "{}")


def test_a_long_label_is_cut_at_a_word_and_an_empty_one_can_still_be_pressed() -> None:
    (row,) = drawn_buttons((Button("word " * 30, GO), Button("\u200b", GO)))
    long, empty = objects(row, "elements")
    assert long["text"] == plain("word " * 13 + "word…")
    assert long["accessibility_label"] == "word " * 13 + "word…"
    assert empty["text"] == plain("…")


def test_from_the_sixth_on_what_a_menu_can_carry_is_in_one() -> None:
    offered = [Button(f"Verdict {number}", Pressed("questions.rate/2", str(number))) for number in range(6)]
    first, second = drawn_buttons([*offered[:4], Button("Form", GO, opens_form=True), *offered[4:]])
    assert [each["type"] for each in objects(first, "elements")] == ["button"] * 5
    (menu,) = objects(second, "elements")
    assert menu["type"] == "overflow"
    assert [option["text"] for option in objects(menu, "options")] == [plain("Verdict 4"), plain("Verdict 5")]


def test_many_buttons_that_no_menu_can_carry_stand_in_rows() -> None:
    rows = drawn_buttons([Button("Stop", GO, "danger")] * 12)
    assert [len(list(objects(row, "elements"))) for row in rows] == [5, 5, 2]


def test_a_press_that_is_none_of_ours_is_told() -> None:
    with pytest.raises(ValueError, match="no button of ours"):
        read_press({"action_id": "somebody-else", "value": "x"})
