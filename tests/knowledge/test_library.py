"""Loading folders of entries, and what only shows between entries."""

import os
from pathlib import Path

import pytest

from knowledge.library import BUILT_IN, Library, load
from tests.knowledge.writing import BODY, ENTRY, TOPICS, changed, save, save_topics, with_body


def told(library: Library) -> list[tuple[str, int, str]]:
    return [(problem.path.name, problem.line, problem.what) for problem in library.problems]


def entry(name: str, *changes: tuple[str, str]) -> str:
    """An entry of another name, with phrasings of its own."""
    text = with_body().replace("id: equal-errors", f"id: {name}")
    for old, new in (("can a risk", f"{name} can a risk"), ("why do", f"{name} why do"), *changes):
        assert old in text
        text = text.replace(old, new, 1)
    for phrase in ("equalised odds", "the score is", "Impossibility"):
        text = text.replace(phrase, f"{name} {phrase}", 1)
    return text


def test_entries_come_in_order_of_id(tmp_path: Path) -> None:
    save_topics(tmp_path)
    library = load(tmp_path)
    assert list(library.entries) == sorted(TOPICS)
    assert library.problems == ()
    assert library.entries["carbon"].topic == "topics"
    assert library.answerable == library.entries


def test_the_same_files_give_the_same_version_and_others_another(tmp_path: Path) -> None:
    save_topics(tmp_path / "one")
    save_topics(tmp_path / "two")
    one, two = load(tmp_path / "one"), load(tmp_path / "two")
    assert one.version == two.version
    assert len(one.version) == 12
    assert int(one.version, 16) >= 0
    path = save(tmp_path / "two", entry("new"), "new")
    assert load(tmp_path / "two").version != one.version
    path.unlink()
    path = tmp_path / "two/topics/carbon.md"
    path.write_text(path.read_text() + "!")
    assert load(tmp_path / "two").version != one.version


def test_drafts_and_archived_entries_are_kept_but_not_answered_from(tmp_path: Path) -> None:
    save(tmp_path, entry("draft-one", ("state: not validated", "state: draft")), "draft-one")
    save(tmp_path, entry("old-one", ("state: not validated", "state: archived")), "old-one")
    save(tmp_path, with_body())
    library = load(tmp_path)
    assert list(library.entries) == ["draft-one", "equal-errors", "old-one"]
    assert list(library.answerable) == ["equal-errors"]


def test_a_broken_file_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    save_topics(tmp_path)
    whole = load(tmp_path)
    save(tmp_path, "---\nid: half", "half")
    (tmp_path / "topics/bytes.md").write_bytes(b"---\nid: x\ntitle: caf\xe9\n---\n")
    save(tmp_path, "", "empty")
    library = load(tmp_path)
    assert library.entries == whole.entries
    assert library.version == whole.version
    assert told(library) == [
        ("empty.md", 1, "The file is empty."),
        ("half.md", 2, "The front matter has no end."),
        ("bytes.md", 3, "The file is not UTF-8."),
    ]


def test_readmes_hidden_files_and_other_files_are_no_entries(tmp_path: Path) -> None:
    for name in ("README.md", ".#lock.md", "notes.txt"):
        (tmp_path / name).write_text("not an entry")
    assert load(tmp_path) == Library({}, (), load(tmp_path).version)


@pytest.mark.skipif(os.name != "posix", reason="needs a link to nowhere")
def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "lost.md").symlink_to(tmp_path / "nowhere")
    ((name, line, what),) = told(load(tmp_path))
    assert (name, line) == ("lost.md", 1)
    assert "cannot be opened" in what


def test_a_missing_folder_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    save(tmp_path / "here", with_body())
    library = load(tmp_path / "nowhere", tmp_path / "here")
    assert list(library.entries) == ["equal-errors"]
    assert told(library) == [("nowhere", 1, "There is no such folder.")]


def test_an_organisations_own_entry_takes_the_place_of_ours(tmp_path: Path) -> None:
    save(tmp_path / "ours", with_body())
    save(
        tmp_path / "theirs",
        changed("title: Calibration", "title: Our own: Calibration".replace(": C", " C")),
        topic="own",
    )
    library = load(tmp_path / "ours", tmp_path / "theirs")
    assert library.entries["equal-errors"].topic == "own"
    assert library.problems == ()


def test_an_id_used_twice_in_one_folder_is_told_with_both_files(tmp_path: Path) -> None:
    first = save(tmp_path, with_body(), topic="a")
    second = save(tmp_path, with_body(), topic="b")
    library = load(tmp_path)
    (problem,) = library.problems
    assert (problem.path, problem.line) == (second, 2)
    assert str(first) in problem.what
    assert library.entries["equal-errors"].topic == "a"


def test_the_id_is_the_files_name(tmp_path: Path) -> None:
    save(tmp_path, with_body(), "other-name")
    assert told(load(tmp_path)) == [("other-name.md", 2, "The id 'equal-errors' is not the file's name, 'other-name'.")]


def test_a_link_leads_to_an_entry(tmp_path: Path) -> None:
    save(tmp_path, changed("  - between: cal", "  - entry: elsewhere\n    between: cal"))
    assert told(load(tmp_path)) == [("equal-errors.md", 32, "There is no entry 'elsewhere'.")]
    save(tmp_path, "", "elsewhere")
    assert told(load(tmp_path)) == [("elsewhere.md", 1, "The file is empty.")]
    save(tmp_path, entry("elsewhere"), "elsewhere")
    assert load(tmp_path).problems == ()


def test_what_is_superseded_is_there_and_archived(tmp_path: Path) -> None:
    save(tmp_path, changed("language: en", "language: en\nsupersedes:\n  - older"))
    assert told(load(tmp_path)) == [("equal-errors.md", 43, "There is no entry 'older'.")]
    save(tmp_path, "", "older")
    assert told(load(tmp_path)) == [("older.md", 1, "The file is empty.")]
    save(tmp_path, entry("older"), "older")
    assert told(load(tmp_path)) == [("equal-errors.md", 43, "The entry 'older' is superseded but not archived.")]
    save(tmp_path, entry("older", ("state: not validated", "state: archived")), "older")
    assert load(tmp_path).problems == ()


def test_entries_do_not_supersede_each_other_in_a_circle(tmp_path: Path) -> None:
    for name, old in (("one", "two"), ("two", "three"), ("three", "one")):
        archived = ("state: not validated", f"state: archived\nsupersedes: [{old}]")
        save(tmp_path, entry(name, archived), name)
    ((name, _, what),) = told(load(tmp_path))
    assert name == "one.md"
    assert what.endswith("in a circle: one, three, two.")


def test_a_phrasing_belongs_to_one_entry(tmp_path: Path) -> None:
    save(tmp_path, with_body())
    own = entry("other", ("other why do our error", "WHY do our: error".replace(":", "")))
    save(tmp_path, own, "other")
    assert told(load(tmp_path)) == [
        ("other.md", 7, "The phrasing 'WHY do our error rates differ between groups' is also in 'equal-errors'.")
    ]
    save(tmp_path, own.replace("state: not validated", "state: archived"), "other")
    assert load(tmp_path).problems == ()


def test_problems_come_in_order_of_file_and_line(tmp_path: Path) -> None:
    save(tmp_path, "", "z")
    save(tmp_path, ENTRY.replace("en\n", "x y\n").replace("kind: tension", "kind: x") + BODY, "a")
    assert [(name, line) for name, line, _ in told(load(tmp_path))] == [("a.md", 3), ("a.md", 41), ("z.md", 1)]


def test_the_entries_that_we_ship_have_no_problems() -> None:
    """About the entries, not about this code: when it fails, `rai kb check` says what their writers are to mend."""
    library = load(BUILT_IN)
    assert "\n".join(map(str, library.problems)) == ""
    assert library.answerable
