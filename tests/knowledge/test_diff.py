"""Which known questions end otherwise after a change of the entries."""

import subprocess
from pathlib import Path

import pytest

from knowledge.diff import NoSuchRevision, at_revision, changes
from knowledge.library import load
from tests.knowledge.writing import save_topics


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A git checkout with ten unlike entries in ``entries``, committed."""
    save_topics(tmp_path / "entries")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "knowledge: Write ten entries.")
    return tmp_path / "entries"


def test_nothing_changes_where_nothing_was_changed(checkout: Path) -> None:
    assert changes(at_revision(checkout, "HEAD"), load(checkout)) == ()


def test_an_entry_that_went_takes_its_answers_along(checkout: Path) -> None:
    next(checkout.rglob("model-card.md")).unlink()
    found = changes(at_revision(checkout, "HEAD"), load(checkout))
    ended = {change.question: (change.before, change.after) for change in found}
    before, after = ended["model card template sections"]
    assert "model-card" in before
    assert "model-card" not in after


def test_an_organisations_own_entries_are_on_both_sides(checkout: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    save_topics(own)
    assert at_revision(checkout, "HEAD", own).version == load(checkout, own).version


@pytest.mark.parametrize("revision", ["no-such-revision", "--help", ""])
def test_a_revision_that_is_not_there_is_a_sentence(checkout: Path, revision: str) -> None:
    with pytest.raises(NoSuchRevision, match="cannot be had"):
        at_revision(checkout, revision)
