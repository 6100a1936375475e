"""Compares what stands on the wall and behind the receipts with what people sent and were told."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.kill.early import Watch
from benchmarks.kill.ledger import Entry
from benchmarks.kill.people import MARK
from benchmarks.kill.posts import cases, first_words, in_threads, quotes
from benchmarks.kill.wall import Said

TOLD_OF = {"addition": "the author added something", "reply": "chair wrote to the author"}
"""What is posted below a case for each kind of words that come to stand on it."""


@dataclass(frozen=True)
class Violation:
    """A broken promise: its kind, and what it was about."""

    kind: str
    about: str


@dataclass
class Book:
    """What people did and were told, over all lives of a world.

    Args:
        sent: the latest sending of each words.
        told: how what they sent was answered; the receipt, where one was shown.
        read: what stood behind each receipt in the end.
    """

    sent: dict[str, Entry] = field(default_factory=dict)
    told: dict[str, Entry] = field(default_factory=dict)
    read: dict[str, Entry] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def follow(self, life: Iterable[Entry]) -> None:
        """One life more."""
        for entry in life:
            match entry.what:
                case "sent":
                    self.sent[entry.about] = entry
                case "told":
                    self.told[entry.about] = entry
                case "read":
                    self.read[entry.about] = entry
                case "error":
                    self.errors.append(entry.about)

    def of_kind(self, kind: str) -> dict[str, Entry]:
        """What was told of a kind, by its words."""
        return {words: entry for words, entry in self.told.items() if entry.details["kind"] == kind}

    @property
    def receipts(self) -> tuple[tuple[str, str], ...]:
        """The receipts that were shown, with the words of their concerns."""
        told = ((words, entry.details["receipt"]) for words, entry in self.of_kind("concern").items())
        return tuple((words, receipt) for words, receipt in told if receipt)

    @property
    def unanswered(self) -> tuple[Entry, ...]:
        """What was sent and never answered."""
        return tuple(entry for words, entry in self.sent.items() if words not in self.told)


def audit(book: Book, watch: Watch, said: tuple[Said, ...]) -> Iterator[Violation]:
    """Every promise that is broken."""
    yield from _concerns(book, said)
    yield from _additions(book, said)
    yield from _receipts(book)
    yield from _replies(book, said)
    yield from _keys(said)
    yield from _early(watch)
    yield from (Violation("broken", f"logged: {error}") for error in book.errors)
    if book.read[""].details["left"] != "0":
        yield Violation("lost", f"{book.read[''].details['left']} messages are still in the outbox")


def _concerns(book: Book, said: tuple[Said, ...]) -> Iterator[Violation]:
    posted = Counter(first_words(each.card) for each in cases(said))
    yield from _once(posted, book, "concern", "case of")


def _additions(book: Book, said: tuple[Said, ...]) -> Iterator[Violation]:
    on_cards = Counter(words for each in cases(said) for words in quotes(each.card)[1:])
    yield from _once(
        Counter({words: n for words, n in on_cards.items() if "addition" in words}), book, "addition", "on its card,"
    )
    yield from _once(
        Counter({words: n for words, n in on_cards.items() if "reply" in words}), book, "reply", "on its card,"
    )
    told = Counter((each.ref.place.thread, each.card.title) for each in in_threads(said))
    for case in cases(said):
        for kind, title in TOLD_OF.items():
            kept = sum(kind in words for words in quotes(case.card)[1:])
            there = told[case.ref.message, f"{case.card.title}: {title}"]
            if there != kept:
                yield Violation("doubled" if there > kept else "lost", f"{title!r} of {kept} stands {there} times")


def _once(posted: Counter[str], book: Book, kind: str, what: str) -> Iterator[Violation]:
    sent = {words for words, entry in book.sent.items() if entry.details["kind"] == kind}
    for words in posted.keys() | book.of_kind(kind).keys():
        if posted[words] > 1:
            yield Violation("doubled", f"{what} {words!r} stands {posted[words]} times")
        elif not posted[words]:
            yield Violation("lost", f"{what} {words!r}")
        elif words not in sent:
            yield Violation("invented", f"{what} {words!r}, which nobody sent")


def _receipts(book: Book) -> Iterator[Violation]:
    for words, _ in book.receipts:
        read = book.read[words].details
        if "problem" in read:
            yield Violation("lost", f"the receipt of {words!r}: {read['problem']}")
        elif read["released"] != "True" or read["waiting"] != "0":
            yield Violation("lost", f"{words!r} still waits")


def _replies(book: Book, said: tuple[Said, ...]) -> Iterator[Violation]:
    """Whatever the council wrote is read by the author, once; no act is told twice or of nobody's doing."""
    for words, _ in book.receipts:
        to_it = {each for each, entry in book.of_kind("reply").items() if entry.details["to"] == words}
        shown = Counter(json.loads(book.read[words].details.get("replies", "[]")))
        for reply in to_it | shown.keys():
            if shown[reply] != 1:
                yield Violation("doubled" if shown[reply] else "lost", f"{reply!r}, read {shown[reply]} times")
            if reply not in book.sent:
                yield Violation("invented", f"{reply!r}, which nobody sent")


def _keys(said: tuple[Said, ...]) -> Iterator[Violation]:
    for key, times in Counter(each.key for each in said if each.key).items():
        if times > 1:
            words = next(each.card.title for each in said if each.key == key)
            yield Violation("doubled", f"{words!r} was posted {times} times")


def _early(watch: Watch) -> Iterator[Violation]:
    for words, sent, shown in watch.early():
        yield Violation("early", f"{words!r}, sent {sent:%a %d %H:%M:%S}, was shown {shown:%a %d %H:%M:%S}")


def files(folder: Path, book: Book) -> Iterator[Violation]:
    """What the program's own folder tells: a whole database, nobody's words, and the keys that are needed alone."""
    yield from _own_keys(folder / "keys", set(json.loads(book.read[""].details["keys"])))
    database = folder / "rai.db"
    if database.exists():
        with closing(sqlite3.connect(database)) as connection:
            checked = connection.execute("PRAGMA integrity_check").fetchone()[0]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        if checked != "ok" or orphans:
            yield Violation("integrity", f"{checked}, {len(orphans)} rows without their parent")
    for file in folder.rglob("*"):
        if file.is_file() and MARK.encode() in file.read_bytes():
            yield Violation("unsealed", f"words can be read in {file.name}")


def _own_keys(folder: Path, needed: set[str]) -> Iterator[Violation]:
    there = {file.stem: file for file in folder.glob("*.key")}
    for name in there.keys() ^ needed:
        yield Violation("keys", f"the key of {name} is {'left over' if name in there else 'missing'}")
    for name, file in there.items():
        if not any(file.read_bytes()):
            yield Violation("keys", f"the key of {name} is one that everybody knows")
    for draft in folder.glob(".*"):
        if draft.name.split(".")[1] not in there:
            yield Violation("keys", f"a draft is left of {draft.name}, which belongs to nothing")
