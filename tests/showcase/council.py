"""The council: a case from its first post to its end, what its thread tells, and what the council is reminded of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.chat.cards import Card
from bot.chat.identity import Actor
from bot.concerns.model import AT_ONCE, About, ConcernId, Released, Spoken, Words
from bot.council import board_cards, cards, duties_cards, forms
from bot.council.board import Answer, Page
from bot.council.charter import SAMPLE, Charter, load
from bot.council.clocks import Deadline, deadlines
from bot.council.figures import figures
from bot.council.listing import Listed, Listing
from bot.council.model import Act, Case, What, farewell
from bot.council.reminders import Reminder
from bot.council.service import Dossier
from tests.showcase import concerns
from tests.showcase.scene import Pen, Scene

OPENED = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CONCERN = ConcernId("ca5e" * 8)
ABOUT = About("inclusion", "Support queue", "monitor", "customers", "soon", "seen it")
URGENT = About("safety", urgency=AT_ONCE)
FRESH = Case(CONCERN, "amber-lantern", "open", None, OPENED, None, None, None)
CLAIMED = replace(FRESH, state="claimed", owner="engineer")
ANSWERED = replace(CLAIMED, answered_at=OPENED + timedelta(days=2))
RESOLVED = replace(
    ANSWERED,
    state="resolved",
    outcome="acted",
    resolved_at=OPENED + timedelta(days=6),
    forget_at=OPENED + timedelta(days=186),
)
CHAIR = Actor("terminal", "local", "chair")


@cache
def charter() -> Charter:
    """The sample's council."""
    return load(SAMPLE)


def scenes(pen: Pen) -> Iterator[Scene]:
    """Every card and form of the room."""
    yield from _cases(pen)
    yield from _thread(pen)
    yield from _lists()
    yield from _duties()
    yield from _board(pen)
    yield Scene("council.reply", forms.reply_form(CONCERN), "modal")
    yield Scene("council.reply-sent", cards.sent_card(), "modal")
    yield Scene("council.resolve", forms.resolve_form(CONCERN, charter().concerns.keep), "modal")
    yield Scene("council.resolve-sent", cards.resolved_card(), "modal")


def _cases(pen: Pen) -> Iterator[Scene]:
    first, asked = Spoken("author", Words(concerns.concern(pen))), Spoken("council", concerns.reply(pen))
    added = Spoken("author", Words(pen.typed("It began with the release in September.")))
    done = Words(pen.typed("The queue sorts by waiting time again, and the gap is watched on the team's dashboard."))
    claimed, replied = _act("claimed", 0), _act("replied", 2)
    told = (first, asked, added)
    yield Scene("council.case", _case(FRESH, (first,), ()), "message")
    yield Scene("council.case-claimed", _case(CLAIMED, (first,), (claimed,)), "message")
    yield Scene("council.case-answered", _case(ANSWERED, told, (claimed, replied)), "message")
    closed = (claimed, replied, _act("resolved", 6))
    ended = Words(farewell("acted", OPENED + timedelta(days=186)))
    spoken = (*told, Spoken("council", done), Spoken("council", ended))
    yield Scene("council.case-resolved", _case(RESOLVED, spoken, closed), "message")
    yield Scene("council.case-without-owner", _case(replace(CLAIMED, owner="tester"), (first,), ()), "message")


def _case(case: Case, conversation: tuple[Spoken, ...], acts: tuple[Act, ...]) -> Card:
    people = 34 if case.outcome is None else None
    now, on_board = OPENED + timedelta(days=7 * len(acts), hours=1), len(acts) // 3
    released = Released(CONCERN, case.code, ABOUT, conversation, people, OPENED)
    return cards.case_card(Dossier(case, released, acts, now, on_board), charter())


def _act(what: What, day: int) -> Act:
    return Act("the author" if what == "reopened" else "engineer", what, OPENED + timedelta(days=day, hours=3))


def _thread(pen: Pen) -> Iterator[Scene]:
    acts: tuple[What, ...] = ("claimed", "handed back", "replied", "resolved", "reopened")
    for day, what in enumerate(acts):
        yield Scene(f"council.act-{what.replace(' ', '-')}", cards.act_card(CLAIMED, _act(what, day)), "thread")
    yield Scene("council.added", cards.added_card(ANSWERED), "thread")


def _duties() -> Iterator[Scene]:
    def reminded(case: Case, duty: int, day: int, to: Actor | None = None) -> Card:
        owed, now = deadlines(case, charter().deadlines)[duty], OPENED + timedelta(days=day, minutes=1)
        return duties_cards.reminder_card(Reminder(case, owed, now, to))

    yield Scene("council.remind-owner", reminded(CLAIMED, 0, 4, CHAIR), "direct")
    yield Scene("council.remind", reminded(FRESH, 0, 6), "message")
    yield Scene("council.remind-late", reminded(ANSWERED, 1, 90), "message")
    yield Scene("council.forgotten", duties_cards.forgotten_card(OPENED + timedelta(days=186)), "message")
    some = {"acted": 21, "explained": 12, "elsewhere": 4, "unclear": 3}
    yield Scene("council.figures-some", duties_cards.figures_card(figures(some, late=5)), "whisper")
    every = {"acted": 21, "explained": 12, "elsewhere": 10, "unclear": 15}
    yield Scene("council.figures", duties_cards.figures_card(figures(every, late=5)), "whisper")


def _board(pen: Pen) -> Iterator[Scene]:
    said = (
        ("amber-lantern", "The queue sorts by waiting time again, and the gap is watched on the team's dashboard."),
        (
            "quiet-anchor",
            "The labels of the image set were checked again. Where two people disagree, a third one decides now.",
        ),
        ("velvet-comet", "The clause is a template of the lawyers; it does not forbid to raise concerns."),
    )
    on_board = [(code, Words(pen.typed(words))) for code, words in said]
    answers = tuple(Answer("ab0a" * 8, OPENED, code, words) for code, words in on_board)
    yield Scene("council.board", board_cards.board_card(Page(answers, (OPENED, "ab0a" * 8)), member=False), "whisper")
    off = board_cards.board_card(Page(answers[:2]), member=True, notice="It is off the board.")
    yield Scene("council.board-member", off, "whisper")
    yield Scene("council.board-empty", board_cards.board_card(Page(()), member=False), "whisper")


def _lists() -> Iterator[Scene]:
    now = OPENED + timedelta(days=2, hours=1)
    others = ((FRESH, "copper-meadow", URGENT), (CLAIMED, "amber-lantern", ABOUT), (FRESH, "quiet-anchor", About()))
    named = [(replace(case, code=code), about) for case, code, about in (*others, (ANSWERED, "velvet-comet", ABOUT))]
    listed = tuple(Listed(case, about, _owed(case)) for case, about in named)
    yield Scene("council.cases", cards.cases_card(Listing(listed, 6, 0, now)), "whisper")
    yield Scene("council.cases-none", cards.cases_card(Listing((), 0, 0, now)), "whisper")


def _owed(case: Case) -> Deadline:
    return next(each for each in deadlines(case, charter().deadlines) if not each.done)
