"""Load every entry there is, leave out the broken ones, and check what only shows between entries."""

import graphlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from knowledge import front_matter
from knowledge.entry import Entry, parse
from knowledge.problems import BrokenEntry, Problem, Where
from knowledge.rules import phrasing_key

BUILT_IN = Path(__file__).parent / "entries"
"""The entries that we ship."""

_NOT_ANSWERED_FROM = ("draft", "archived")


@dataclass(frozen=True)
class Library:
    """The entries that could be read.

    Args:
        entries: every one by its id, in order of id; drafts and archived ones too, for links and checks.
        problems: what is to be mended, in order of file and line; a broken file's entry is not in ``entries``, while
            one with a problem between entries, such as a link to nowhere, stays.
        version: 12 hexadecimal digits that change whenever an entry does, and never otherwise.
    """

    entries: Mapping[str, Entry]
    problems: tuple[Problem, ...]
    version: str

    @property
    def answerable(self) -> Mapping[str, Entry]:
        """The entries that may be shown as an answer: neither drafts nor archived."""
        return {key: entry for key, entry in self.entries.items() if entry.state not in _NOT_ANSWERED_FROM}


@dataclass(frozen=True)
class _File:
    """An entry and where it comes from."""

    path: Path
    text: str
    entry: Entry

    def problem(self, where: Where, what: str, mend: str) -> Problem:
        return Problem(self.path, front_matter.read(self.path, self.text).line_of(where), what, mend)


def load(*folders: Path) -> Library:
    """Read every ``.md`` file below the folders, except READMEs and hidden files.

    Args:
        folders: of two entries with one id, the one in the later folder counts: an organisation's own, say.

    Returns:
        A library, whatever the files hold. What could not be read is told in ``problems``.
    """
    files: dict[str, _File] = {}
    problems: list[Problem] = []
    unread: set[str] = set()
    for folder in folders:
        found, faults = _read_folder(folder)
        files |= found
        problems += faults
        unread |= {fault.path.stem for fault in faults}
    files = dict(sorted(files.items()))
    problems += _between(files, unread)
    entries = MappingProxyType({key: file.entry for key, file in files.items()})
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line))
    return Library(entries, tuple(ordered), _version(files.values()))


def _version(files: Iterable[_File]) -> str:
    """A digest of ids and contents; each part is closed by its length, so that none can run into the next."""
    digest = hashlib.sha256()
    for file in files:
        for part in (file.entry.id, file.text):
            digest.update(part.encode() + len(part).to_bytes(8))
    return digest.hexdigest()[:12]


def _read_folder(folder: Path) -> tuple[dict[str, _File], list[Problem]]:
    """The entries of one folder by id, and what is wrong with its files."""
    if not folder.is_dir():
        return {}, [Problem(folder, 1, "There is no such folder.", "Create it, or correct the setting.")]
    files: dict[str, _File] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.md")):
        if path.name.startswith(".") or path.stem.casefold() == "readme":
            continue
        try:
            file = _read_file(path)
        except BrokenEntry as broken:
            problems += broken.problems
            continue
        if (first := files.setdefault(file.entry.id, file)) is not file:
            what = f"The id {file.entry.id!r} is also used by {first.path}."
            problems.append(file.problem(("id",), what, "Give one of the two another id and file name."))
    return files, problems


def _read_file(path: Path) -> _File:
    """Read one file.

    Raises:
        BrokenEntry: it cannot be opened, is not UTF-8, or is no entry.
    """
    try:
        content = path.read_bytes()
        text = content.decode()
    except OSError as error:
        mend = "Check that it is a file that this program may read."
        raise BrokenEntry((Problem(path, 1, f"The file cannot be opened: {error.strerror}.", mend),)) from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BrokenEntry((Problem(path, line, "The file is not UTF-8.", "Save it as UTF-8 text."),)) from error
    return _File(path, text, parse(path, text))


def _between(files: Mapping[str, _File], unread: set[str]) -> Iterator[Problem]:
    """What shows only when all entries are known.

    Args:
        unread: names of files that have a problem of their own; a link to one of them is not a second problem.
    """
    for file in files.values():
        yield from _misnamed(file)
        yield from _lost_links(file, files, unread)
    yield from _circles(files)
    yield from _shared_phrasings(files.values())


def _misnamed(file: _File) -> Iterator[Problem]:
    if file.entry.id != file.path.stem:
        what = f"The id {file.entry.id!r} is not the file's name, {file.path.stem!r}."
        yield file.problem(("id",), what, "Make them the same; change the one that nobody has linked to yet.")


def _lost_links(file: _File, files: Mapping[str, _File], unread: set[str]) -> Iterator[Problem]:
    for place, tension in enumerate(file.entry.tensions):
        if tension.entry is not None and tension.entry not in files and tension.entry not in unread:
            what = f"There is no entry {tension.entry!r}."
            yield file.problem(("tensions", place, "entry"), what, "Correct the id, or take the line out.")
    for place, old in enumerate(file.entry.supersedes):
        if old not in files and old not in unread:
            yield file.problem(("supersedes", place), f"There is no entry {old!r}.", "Correct the id.")
        elif old in files and files[old].entry.state != "archived":
            what = f"The entry {old!r} is superseded but not archived."
            yield file.problem(("supersedes", place), what, 'Write "state: archived" in that entry.')


def _circles(files: Mapping[str, _File]) -> Iterator[Problem]:
    """Entries that replace each other."""
    try:
        graphlib.TopologicalSorter({key: file.entry.supersedes for key, file in files.items()}).prepare()
    except graphlib.CycleError as error:
        circle: list[str] = error.args[1]
        what = f"These entries supersede each other in a circle: {', '.join(sorted(set(circle)))}."
        yield files[min(circle)].problem(("supersedes",), what, "Keep only the newest one's line.")


def _shared_phrasings(files: Iterable[_File]) -> Iterator[Problem]:
    """A phrasing in two entries, of which neither could ever answer alone; an archived one may lend its phrasings."""
    owners: dict[object, _File] = {}
    for file in files:
        for place, phrasing in enumerate(file.entry.phrasings if file.entry.state != "archived" else ()):
            if (first := owners.setdefault(phrasing_key(phrasing), file)) is not file:
                what = f"The phrasing {phrasing!r} is also in {first.entry.id!r}."
                yield file.problem(("phrasings", place), what, "Keep it where it fits best.")
