"""Questions for a human, and those that nobody answered: what the council sees, and how the answer comes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.chat.identity import Actor
from bot.questions import backlog_cards, tickets_cards
from bot.questions.backlog_groups import Group, groups
from bot.questions.model import LONGEST_QUESTION, Gap, Ticket, Why
from bot.questions.tickets_service import Answer
from tests.showcase.questions import TICKET, draft, entry, library
from tests.showcase.scene import Pen, Scene

MEMBER = Actor("slack", "T0EXAMPLE", "U0MEMBER")
TODAY = date(2026, 11, 24)


def scenes(pen: Pen) -> Iterator[Scene]:
    """Every card and form on the way of a question through the council and back."""
    yield from _asked(pen)
    yield from _tickets(pen)
    yield from _backlog(pen)


def _asked(pen: Pen) -> Iterator[Scene]:
    question = pen.typed("May we use support chats to tune our model if we strip the names first?", LONGEST_QUESTION)
    yield Scene("questions.ask-human", tickets_cards.human_form(question), "modal")
    yield Scene("questions.ask-human-sent", tickets_cards.asked_card(), "modal")
    yield Scene("questions.answer-ticket", tickets_cards.answer_form(TICKET), "modal")
    yield Scene("questions.answer-ticket-sent", tickets_cards.answered_card(), "modal")


def _tickets(pen: Pen) -> Iterator[Scene]:
    written = draft(pen)
    fresh = Answer(Ticket(TICKET, written.phrasings[0], None, None, None), None)
    taken = replace(fresh, ticket=replace(fresh.ticket, owner=MEMBER))
    answered = Answer(replace(taken.ticket, answer=written.answer), written)
    unsourced = replace(answered, draft=replace(written, source_title="", source_url="", tension="", step=""))
    yield Scene("questions.ticket", tickets_cards.ticket_card(fresh, live=True), "message")
    yield Scene("questions.ticket-taken", tickets_cards.ticket_card(taken, live=True), "message")
    yield Scene("questions.ticket-answered", tickets_cards.ticket_card(answered, live=True), "message")
    yield Scene("questions.ticket-kept", tickets_cards.ticket_card(unsourced, live=False), "message")
    yield Scene("questions.told", tickets_cards.told_card(answered), "direct")


def _backlog(pen: Pen) -> Iterator[Scene]:
    listed = _groups(pen)
    yield Scene("questions.backlog", backlog_cards.backlog_card(listed), "whisper")
    closed = backlog_cards.backlog_card(listed[1:], "Deleted: 3 questions.")
    yield Scene("questions.backlog-after-closing", closed, "whisper")
    yield Scene("questions.backlog-empty", backlog_cards.backlog_card(()), "whisper")
    yield Scene("questions.group", backlog_cards.group_card(listed[0]), "whisper")
    old = tuple(entry(name) for name in ("eu-ai-act-timeline", "colorado-ai-act", "agent-permissions"))
    dated = tuple(
        each.model_copy(update={"verified_by": "privacy lead", "verified_until": date(2026, 11, 10 + 9 * number)})
        for number, each in enumerate(old)
    )
    yield Scene("questions.old-entries", backlog_cards.stale_card(dated, TODAY), "message")


def _groups(pen: Pen) -> tuple[Group, ...]:
    asked: tuple[tuple[str, int, Why, str | None], ...] = (
        ("who signs off a model that two teams share", 19, "refused", None),
        ("two teams share one model, who signs off", 20, "refused", None),
        ("sign off for a shared model", 23, "not helpful", "who-owns-the-decision"),
        ("how loud may a warning in the app be before people switch it off", 17, "refused", None),
        ("do we owe testers of a beta an explanation", 18, "wrong or stale", "right-to-explanation-article-86"),
        ("may interns label medical images", 19, "refused", None),
        ("can an embedding be personal data", 20, "not helpful", "anonymised-or-pseudonymised"),
        ("who pays for red teaming after launch", 23, "refused", None),
    )
    version = library().version
    return groups(
        Gap(f"{number:032x}", pen.typed(question, LONGEST_QUESTION), date(2026, 11, day), why, name, version)
        for number, (question, day, why, name) in enumerate(asked)
    )
