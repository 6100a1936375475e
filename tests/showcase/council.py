"""The council: a case from its first post to its outcome, and what its thread tells."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.chat.cards import Card
from bot.concerns.model import ConcernId, Released, Spoken, Words
from bot.council import cards
from bot.council.charter import SAMPLE, Charter, load
from bot.council.model import Act, Case, What
from bot.council.service import Dossier
from tests.showcase import concerns
from tests.showcase.scene import Pen, Scene

OPENED = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CONCERN = ConcernId("ca5e" * 8)
FRESH = Case(CONCERN, "amber-lantern", "open", None, OPENED, None, None, None)
CLAIMED = replace(FRESH, state="claimed", owner="engineer")
ANSWERED = replace(CLAIMED, answered_at=OPENED + timedelta(days=2))
RESOLVED = replace(ANSWERED, state="resolved", outcome="acted")


@cache
def charter() -> Charter:
    """The sample's council."""
    return load(SAMPLE)


def scenes(pen: Pen) -> Iterator[Scene]:
    """Every card and form of the room."""
    yield from _cases(pen)
    yield from _thread(pen)
    yield from _lists()
    yield Scene("council.reply", cards.reply_form(CONCERN), "modal")
    yield Scene("council.reply-sent", cards.sent_card(), "modal")
    yield Scene("council.resolve", cards.resolve_form(CONCERN), "modal")
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
    yield Scene("council.case-resolved", _case(RESOLVED, (*told, Spoken("council", done)), closed), "message")
    yield Scene("council.case-without-owner", _case(replace(CLAIMED, owner="tester"), (first,), ()), "message")


def _case(case: Case, conversation: tuple[Spoken, ...], acts: tuple[Act, ...]) -> Card:
    people = 34 if case.outcome is None else None
    return cards.case_card(Dossier(case, Released(CONCERN, "inclusion", conversation, people), acts), charter())


def _act(what: What, day: int) -> Act:
    return Act("the author" if what == "reopened" else "engineer", what, OPENED + timedelta(days=day, hours=3))


def _thread(pen: Pen) -> Iterator[Scene]:
    acts: tuple[What, ...] = ("claimed", "handed back", "replied", "resolved", "reopened")
    for day, what in enumerate(acts):
        yield Scene(f"council.act-{what.replace(' ', '-')}", cards.act_card(CLAIMED, _act(what, day)), "thread")
    added = Words(pen.typed("It began with the release in September."))
    yield Scene("council.added", cards.added_card(ANSWERED, added), "thread")


def _lists() -> Iterator[Scene]:
    others = tuple(replace(FRESH, code=code) for code in ("copper-meadow", "quiet-anchor", "velvet-comet"))
    yield Scene("council.cases", cards.cases_card((CLAIMED, *others), 6), "whisper")
    yield Scene("council.cases-none", cards.cases_card((), 0), "whisper")
