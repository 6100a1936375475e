"""The library as this room reads it: loaded once, with its index, and asked in the room's own words."""

from dataclasses import dataclass
from pathlib import Path

from bot.questions.model import Answered, Choose, Finding, Unknown
from knowledge.entry import Entry
from knowledge.library import BUILT_IN, Library, load
from knowledge.search import Index, Match


@dataclass(frozen=True)
class Shelf:
    """A library and the index over it."""

    library: Library
    index: Index

    @classmethod
    def open(cls, own: Path | None = None) -> "Shelf":
        """The built-in entries, and an organisation's own beside them."""
        library = load(BUILT_IN, own) if own else load(BUILT_IN)
        return cls(library, Index(library))

    def find(self, question: str) -> Finding:
        """What the library knows about a question."""
        found = self.index.find(question)
        match found.outcome:
            case "answer":
                return Answered(self._entries(found.choices)[0], found.confidence)
            case "choose":
                return Choose(self._entries(found.choices), found.confidence)
            case "refuse":
                return Unknown(self._entries(found.nearest), found.confidence)

    def entry(self, name: str) -> Entry | None:
        """The entry of that id."""
        return self.library.entries.get(name)

    def _entries(self, matches: tuple[Match, ...]) -> tuple[Entry, ...]:
        return tuple(self.library.entries[match.entry_id] for match in matches)
