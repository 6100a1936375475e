"""What the safe space shows, word for word: a change here is a change of what people were promised."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.chat.actions import NoPayload
from bot.chat.cards import Block, Button, Facts, Quote
from bot.chat.plain import plain_block, plain_card
from bot.concerns import cards
from bot.concerns.model import Going, Guide, OutsideChannel, Thread, Words
from bot.concerns.receipt import Kept, Receipt

RECEIPT = Receipt(("abacus", "abdomen", "abdominal", "abide", "abiding", "ability"))
GUIDE = Guide(("Support triage", "Hiring"), (OutsideChannel("Ombudsperson", "https://ombuds.example"),), 90)
WHEN = Going(datetime(2026, 11, 24, 9, 5, tzinfo=UTC), datetime(2026, 11, 25, 10, 0, tzinfo=UTC))
WAITS = (
    "It goes to the council with the next release, on Tue 24 Nov 2026 at 09:05 UTC at the earliest, if enough people "
    "have used me by then for you to hide among, and on Wed 25 Nov 2026 at 10:00 UTC in any case."
)


def said(blocks: Iterable[Block]) -> list[str]:
    return [plain_block(block) for block in blocks]


def test_the_receipt_is_shown_with_what_to_do_with_it() -> None:
    card = cards.receipt_card(Kept(RECEIPT, "vocally-banter"), WHEN, 90)
    assert card.fallback == "Your concern is kept. Write the receipt down."
    assert Facts((("Receipt", RECEIPT.text),), exact=True) in card.blocks
    assert plain_card(card).split("\n\n") == [
        "Your concern is kept",
        f"Receipt: {RECEIPT.text}",
        (
            "Write these six words down, away from this chat. They are the only way to read what the council writes to "
            "you and to add something. Nobody can give them to you again, because nothing is kept of who you are."
        ),
        f"{WAITS} It is forgotten 90 days after it is resolved, unless the council says otherwise.",
        (
            "Note vocally-banter too: the council calls your concern so. Only the council sees it; if it puts an "
            "answer on the answers board for everybody, you find it there by that name, without the six words."
        ),
    ]


WAITING = "The council has not been given your concern yet."
UNANSWERED = "The council has your concern and has not written to you yet."


@pytest.mark.parametrize(
    ("thread", "added", "told"),
    [
        (Thread("a-b", False, (), 0), False, [f"{WAITING} {WAITS}"]),
        (
            Thread("a-b", False, (), 2),
            True,
            [
                f"What you added is kept. {WAITS}",
                "Messages of yours that wait for the next release: 2.",
                WAITING,
            ],
        ),
        (Thread("a-b", True, (), 0), False, [UNANSWERED]),
        (
            Thread("a-b", True, (Words("Yes."), Words("Done.")), 1),
            False,
            [
                "Messages of yours that wait for the next release: 1.",
                "The council has your concern. This is what it wrote:",
                "The council:\n> Yes.",
                "The council:\n> Done.",
            ],
        ),
    ],
)
def test_a_receipt_shows_how_far_a_concern_is(thread: Thread, added: bool, told: list[str]) -> None:
    card = cards.thread_card(thread, added, WHEN)
    assert card.title == "Your concern, a-b"
    assert said(card.blocks) == told
    assert [(each.label, each.action.name, each.opens_form) for each in card.buttons] == [
        ("Write back" if thread.replies else "Add something", "concerns.follow/1", True)
    ]


def test_where_the_end_comes_before_the_next_release_one_time_is_told() -> None:
    when = Going(WHEN.latest, WHEN.latest)
    waits = said(cards.thread_card(Thread("a-b", False, (), 0), False, when).blocks)
    assert waits == [f"{WAITING} It goes to the council on Wed 25 Nov 2026 at 10:00 UTC."]


def test_at_once_says_at_once() -> None:
    added = said(cards.thread_card(Thread("a-b", True, (), 0), True, None).blocks)[0]
    assert added == "What you added is kept. It goes to the council at once."
    on_its_way = cards.thread_card(Thread("a-b", True, (), 2), False, None)
    assert said(on_its_way.blocks) == [UNANSWERED]  # nothing of it waits for a release


def test_privacy_explains_the_rows_it_shows() -> None:
    card = cards.privacy_card("It fails.", {"id": "c", "key": bytes(range(40))}, {"turn": 0, "for_author": None})
    assert Quote("It fails.") in card.blocks
    assert [block.exact for block in card.blocks if isinstance(block, Facts)] == [True, True]
    assert plain_card(card).split("\n\n") == [
        "What a concern becomes",
        (
            "No name, no place, no time; only of a concern that goes at once its batch keeps when that was. If "
            "somebody raised this concern just now:"
        ),
        "> It fails.",
        (
            "these two rows are all that the database would keep of it until its release; the council's case comes "
            "after that. They were made for you the way every concern's rows are, and thrown away. The first leads the "
            "holder of the receipt to the answers:"
        ),
        "id: c\nkey: 000102030405060708090a0b… (40 bytes)",
        "The second holds what was written:",
        "turn: 0\nfor_author: empty",
        (
            "The ids are random. lookup and author_key come from the six words of the receipt, which are not kept. "
            "batch says with which release it goes (always 1 here, or you could count the others), turn that it comes "
            "first. once tells the same form sent twice. for_council is what was written, filled up to one size and "
            "sealed; the key lies outside the database. for_author is for what the council writes."
        ),
        (
            "What no row holds may still be known elsewhere: your chat platform and your employer may see that you "
            "used the bot. The page on anonymity in the bot's documentation (docs/anonymity.md) tells more, with "
            "figures."
        ),
    ]
    assert "(8,240 bytes)" in plain_card(cards.privacy_card("x", {"sealed": bytes(8_240)}, {}))


def test_the_bots_own_page_offers_both_doors() -> None:
    part = cards.home_part()
    assert said(part.blocks) == ["Something is going wrong? Say it without your name; the council answers."]
    assert part.buttons == (
        Button("Raise a concern", cards.RAISE(NoPayload()), opens_form=True),
        Button("Use a receipt", cards.FOLLOW(NoPayload()), opens_form=True),
    )
