"""How each part of a card looks in Teams."""

from datetime import date

import pytest

from adapters.shapes import Json, objects, word
from adapters.teams.body import drawn_body
from adapters.teams.render import drawn_card, drawn_dialog, waiting_card
from bot.chat.actions import Pressed
from bot.chat.cards import Attachment, Block, Button, Buttons, Card, Divider, Facts, Image, Quote, Source, Sources, Text
from tests.adapters.teams.looking import actions, problems_of, seen
from tests.doubles.teams.cards import Surface

GO = Pressed("hours.book/1", "{}")
NIST = Source("NIST AI RMF", "https://www.nist.gov/a?b=1&c=2", "section 3.7")


def body_of(card: Card, surface: Surface = "message") -> list[Json]:
    drawn = drawn_card(card, surface)
    assert problems_of(drawn, surface) == []
    return list(objects(drawn, "body"))


def block(*blocks: Block) -> list[Json]:
    """Blocks as they stand below a headline."""
    return body_of(Card("Title", (Text("Above."), *blocks)))[2:]


def look(*blocks: Block) -> str:
    """What somebody sees of blocks, in words."""
    return seen({"body": drawn_body(blocks, "message")})


def types(elements: list[Json]) -> list[str]:
    return [word(each, "type") for each in elements]


def test_a_card_is_a_headline_its_blocks_and_its_buttons_last() -> None:
    card = Card("Case amber-lantern", (Quote("It drops people", by="The author"),), (Button("Claim", GO, "primary"),))
    body = body_of(card)
    assert types(body) == ["TextBlock", "RichTextBlock", "Container", "ActionSet"]
    assert seen({"body": body}) == "Case amber-lantern\nThe author\nIt drops people"


def test_a_card_says_which_version_and_language_it_is_and_all_of_it_in_plain_words() -> None:
    drawn = drawn_card(Card("Case *one*", (Text("It **is** open."),), (Button("Claim", GO),)), "message")
    assert (drawn["type"], drawn["version"], drawn["lang"]) == ("AdaptiveCard", "1.5", "en")
    assert drawn["$schema"] == "http://adaptivecards.io/schemas/adaptive-card.json"
    assert drawn["fallbackText"] == "Case \\*one\\*\n\nIt is open.\n\n\\[Claim\\]"


def test_a_card_with_much_to_say_is_as_wide_as_the_chat_and_one_of_a_sentence_is_not() -> None:
    much, little = Card("Title", (Text("word " * 80),)), Card("Title", (Text("A word."),))
    assert drawn_card(much, "message")["msteams"] == {"width": "Full"}
    assert "msteams" not in drawn_card(little, "message")
    assert "msteams" not in drawn_card(much, "dialog")


def test_a_card_of_one_line_is_a_line_and_no_headline() -> None:
    (line,) = body_of(Card("Case amber-lantern: engineer claimed it"))
    assert line == {
        "type": "RichTextBlock",
        "inlines": [{"type": "TextRun", "text": "Case amber-lantern: engineer claimed it"}],
    }


def test_a_dialog_has_its_title_in_its_frame_or_as_a_headline_where_that_is_too_narrow() -> None:
    short, long = Card("Thank you", (Text("Noted."),)), Card("May we really " * 5 + "do this?", (Text("No."),))
    assert seen({"body": body_of(short, "dialog")}) == "Noted."
    assert seen({"body": body_of(long, "dialog")}).startswith("May we really")
    assert drawn_dialog("Thank you", {"type": "AdaptiveCard"}) == {
        "title": "Thank you",
        "width": "medium",
        "height": "medium",
        "card": {"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard"}},
    }
    assert drawn_dialog(long.title, {}, wide=True)["title"] == "RAI Office Hours"
    assert drawn_dialog("{{DATE(x)}}", {})["title"] == "{\u200b{DATE(x)}}"


def test_a_dialog_with_nothing_to_say_says_that_it_is_done_and_one_that_waits_says_so() -> None:
    assert seen({"body": body_of(Card("Sent"), "dialog")}) == "Done."
    waiting = waiting_card({"rai": {"wait": "5"}})
    assert problems_of(waiting, "dialog") == []
    assert "What you asked for is kept" in seen(waiting)
    assert [each["data"] for each in actions(waiting)] == [{"rai": {"wait": "5"}}]


@pytest.mark.parametrize(
    "words", ["<at>Jonas</at>", "**bold** [x](https://evil.example)", "{{DATE(2026-11-22T09:30:00Z)}}"]
)
def test_what_a_person_wrote_mentions_nobody_and_formats_nothing(words: str) -> None:
    (frame,) = block(Quote(words))
    (inside,) = objects(frame, "items")
    assert (frame["style"], inside["type"]) == ("emphasis", "RichTextBlock")
    assert "".join(word(run, "text") for run in objects(inside, "inlines")) == words
    assert {name for run in objects(inside, "inlines") for name in run} == {"type", "text"}
    assert block(Quote(" ")) == []


def test_a_long_quote_goes_on_in_frames_right_below() -> None:
    named, first, second = block(Quote("word " * 1_000, by="The author"))
    assert (seen({"body": [named]}), first["spacing"], second["spacing"]) == ("The author", "small", "small")


def test_short_facts_stand_in_two_columns() -> None:
    (facts,) = block(Facts((("State", "open"), ("2026-11-24", "15:00–15:30"), ("1", "one"))))
    assert facts["type"] == "FactSet"
    assert next(objects(facts, "facts")) == {"title": "State", "value": "open"}
    (labelled,) = block(Facts((("Next step", "word " * 40),)))
    assert next(objects(labelled, "facts"))["title"] == "Next\xa0step"
    (named,) = block(Facts((("Free next, with Amina", "today"),)))
    assert next(objects(named, "facts"))["title"] == "Free next, with Amina"
    assert types(block(Facts((("Source", "https://example.org/a/long/one"),)))) == ["RichTextBlock", "RichTextBlock"]
    assert types(block(Facts((("Works council", "works-council@example.org"),)))) == ["RichTextBlock", "RichTextBlock"]
    assert types(block(Facts((("It does not help with", "x" * 61),)))) == ["RichTextBlock", "RichTextBlock"]


@pytest.mark.parametrize(
    "value",
    ["*all*", "a_b_c", "<at>Jonas</at>", "[x](y)", "{{DATE(x)}}", "two\nlines", "- item", ""],
)
def test_a_fact_that_teams_could_format_is_drawn_in_columns_of_letters(value: str) -> None:
    first, second = block(Facts((("With", value), ("When", "today"))))
    assert types([first, second]) == ["ColumnSet", "ColumnSet"]
    assert seen(first).replace("\n", "") == f"With{value}".replace("\n", "")
    widths = [[each["width"] for each in objects(row, "columns")] for row in (first, second)]
    assert widths == [["58px", "stretch"]] * 2


def test_long_facts_stand_one_under_the_other_and_empty_ones_nowhere() -> None:
    assert (
        look(Facts((("Said " * 10, "a"), ("", "nobody"), ("Then", ""), ("", ""))))
        == f"{('Said ' * 10).strip()}\na\nnobody\nThen"
    )
    assert types(block(Facts((("Said", "x" * 301), ("When", "today"))))) == ["RichTextBlock"] * 4
    assert block(Facts(())) == []


def test_a_value_to_copy_stands_in_a_frame_of_its_own_letter_by_letter() -> None:
    label, frame = block(Facts((("Receipt", "six_words *of* yours"),), exact=True))
    (inside,) = objects(frame, "items")
    assert (seen({"body": [label]}), frame["style"]) == ("Receipt", "emphasis")
    assert list(objects(inside, "inlines")) == [
        {"type": "TextRun", "text": "six_words *of* yours", "fontType": "monospace"}
    ]


def test_a_long_word_to_copy_is_broken_rather_than_cut_off_and_stays_as_it_is() -> None:
    _, frame = block(Facts((("lookup", "0123456789abcdef" * 4),), exact=True))
    (inside,) = objects(frame, "items")
    assert inside == {"type": "TextBlock", "text": "0123456789abcdef" * 4, "wrap": True, "fontType": "monospace"}
    for marks in ("a_" * 40, "{{DATE(" + "x" * 40, "<at>" + "x" * 40):
        _, frame = block(Facts((("lookup", marks),), exact=True))
        assert [each["type"] for each in objects(frame, "items")] == ["RichTextBlock"]


def test_sources_are_small_links_with_their_place_and_the_day() -> None:
    head, line = block(Sources((NIST,), date(2026, 11, 1)))
    assert seen({"body": [head]}) == "Source, as of 2026-11-01"
    assert line["spacing"] == "none"
    number, title, behind = objects(line, "inlines")
    assert title["selectAction"] == {"type": "Action.OpenUrl", "url": NIST.url}
    assert [word(each, "text") for each in (number, title, behind)] == ["1 ", "NIST AI RMF", ", section 3.7"]
    assert {each["size"] for each in (number, title, behind)} == {"small"}
    several = Sources((NIST, Source("A *title*", "http://example.org"), Source("", "https://example.org/x")))
    assert look(several).replace("\n", "|") == (
        "Sources|1 |NIST AI RMF|, section 3.7|2 A *title*, http://example.org|3 |Source"
    )
    assert block(Sources(())) == []


def test_pictures_have_words_and_files_have_names_and_say_where_they_come() -> None:
    url = "https://example.org/bars.png"
    assert block(Image(url, "Two bars")) == [{"type": "Image", "url": url, "altText": "Two bars", "size": "auto"}]
    assert block(Image(url, ""))[0]["altText"] == "A picture"
    assert look(Image("http://example.org/bars.png", "Two bars")) == "Picture: Two bars"
    words = look(Attachment("office-hour.ics", "text/calendar", "BEGIN"))
    assert words == "File: office-hour.ics\nThe file comes in our chat."


def test_a_line_is_drawn_between_what_it_parts_and_never_last() -> None:
    first, second = drawn_body((Text("One"), Divider(), Facts(()), Text("Two"), Divider()), "message")
    assert ("separator" in first, second["separator"], second["text"]) == (False, True, "Two")


def test_what_is_said_in_passing_stands_small() -> None:
    (aside,) = block(Text("*Not checked.*"))
    assert list(objects(aside, "inlines")) == [
        {"type": "TextRun", "text": "Not checked.", "size": "small", "isSubtle": True}
    ]


def test_buttons_stand_below_what_they_are_for_and_questions_are_told_apart_by_number() -> None:
    first, second = (Buttons((Button(label, GO),)) for label in ("One", "Two"))
    body = body_of(Card("Title", (Text("A"), first, Text("B"), second), (Button("Three", GO),)))
    assert types(body) == ["TextBlock", "TextBlock", "ActionSet", "TextBlock", "ActionSet", "ActionSet"]
