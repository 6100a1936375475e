"""What an entry may hold, and what its writer is told."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from knowledge import front_matter
from knowledge.entry import Entry, parse
from knowledge.problems import BrokenEntry, Problem
from tests.knowledge.writing import BODY, ENTRY, changed, with_body

PATH = Path("entries/fairness/equal-errors.md")


def read(text: str) -> Entry:
    return parse(PATH, text)


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(BrokenEntry) as caught:
        read(text)
    return caught.value.problems


def test_a_whole_entry_is_read() -> None:
    entry = read(with_body())
    assert entry.id == "equal-errors"
    assert entry.topic == "fairness"
    assert entry.phrasings[4] == "Impossibility theorem: what does it mean for us?"
    assert entry.as_of == entry.sources[0].accessed == date(2026, 11, 22)
    assert entry.body.startswith("## Who loses each way")
    assert entry.supersedes == ()


def test_an_entry_never_changes() -> None:
    entry = read(with_body())
    with pytest.raises(ValidationError, match="frozen"):
        entry.title = "another"  # type: ignore[misc]


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    assert read("\ufeff" + with_body().replace("\n", "\r\n")) == read(with_body())


def test_what_may_be_left_out() -> None:
    entry = read(changed("    accessed: 2026-11-22\n", ""))
    assert entry.sources[0].accessed is None
    assert read(changed("language: en", "language: en\njurisdiction: EU\nvalid_from: 2026-08-02")).valid_to is None
    assert read(changed("language: en", "language: pt-BR\nsupersedes: [older]")).supersedes == ("older",)


LONG = "word " * 70
SOURCES = "".join(f"  - {{title: Book, locator: page {page}, url: https://example.org/}}\n" for page in range(3))

TWO_PHRASINGS = """\
  - why do our error rates differ between groups
  - equalised odds or calibration, which one
  - the score is fair by one metric and unfair by another
"""

BROKEN = [
    # what is replaced, by what, the line's beginning, what is told, how to mend it
    ("id: equal-errors", "id: Equal Errors", "id:", "not an id: 'Equal Errors'", "small letters"),
    ("id: equal-errors", "id: 2024", "id:", '"id" is not text', "quotes"),
    ("kind: tension", "kind: advice", "kind:", "not in the list: 'advice'", "'value', 'tension'"),
    ("kind: tension\n", "", "---", '"kind" is missing', "README"),
    ("kind: tension", "kind:", "kind:", '"kind" is not in the list: None', "Use 'value'"),
    ("title: Cal", f"title: {'x' * 80} Cal", "title:", "characters; at most 80", "Shorten"),
    ("title: Cal", "titel: Cal", "titel:", '"titel" is not a field', "spelling"),
    ("  - why do our", "  - Can a risk score be CALIBRATED and have equal false positive rates?\n  - why do our",
     "  - Can", '"phrasings.2" says the same as number 1', "Take it out"),
    (TWO_PHRASINGS, "", "phrasings:", "has 2 items; at least 3", "Add more"),
    ("  - why do our", "  - yes\n  - why do our", "  - yes", '"phrasings.2" is not text', "quotes"),
    ("  - why do our", "  - why: do our", "  - why:", '"phrasings.2" is not text', "colon"),
    ("  - why do our", "  -\n  - why do our", "  -\n", '"phrasings.2" is empty', "Fill it in"),
    ("not_for: Choosing a threshold once the metric is chosen.", "not_for: One thing. And another.",
     "not_for:", "more than one sentence", "Keep the one"),
    ("not_for: Choosing a threshold once the metric is chosen.", 'not_for: " "', "not_for:", "is empty", "Fill it in"),
    ("values: [fairness, accountability]", "values: [justice]", "values:", "'justice'", "'labour and society'"),
    ("values: [fairness, accountability]", "values: fairness", "values:", "is not a list", "dash"),
    ("roles: [data scientist]", "roles: []", "roles:", "has 0 items; at least 1", "Add more"),
    ("roles: [data scientist]", "roles: [boss]", "roles:", "'boss'", "'everyone'"),
    ("stages: [evaluate, launch]", "stages: [launch, launch]", "stages:", '"stages.2" says the same', "Take it out"),
    ("  No score can", f"  {LONG} No score can", "short:", "words; at most 60", "Shorten"),
    ("short: >-\n  No", "short: |-\n  - No", "short:", "a heading or a list", "plain sentences"),
    ("    minutes: 15", "    minutes: 16", "    minutes:", "is 16; a next step", "smaller step"),
    ("    minutes: 15", '    minutes: "15"', "    minutes:", "not a whole number", "without quotes"),
    ("    text: Print", f"    text: {LONG} {LONG} Print", "short:", "words with the first tension", "longest of them"),
    ("next_steps:\n", "next_steps: [later]\nlater:\n", "next_steps:", "is not a group of fields", "indented"),
    ("  - who: [makers]\n    text: Print", "  - text: Print", "  - text:", '"next_steps.1.who" is missing', "Add it"),
    ("  - who: [makers]", "  - who: [boss]", "  - who:", "'boss'", "Use 'everyone'"),
    ("  - who: [makers]", "  - who: [engineer]", "next_steps:", "no step for the makers: the data scientist", "makers"),
    ("Write down which error hurts whom more.", "Look up which of the two the documentation names.",
     "next_steps:", "the same to people of different circles", "a step of its own"),
    ("  - between: cal", "  - entry: No Such\n    between: cal", "  - entry:", '"tensions.1.entry" is not an id',
     "hyphens"),
    ("sources:\n", "sources: []\nold:\n", "sources:", "has 0 items; at least 1", "Add more"),
    ("url: https://arxiv.org", "url: http://arxiv.org", "    url:", '"sources.1.url" is not an https', "https://"),
    ("url: https://arxiv.org/abs/1609.05807", "url: https://", "    url:", "is not an https address", "whole address"),
    ("as_of: 2026-11-22", "as_of: 2026-13-22", "as_of:", "is not a day: '2026-13-22'", "year-month-day"),
    ("sources:\n", f"sources:\n{SOURCES}", "sources:", "has 4 items; at most 3", "Keep the best"),
    ("as_of: 2026-11-22", "as_of: yesterday", "as_of:", "is not a day", "year-month-day"),
    ("as_of: 2026-11-22", "as_of: !!timestamp 2026-11-22 10:00:00", "as_of:", "is not a day", "year-month-day"),
    ("state: not validated", "state: ready", "state:", "'ready'", "'archived'"),
    ("state: not validated", "state: validated", "state:", "nobody is named", "verified_by"),
    ("language: en", "language: English", "language:", "not a language tag", "pt-BR"),
    ("language: en", "language: en\nverified_by: counsel", "---", '"verified_until" is missing', "Give both"),
    ("language: en", "language: en\nverified_until: 2027-01-01", "---", '"verified_by" is missing', "Give both"),
    ("kind: tension", "kind: regulation\njurisdiction: EU", "---", '"valid_from" is missing', "from which day"),
    ("kind: tension", "kind: regulation\nvalid_from: 2026-01-01", "---", '"jurisdiction" is missing', "where the law"),
    ("kind: tension", "kind: practice", "## Who loses", 'lacks the heading "Steps"', 'Add a line "## Steps"'),
    ("language: en", "language: en\nvalid_from: 2026-02-02\nvalid_to: 2026-02-02", "valid_to:", "not after", "Correct"),
    ("language: en", "language: en\nvalid_to: 2026-02-02", "valid_to:", "not after valid_from", "Correct"),
    ("language: en", "language: en\nlanguage: de", "language: de", "stands twice", "Keep one"),
    ("language: en", "language: en\nbody: mine", "body:", "not a field of the front matter", "Take it out"),
    ("language: en", "language: en\ntopic: mine", "topic:", "not a field of the front matter", "Take it out"),
    ("language: en", "language: en\n? [a]\n: b", "? [a]", "not YAML", "indentation"),
    ("title: Cal", "title: One: two: Cal", "title:", "not YAML: mapping values are not allowed", "colon"),
    ("kind: tension", "\tkind: tension", "\tkind", "not YAML", "indentation"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "what", "mend"), BROKEN)
def test_what_is_wrong_is_told_with_its_line_and_how_to_mend_it(
    old: str, new: str, line: str, what: str, mend: str
) -> None:
    text = changed(old, new)
    expected = next(number for number, one in enumerate(text.split("\n"), 1) if f"{one}\n".startswith(line))
    (told,) = (problem for problem in problems(text) if what in problem.what)
    assert (told.path, told.line) == (PATH, expected)
    assert mend in told.mend
    assert str(told).startswith(f"{PATH}:{expected}: ")


def test_everything_wrong_is_told_at_once_in_order_of_line() -> None:
    found = problems(
        changed("id: equal-errors\nkind: tension", "id: A B\nkind: x").replace("language: en", "language: x y")
    )
    assert [problem.line for problem in found] == [2, 3, 41]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "The file is empty."),
        (" \n\n", 1, "The file is empty."),
        ("# A note\n", 1, "no front matter"),
        ("---\nid: a\ntitle: half sa", 3, "no end"),
        ("---\n- a\n- b\n---\n", 2, "not a list of fields"),
        ("---\n---\n", 2, "not a list of fields"),
        ("---\nid: a\x01b\n---\n", 1, "not YAML"),
        ("---\nid: " + "9" * 5_000 + "\n---\n", 1, "not YAML"),
        ("---\nid: " + "[" * 50_000 + "\n---\n", 2, "nests too deeply"),
        ("---\nid: &a [b]\nkind: *a\n---\n", 3, "alias"),
    ],
)
def test_a_file_that_is_no_entry_is_told_not_thrown(text: str, line: int, what: str) -> None:
    (problem,) = problems(text)
    assert (problem.path, problem.line) == (PATH, line)
    assert what in problem.what
    assert problem.mend


@pytest.mark.parametrize("end", range(0, len(ENTRY) + 400, 97))
def test_a_half_saved_file_is_told_wherever_it_ends(end: int) -> None:
    text = with_body()[:end]
    assert all(problem.what and problem.mend for problem in problems(text))


def test_the_body_has_80_to_400_words_and_headings_of_the_second_level() -> None:
    (short,) = problems(ENTRY + "Too short.")
    assert (short.line, short.what) == (ENTRY.count("\n") + 1, '"body" has 2 words; at least 80 are asked for.')
    assert "at most 400" in problems(ENTRY + "word " * 401)[0].what
    assert "first level" in problems(ENTRY + "# Title\n" + BODY)[0].what
    assert read(ENTRY + "```\n# a comment\n```\n" + BODY).body.startswith("```")


def test_lines_within_an_unfinished_list_are_those_of_the_list() -> None:
    (missing,) = problems(changed("    locator: Theorem 1.1\n", ""))
    assert (missing.line, missing.what) == (35, '"sources.1.locator" is missing.')
    front = front_matter.read(PATH, with_body())
    assert front.line_of(("sources", 5, "url")) == front.line_of(("sources",)) == 34
    assert front.line_of(("title", "deeper")) == 4


def test_somebodys_braces_are_shown_as_they_are() -> None:
    assert "'{what} {0}'" in problems(changed("id: equal-errors", "id: '{what} {0}'"))[0].what


def test_a_long_value_is_cut() -> None:
    assert problems(changed("kind: tension", f"kind: {'x' * 500}"))[0].what.endswith("....")


def test_an_entry_is_stale_once_nobody_vouches_for_it_any_more() -> None:
    assert not read(with_body()).stale(date(2099, 1, 1))
    vouched = read(changed("language: en", "language: en\nverified_by: counsel\nverified_until: 2027-05-01"))
    assert not vouched.stale(date(2027, 5, 1))
    assert vouched.stale(date(2027, 5, 2))


def test_law_is_in_force_from_its_first_to_its_last_day() -> None:
    assert read(with_body()).in_force(date(1999, 1, 1))
    law = read(changed("language: en", "language: en\nvalid_from: 2026-08-02\nvalid_to: 2027-12-02"))
    days = [date(2026, 8, 1), date(2026, 8, 2), date(2027, 12, 2), date(2027, 12, 3)]
    assert [law.in_force(day) for day in days] == [False, True, True, False]
