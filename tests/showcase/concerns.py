"""The safe space: what an author writes, keeps and reads; all of it in modals, so that it stands in no history."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

from bot.chat.forms import Form
from bot.concerns import cards, forms
from bot.concerns.forms import Raised, Sent
from bot.concerns.model import AT_ONCE, About, Concern, ConcernId, FormMark, Going, Guide, OutsideChannel, Thread, Words
from bot.concerns.receipt import Kept, Receipt
from bot.concerns.routes import EXAMPLE
from bot.concerns.store import Sealed, concern_row, message_row
from tests.showcase.scene import Pen, Scene

MARK = "ab1e" * 8
RELEASE = Going(datetime(2026, 11, 26, 10, 0, tzinfo=UTC), datetime(2026, 11, 30, 10, 0, tzinfo=UTC))
RECEIPT = Receipt(("walnut", "gravity", "tulip", "harbor", "cinema", "quilt"))
KEPT = Kept(RECEIPT, "amber-lantern")
GUIDE = Guide(
    systems=("Support queue", "Scoring model", "Product search"),
    outside=(
        OutsideChannel("Ombudsperson", "ombudsperson@example.org"),
        OutsideChannel("Works council", "+1 202 555 0142"),
    ),
    council="RAI council (chair, legal, engineer, researcher, delegate, support)",
)
FORM = forms.raise_form(GUIDE)
ID = ConcernId("ca5e" * 8)
_SEALED = Sealed("author", bytes(8_240))
ROWS = (
    concern_row(ID, "1f0c" * 16, bytes(range(7, 39)), 12),
    {**message_row(ID, _SEALED, 12, "0dd5" * 8, turn=0), "id": "7a11" * 8},
)


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
    begun = {"words": concern(pen)}
    yield Scene("concerns.raise", forms.fresh(FORM, begun), "modal")
    yield Scene("concerns.raise-empty", forms.fresh(FORM, {}), "modal")
    yield Scene("concerns.raise-without-lists", forms.fresh(forms.raise_form(Guide()), {}), "modal")
    yield Scene("concerns.raise-preview", _preview(pen, "soon"), "modal")
    yield Scene("concerns.raise-preview-urgent", _preview(pen, AT_ONCE), "modal")
    yield Scene("concerns.receipt", cards.receipt_card(KEPT, RELEASE, GUIDE.keep_days), "modal")
    yield Scene("concerns.receipt-at-once", cards.receipt_card(KEPT, None, GUIDE.keep_days), "modal")
    yield Scene("concerns.privacy", cards.privacy_card(EXAMPLE, *ROWS), "modal")
    yield from _follows(pen)
    yield from _threads(pen)


def _follows(pen: Pen) -> Iterator[Scene]:
    adds = {"receipt": RECEIPT.text, "words": pen.typed("It began with the release in September.")}
    yield Scene("concerns.follow", forms.fresh(forms.FOLLOW_FORM, {}), "modal")
    yield Scene("concerns.follow-and-add", forms.fresh(forms.FOLLOW_FORM, adds), "modal")
    sent = Sent(FormMark(MARK), adds, seen=False)
    yield Scene("concerns.follow-preview", forms.follow_preview(sent, Words(adds["words"])), "modal")


def _threads(pen: Pen) -> Iterator[Scene]:
    waiting, silent, read = _thread((), 1, released=False), _thread((), 0), _thread((reply(pen),), 0)
    yield Scene("concerns.thread-waiting", cards.thread_card(waiting, False, RELEASE), "modal")
    yield Scene("concerns.thread-silent", cards.thread_card(silent, False, RELEASE), "modal")
    yield Scene("concerns.thread-read", cards.thread_card(read, False, RELEASE), "modal")
    yield Scene("concerns.thread-added", cards.thread_card(_thread((reply(pen),), 1), True, RELEASE), "modal")


def _thread(replies: tuple[Words, ...], waiting: int, *, released: bool = True) -> Thread:
    return Thread(KEPT.code, released, replies, waiting)


def _preview(pen: Pen, urgency: str) -> Form:
    about = About("inclusion", GUIDE.systems[0], "monitor", "customers", urgency, "seen it")
    words = Words(concern(pen))
    sent = Sent(FormMark(MARK), {**asdict(about), "words": words.text}, seen=False)
    return forms.raise_preview(FORM, Raised(Concern(words, about), sent))
