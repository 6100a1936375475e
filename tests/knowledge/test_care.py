"""What a library needs looking after."""

from datetime import date, timedelta
from pathlib import Path

from knowledge import report, schema, static
from knowledge.care import coverage, near_duplicates, overdue, short_of_phrasings, unreachable_tensions
from knowledge.library import load
from tests.knowledge.writing import ENTRY, TOPICS, changed, save, save_topics, with_body

OTHER = ENTRY.replace("id: equal-errors", "id: other")


def phrased(front: str, *phrasings: str) -> str:
    """The file with other phrasings."""
    head, rest = front.split("phrasings:\n")
    return with_body(
        head
        + "phrasings:\n"
        + "".join(f'  - "{each}"\n' for each in phrasings)
        + "not_for:"
        + rest.split("not_for:")[1]
    )


def test_two_entries_that_share_a_question_are_told(tmp_path: Path) -> None:
    save(tmp_path, phrased(ENTRY, "is a credit score fair", "one thing", "two things"))
    save(tmp_path, phrased(OTHER, "Is a credit score fair?!", "three kilowatts", "four annotators"), "other")
    twins = near_duplicates(load(tmp_path), static.table())
    assert [(each.one_entry, each.other_entry) for each in twins] == [("equal-errors", "other")]


def test_a_tension_that_nobody_leads_to_is_told(tmp_path: Path) -> None:
    save(tmp_path, with_body())
    assert [entry.id for entry in unreachable_tensions(load(tmp_path))] == ["equal-errors"]
    pointing = OTHER.replace("  - between: cal", "  - entry: equal-errors\n    between: cal")
    save(tmp_path, phrased(pointing, "one thing", "two things", "three things"), "other")
    assert [entry.id for entry in unreachable_tensions(load(tmp_path))] == ["other"]
    assert [entry.id for entry in short_of_phrasings(load(tmp_path))] == ["other"]


def test_what_is_covered_is_counted_by_value(tmp_path: Path) -> None:
    save_topics(tmp_path)
    table = coverage(load(tmp_path))
    assert table["fairness"]["tension"] == table["fairness"]["launch"] == len(TOPICS)
    assert table["privacy"]["tension"] == 0


def test_an_entry_is_overdue_after_its_day_and_late_after_the_grace(tmp_path: Path) -> None:
    verified = "state: validated\nverified_by: counsel\nverified_until: 2026-11-01"
    save(tmp_path, changed("state: not validated", verified))
    library = load(tmp_path)
    assert overdue(library, date(2026, 11, 1)) == ()
    assert [entry.id for entry in overdue(library, date(2026, 11, 2))] == ["equal-errors"]
    assert overdue(library, date(2026, 11, 2), timedelta(days=30)) == ()
    assert [entry.id for entry in overdue(library, date(2026, 12, 2), timedelta(days=30))] == ["equal-errors"]


def test_the_report_names_counts_gaps_and_the_calibration(tmp_path: Path) -> None:
    save_topics(tmp_path)
    lines = list(report.lines(load(tmp_path), static.table(), 0.8))
    assert lines[0].startswith("10 entries, version ")
    assert any(line.startswith("fairness") and "10" in line for line in lines)
    assert any("no entry leads to the tension drift" in line for line in lines)
    assert any(line.startswith("operating point: 80%") for line in lines)
    few = list(report.lines(load(save(tmp_path / "few", with_body()).parent), static.table(), 0.8))
    assert "too few known questions" in few[-1]


def test_the_published_schema_is_this_programs(tmp_path: Path) -> None:
    assert schema.PUBLISHED.read_text("utf-8") == schema.text()
    front = schema.schema()
    assert front["additionalProperties"] is False
    assert "body" not in front["properties"]
    assert {"id", "kind", "phrasings", "next_steps", "tensions", "sources"} <= set(front["required"])
