"""What a change of the entries does to the answers: which known questions end otherwise than before."""

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from knowledge.library import Library, load
from knowledge.search import Found, Index
from knowledge.space import Embedder


class NoSuchRevision(Exception):
    """The entries of a revision cannot be had; the text is a sentence for a person."""


@dataclass(frozen=True)
class Change:
    """A question that ended one way and now ends another: an entry's id, ``choose: a, b`` or ``refuse``."""

    question: str
    before: str
    after: str


def changes(before: Library, after: Library, embedder: Embedder | None = None) -> tuple[Change, ...]:
    """Ask both libraries every phrasing that either knows, in order of the question."""
    questions = {
        each for library in (before, after) for entry in library.answerable.values() for each in entry.phrasings
    }
    old, new = Index(before, embedder), Index(after, embedder)
    asked = (Change(each, _end(old.find(each)), _end(new.find(each))) for each in sorted(questions))
    return tuple(change for change in asked if change.before != change.after)


def at_revision(entries: Path, revision: str, *folders: Path) -> Library:
    """The library with ``entries`` as they were at a revision of the git repository they are in.

    Args:
        folders: further folders of entries, as they are now.

    Raises:
        NoSuchRevision: there is no git, no repository or no such revision.
    """
    command = ["git", "-C", str(entries), "archive", "--format=tar", "--end-of-options", revision, "."]
    try:
        # A fixed program and a revision behind --end-of-options: nothing here is run that was typed.
        archive = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        raise NoSuchRevision(
            f"The entries of {revision!r} cannot be had. Name a commit, branch or tag of the git checkout they are in."
        ) from None
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(folder, filter="data")
        return load(Path(folder), *folders)


def _end(found: Found) -> str:
    ids = ", ".join(match.entry_id for match in found.choices)
    return {"answer": ids, "choose": f"choose: {ids}", "refuse": "refuse"}[found.outcome]
