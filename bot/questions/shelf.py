"""The library as this room reads it: loaded once with its index, members' answers beside it, asked in our own words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from bot.questions.model import NOBODY_KNOWN, Answered, Choose, Draft, Finding, Item, Reader, Unknown
from knowledge import model, static, tiers
from knowledge.index import Document
from knowledge.library import BUILT_IN, Library, load
from knowledge.search import RIGHT, Index, Match, documents_of
from knowledge.space import Embedder

Stamp: TypeAlias = frozenset[tuple[str, int, int]]
"""Each file's path, size and time of change: what tells that a library must be read anew."""


@dataclass(frozen=True)
class Source:
    """Where a library comes from, and how it is searched.

    Args:
        folders: of two entries with one id, the one in the later folder counts.
        right: the share of outright answers that are to be right.
        cache: a folder for the vectors of the library's texts, where computing them takes long.
    """

    folders: tuple[Path, ...]
    embedder: Embedder
    right: float = RIGHT
    cache: Path | None = None

    def stamp(self) -> Stamp:
        """What the files look like now."""
        return frozenset(each for folder in self.folders for path in folder.rglob("*.md") for each in _stamped(path))

    def index(self, documents: Iterable[Document]) -> Index:
        """The index over documents."""
        return Index(documents, self.embedder, self.right, self.cache)


def _stamped(path: Path) -> Iterable[tuple[str, int, int]]:
    try:
        state = path.stat()
    except OSError:
        # Taken away a moment ago: the library is as it would be without it.
        return ()
    return ((str(path), state.st_size, state.st_mtime_ns),)


@dataclass(frozen=True)
class Shelf:
    """A library, the members' answers that stand beside it, and the index over both."""

    library: Library
    index: Index
    source: Source
    stamp: Stamp
    drafts: tuple[Draft, ...] = ()

    @classmethod
    def open(cls, own: Path | None = None, data_dir: Path | None = None, right: float = RIGHT) -> "Shelf":
        """The built-in entries, and an organisation's own beside them.

        Args:
            data_dir: where the full tier's model may lie; None for the table that we ship.
        """
        folders = (BUILT_IN, own) if own else (BUILT_IN,)
        embedder = tiers.embedder(data_dir) if data_dir else static.table()
        cache = model.folder_of(data_dir) if data_dir and embedder.name != static.table().name else None
        return cls.read(Source(folders, embedder, right, cache))

    @classmethod
    def read(cls, source: Source, drafts: tuple[Draft, ...] = ()) -> "Shelf":
        """Everything anew; what changes meanwhile has another stamp than the one kept."""
        stamp = source.stamp()
        library = load(*source.folders)
        return cls(library, source.index(_documents(library, drafts)), source, stamp, drafts)

    def with_drafts(self, drafts: tuple[Draft, ...]) -> "Shelf":
        """The same library with other answers beside it."""
        return replace(self, index=self.source.index(_documents(self.library, drafts)), drafts=drafts)

    def find(self, question: str, reader: Reader = NOBODY_KNOWN, near: frozenset[str] = frozenset()) -> Finding:
        """What the library knows about a question; ``near`` are entries that the talk was about before."""
        found = self.index.find(question, reader.prefer, near)
        match found.outcome:
            case "answer":
                return Answered(self._items(found.choices)[0], found.confidence)
            case "choose":
                return Choose(self._items(found.choices), found.confidence)
            case "refuse":
                return Unknown(self._items(found.nearest), found.confidence)

    def following(self, question: str, reader: Reader, seen: Iterable[str]) -> Item | None:
        """The best answer to a question that was not seen yet; None after the last."""
        passed = frozenset(seen)
        ranked = self.index.find(question, reader.prefer).ranked
        return next((self._item(match) for match in ranked if match.entry_id not in passed), None)

    def entry(self, name: str) -> Item | None:
        """The entry or the member's answer of that id, unless it is answered from no more."""
        return self.library.answerable.get(name) or self._drafts().get(name)

    def around(self, item: Item) -> tuple[Item, ...]:
        """The entries that its tensions lead to."""
        links = () if isinstance(item, Draft) else tuple(each.entry for each in item.tensions if each.entry)
        return tuple(found for link in dict.fromkeys(links) if (found := self.entry(link)) and found.id != item.id)

    def _items(self, matches: tuple[Match, ...]) -> tuple[Item, ...]:
        return tuple(self._item(match) for match in matches)

    def _item(self, match: Match) -> Item:
        return self._drafts().get(match.entry_id) or self.library.entries[match.entry_id]

    def _drafts(self) -> MappingProxyType[str, Draft]:
        return MappingProxyType({draft.id: draft for draft in self.drafts})


def _documents(library: Library, drafts: tuple[Draft, ...]) -> tuple[Document, ...]:
    return (*documents_of(library), *(_document(draft) for draft in drafts))


def _document(draft: Draft) -> Document:
    texts = tuple(text for text in (draft.answer, draft.source_title, draft.tension, draft.step) if text)
    return Document(draft.id, draft.title, texts, draft.phrasings)
