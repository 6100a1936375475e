"""The questions room as askers see it: answers, choices, an honest "I don't know", their role."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from bot.chat.actions import NoPayload
from bot.chat.cards import Button
from bot.concerns.cards import FOLLOW, RAISE
from bot.hours.cards import next_hour
from bot.questions import cards, gaps_cards, notes, readers_cards
from bot.questions.cards import Asking
from bot.questions.model import LONGEST_QUESTION, Answered, Choose, Draft, Finding, Reader, Unknown
from bot.questions.presses import Shown
from knowledge.entry import Entry
from knowledge.library import BUILT_IN, Library, load
from tests.showcase import hours
from tests.showcase.scene import Pen, Scene

GAP = "5eed" * 8
TICKET = "7ea5" * 8
ENGINEER = Reader("engineer", "build")


@cache
def library() -> Library:
    """The built-in library, read once; nothing is searched in it."""
    return load(BUILT_IN)


def entry(name: str) -> Entry:
    """An entry of the built-in library."""
    return library().answerable[name]


def draft(pen: Pen) -> Draft:
    """A council member's answer with everything that can be given."""
    return Draft(
        TICKET,
        (pen.typed("May we use support chats to tune our model if we strip the names first?", LONGEST_QUESTION),),
        pen.typed(
            "Stripping names is not enough: people describe their illness, their boss and their street. Ask whether "
            "the task needs chats at all, then sample, and let two people read what is left before anything is trained."
        ),
        date(2026, 11, 19),
        pen.typed("NIST IR 8053, De-Identification of Personal Information, section 4", 200),
        pen.typed("https://doi.org/10.6028/NIST.IR.8053", 500),
        pen.typed("privacy against a model that understands real customers", 300),
        pen.typed("Read twenty chats after your filter and count what still points at somebody.", 300),
    )


def scenes(pen: Pen) -> Iterator[Scene]:
    """Every card and form of the room that an asker can meet."""
    yield from _answers(pen)
    yield from _ways_on(pen)
    yield from _small(pen)
    yield from _readers(pen)


def _asking(pen: Pen, question: str, reader: Reader = ENGINEER) -> Asking:
    return Asking(pen.typed(question, LONGEST_QUESTION), library().version, reader, may_share=True)


def _answers(pen: Pen) -> Iterator[Scene]:
    proxies, postcode = entry("proxy-variables"), _asking(pen, "can we keep postcode in an insurance model")
    yield Scene("questions.answer", cards.finding_card(Answered(proxies, 0.9), postcode), "whisper")
    stranger = replace(postcode, reader=Reader(), role_buttons=readers_cards.role_buttons)
    yield Scene("questions.answer-asks-role", cards.answer_card(proxies, stranger), "whisper")
    law = _asking(pen, "is our credit scoring a high-risk system")
    old = cards.answer_card(entry("high-risk-systems"), replace(law, is_old=True, may_share=False))
    yield Scene("questions.answer-with-caveats", notes.with_legal_note(old), "whisper")
    chats = _asking(pen, "can we train on support chats without names")
    yield Scene("questions.answer-of-council", cards.answer_card(draft(pen), chats), "whisper")
    alone = replace(postcode, question="", may_share=False)
    yield Scene("questions.shared", cards.shared_card(proxies, alone, pen.name("Amina")), "message")
    yield Scene("questions.shared-of-council", cards.shared_card(draft(pen), alone, pen.name("Amina")), "message")
    yield Scene("questions.more", cards.more_card(proxies), "whisper")


def _ways_on(pen: Pen) -> Iterator[Scene]:
    asking = _asking(pen, "which definition of fair do we take")
    choose: Finding = Choose((entry("which-fairness-metric"), entry("fairness-definitions-conflict"), draft(pen)), 0.5)
    yield Scene("questions.choices", cards.finding_card(choose, asking), "whisper")
    robots = _asking(pen, "should our warehouse robots have names")
    unknown: Finding = Unknown((entry("automation-and-jobs"), entry("deskilling"), draft(pen)), 0.1)
    yield Scene("questions.unknown", cards.finding_card(unknown, robots), "whisper")
    hour = next_hour(hours.overview(pen))
    noted = cards.unknown_card((entry("automation-and-jobs"),), robots, hour, GAP)
    yield Scene("questions.unknown-with-hour", noted, "whisper")
    yield Scene("questions.unknown-bare", cards.unknown_card((), replace(robots, question="")), "whisper")
    raise_it = Button("Raise a concern", RAISE(NoPayload()), "primary", opens_form=True)
    quiet = cards.answer_card(entry("when-to-stop-a-launch"), replace(asking, question=""))
    yield Scene("questions.concern-first", notes.with_concern_first(quiet, raise_it), "whisper")
    follow = Button("Use a receipt", FOLLOW(NoPayload()), opens_form=True)
    yield Scene("questions.about-the-form", notes.safe_space_card(raise_it, follow), "whisper")
    around = cards.choice_card((entry("privacy"), entry("fairness-without-group-labels")), asking)
    yield Scene("questions.continued", notes.with_subject(around, draft(pen)), "whisper")


def _small(pen: Pen) -> Iterator[Scene]:
    question = pen.typed("can we keep postcode in an insurance model", LONGEST_QUESTION)
    yield Scene("questions.rated-helpful", gaps_cards.rated_card(None, ""), "whisper")
    yield Scene("questions.rated-wanting", gaps_cards.rated_card(GAP, question), "whisper")
    yield Scene("questions.will-be-told", gaps_cards.waiting_card(GAP), "whisper")
    yield Scene("questions.dropped", gaps_cards.dropped_card(in_ticket=False), "whisper")
    yield Scene("questions.dropped-in-ticket", gaps_cards.dropped_card(in_ticket=True), "whisper")
    yield Scene("questions.too-long", cards.too_long_card(1_204), "whisper")
    yield Scene("questions.empty", cards.empty_card(), "whisper")


def _readers(pen: Pen) -> Iterator[Scene]:
    shown = Shown("proxy-variables", pen.typed("can we keep postcode in an insurance model", LONGEST_QUESTION))
    yield Scene("questions.say-role", readers_cards.form(Reader(), shown), "modal")
    yield Scene("questions.change-role", readers_cards.form(ENGINEER), "modal")
    yield Scene("questions.role", readers_cards.reader_card(ENGINEER, "Kept."), "whisper")
    yield Scene("questions.role-several", readers_cards.reader_card(Reader("everyone")), "whisper")
    yield Scene("questions.role-none", readers_cards.reader_card(Reader(), "Forgotten."), "whisper")
