"""Looks through a data folder for what was acknowledged: is it there, and once?"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from adapters.terminal.board import Board, Kept
from adapters.terminal.names import corner, person
from benchmarks.house import house
from benchmarks.kill.program.session import MARK, Session
from benchmarks.kill.program.transcript import Acknowledged
from bot.chat.cards import Card, Quote
from bot.chat.places import Place
from bot.chat.plain import plain_card
from bot.questions.shelf import Shelf

HEARD = {"booked": "Somebody booked your office hour", "cancelled": "This office hour is cancelled"}
"""What a host is told of a booking in each state."""

AHEAD = timedelta(hours=3)
"""Longer than any lease of a killed process, and any pause after a failure."""

COUNCIL = Place("terminal", "council")


@dataclass(frozen=True)
class Violation:
    """A broken promise: its kind, and what it was about."""

    kind: str
    about: str


async def audit(folder: Path, told: Acknowledged, sessions: Iterable[Session], shelf: Shelf) -> tuple[Violation, ...]:
    """Have everything said that is still due, then compare what is there with what people were told."""
    async with house(folder, shelf=shelf, ahead=AHEAD) as app:
        await app.settle()
        board = Board(folder)
        council = board.unread("auditor", (COUNCIL,))
        corners = board.unread("auditor", (corner(person(name)) for each in sessions for name in _names(each)))
        found = [
            *_tickets(folder, told, council),
            *_hours(folder, told, corners),
            *_doubled(council, corners),
            *_outbox(folder),
        ]
    return (*found, *_integrity(folder))


def _names(session: Session) -> tuple[str, ...]:
    return (session.guest, session.host, "you")


def _tickets(folder: Path, told: Acknowledged, council: tuple[Kept, ...]) -> Iterator[Violation]:
    kept = Counter(words for _, words in _rows(folder, "SELECT id, question FROM questions_ticket"))
    shown = Counter(_first_words(each.card) for each in council)
    for words in told.tickets:
        if kept[words] != 1 or shown[words] != 1:
            yield Violation("doubled" if max(kept[words], shown[words]) > 1 else "lost", f"{words!r}")


def _hours(folder: Path, told: Acknowledged, corners: tuple[Kept, ...]) -> Iterator[Violation]:
    states = dict(_rows(folder, "SELECT about, state FROM hours_booking"))
    heard = Counter((each.card.title, _first_words(each.card)) for each in corners)
    for words in told.bookings:
        wanted = {"cancelled"} if words in told.cancellations else {"booked", "cancelled"}
        state = states.get(words, "not there")
        if state not in wanted:
            yield Violation("lost", f"{words!r} is {state}")
        elif heard[HEARD[state], words] != 1:
            yield Violation("lost", f"what the host is told of {words!r}")


def _doubled(council: tuple[Kept, ...], corners: tuple[Kept, ...]) -> Iterator[Violation]:
    posts = Counter(("ticket", _first_words(kept.card)) for kept in council)
    posts += Counter((kept.ref.place.address, plain_card(kept.card)) for kept in corners)
    for (_, words), times in posts.items():
        if times > 1:
            yield Violation("doubled", f"said {times} times: {words[:80]!r}")


def _outbox(folder: Path) -> Iterator[Violation]:
    due = "SELECT topic, state FROM outbox WHERE lease_until IS NOT NULL OR state <> 'waiting' OR attempts > 0"
    for topic, state in _rows(folder, due):
        yield Violation("lost", f"a message of {topic} is still {state}")


def _integrity(folder: Path) -> Iterator[Violation]:
    for name in ("rai.db", "terminal.db"):
        with closing(sqlite3.connect(folder / name)) as connection:
            checked = connection.execute("PRAGMA integrity_check").fetchone()[0]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        if checked != "ok" or orphans:
            yield Violation("integrity", f"{name}: {checked}, {len(orphans)} rows without their parent")


def _rows(folder: Path, query: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "rai.db")) as connection:
        return [(first, second) for first, second in connection.execute(query)]


def _first_words(card: Card) -> str:
    return next((each.words for each in card.blocks if isinstance(each, Quote) and each.words.startswith(MARK)), "")
