"""The safe space: what an author writes, keeps and reads; all of it in modals, so that it stands in no history."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.concerns import cards
from bot.concerns.model import Thread, Words
from bot.concerns.receipt import Receipt
from tests.showcase.scene import Pen, Scene

MARK = "ab1e" * 8
RELEASE = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
RECEIPT = Receipt(("walnut", "gravity", "tulip", "harbor", "cinema", "quilt"))


def concern(pen: Pen) -> str:
    """What somebody says is going wrong."""
    return pen.typed(
        "The scoring model for support tickets puts messages in broken English at the end of the queue. Customers who "
        "write in a second language wait three days longer. It was noticed in a review and put on no list."
    )


def reply(pen: Pen) -> Words:
    """What the council writes back."""
    return Words(
        pen.typed(
            "Thank you. We have the queue's figures now and see the same gap. Do you know since which version it is "
            "there? You need not say who you are; any hint at where to look helps."
        )
    )


def scenes(pen: Pen) -> Iterator[Scene]:
    """Every card and form of the room."""
    yield Scene("concerns.raise", cards.RAISE_FORM.form(MARK, initial={"words": concern(pen)}), "modal")
    yield Scene("concerns.raise-empty", cards.RAISE_FORM.form(MARK), "modal")
    yield Scene("concerns.follow", cards.FOLLOW_FORM.form(MARK), "modal")
    begun = {"receipt": RECEIPT.text, "words": pen.typed("It began with the release in September.")}
    yield Scene("concerns.follow-and-add", cards.FOLLOW_FORM.form(MARK, initial=begun), "modal")
    yield Scene("concerns.receipt", cards.receipt_card(RECEIPT, RELEASE), "modal")
    yield Scene("concerns.receipt-at-once", cards.receipt_card(RECEIPT, None), "modal")
    waiting, silent, read = Thread(False, (), 1), Thread(True, (), 0), Thread(True, (reply(pen),), 0)
    yield Scene("concerns.thread-waiting", cards.thread_card(waiting, False, RELEASE), "modal")
    yield Scene("concerns.thread-silent", cards.thread_card(silent, False, RELEASE), "modal")
    yield Scene("concerns.thread-read", cards.thread_card(read, False, RELEASE), "modal")
    added = Thread(True, (reply(pen),), 1)
    yield Scene("concerns.thread-added", cards.thread_card(added, True, RELEASE), "modal")
