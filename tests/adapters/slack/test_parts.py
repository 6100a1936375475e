"""A card as messages: what each says aloud, what fits into one, and what goes on in the next."""

from html import unescape

import pytest

from adapters.passages import pieces
from adapters.slack.parts import LONGEST_EDIT, LONGEST_TEXT, cut, escaped, parts
from adapters.slack.render import LEFT_OUT, drawn_home, drawn_view
from bot.chat.actions import Pressed
from bot.chat.cards import Button, Card, Divider, Facts, Image, Quote, Source, Sources, Text
from tests.adapters.slack.looking import leaves, problems_in_view, problems_of
from tests.doubles.slack.seen import seen_blocks

GO = Pressed("hours.book/1", "{}")


def test_a_card_of_nothing_but_buttons_is_one_message() -> None:
    (part,) = parts(Card("Office hours", (), (Button("Book", GO),)))
    assert [block["type"] for block in part.blocks] == ["header", "actions"]


def test_words_are_cut_after_a_space_and_where_there_is_none_in_the_middle() -> None:
    assert list(pieces("one two three", 8)) == ["one two ", "three"]
    assert list(pieces("one\ntwo", 5)) == ["one\n", "two"]
    assert list(pieces("abcdefgh", 3)) == ["abc", "def", "gh"]
    assert list(pieces("", 3)) == []


def test_the_text_says_everything_for_those_who_hear_it() -> None:
    card = Card(
        "Case <1>",
        (
            Text("**Bold** & [link](https://example.org)\n\n- item"),
            Facts((("State", "open"), ("Owner", "me"))),
            Quote("Hi\nthere", by="Jonas"),
            Image("https://example.org/x.png", "Bars"),
            Divider(),
            Sources((Source("NIST", "https://example.org", "p. 1"),)),
        ),
        (Button("Claim", GO),),
        fallback="Case 1 is open.",
    )
    (part,) = parts(card)
    assert "<" not in part.text
    assert unescape(part.text) == "\n\n".join(
        (
            "Case 1 is open.",
            "Case <1>",
            "Bold & link (https://example.org)\n• item",
            "State: open\nOwner: me",
            "Jonas\n> Hi\n> there",
            "Picture: Bars",
            "Source\n1 <https://example.org|NIST>, p. 1",
            "[Claim]",
        )
    )


def test_a_long_card_goes_on_in_further_messages_cut_at_words() -> None:
    words = " ".join(f"word{number}" for number in range(2_500))
    first, *more = parts(Card("A long answer", (Quote(words),), (Button("Claim", GO),)))
    assert seen_blocks(first.blocks).startswith("A long answer\n\n> word0 ")
    assert seen_blocks(first.blocks).endswith("Continues below.\n\n[Claim]")
    said = "".join(leaves([part.blocks for part in (first, *more)]))
    assert all(f"word{number}" in said for number in range(2_500))
    assert [problems_of(part) for part in (first, *more)] == [[]] * (1 + len(more))


def test_every_row_of_buttons_has_room_below_as_many_blocks_as_slack_takes() -> None:
    blocks = (Text("One"), Divider()) * 40
    first, *more = parts(Card("Much", blocks, tuple([Button("Stop", GO, "danger")] * 20)))
    assert problems_of(first) == [problem for problem in problems_of(first) if "used twice" in problem]
    assert len(first.blocks) == 50
    assert sum(len(part.blocks) for part in more) == 80 - (50 - 2 - 4)


def test_a_text_of_signs_that_must_be_escaped_stays_short_enough() -> None:
    first, *_ = parts(Card("Signs", (Quote("&" * 11_000),)))
    assert LONGEST_TEXT - 100 < len(first.text.encode()) <= LONGEST_TEXT
    assert first.text.endswith("&amp;…")


@pytest.mark.parametrize("words", ["fairness ", "&", "公平性", "a" * 5_000, "one\nline\n", "Größe <b> & 公平 "])
def test_an_edit_says_as_much_as_it_may_and_cuts_through_no_sign(words: str) -> None:
    whole = escaped(words * 4_000)
    short = cut(whole, LONGEST_EDIT)
    assert LONGEST_EDIT - 100 < len(short.encode()) <= LONGEST_EDIT
    assert whole.startswith(short[:-1])
    assert short.endswith("…")
    assert escaped(unescape(short)) == short
    assert cut(short, LONGEST_EDIT) == short


def test_an_edit_is_cut_at_a_word() -> None:
    assert cut("one two three", 12) == "one two…"


def test_a_window_with_too_much_keeps_its_buttons_and_says_what_is_missing() -> None:
    many = Card("Much", (Text("One"), Divider()) * 60, (Button("Claim", GO),))
    for view in (drawn_view(many, LEFT_OUT), drawn_home(many)):
        assert problems_in_view(view) == []
        assert seen_blocks(view["blocks"]).endswith(f"{LEFT_OUT}\n\n[Claim]")  # type: ignore[arg-type]
    heavy = drawn_view(Card("Much", (Quote("語" * 2_000),) * 90, (Button("Claim", GO),)))
    assert problems_in_view(heavy) == []
    short = drawn_view(Card("Much", (Quote("word"),) * 150, (Button("Claim", GO),)))
    assert LEFT_OUT not in list(leaves(short["blocks"]))
    assert list(leaves(short["blocks"])).count("word") == 150
