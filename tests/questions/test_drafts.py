"""A member's answer: told to those who wait, live at once where the council allows it, exported, taken back."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.app import Ports, build
from bot.chat.actions import Pressed
from bot.concerns.schedule import AtOnce, Schedule
from bot.council.charter import SAMPLE
from bot.questions.export import draft_file, export
from bot.questions.model import Draft
from bot.questions.shelf import Shelf
from bot.settings import read
from knowledge.entry import parse
from knowledge.problems import BrokenEntry
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock
from tests.questions.rows import everything, rows
from tests.walks.house import House, Person

PRINTER = "how do I change the toner of the printer"
SOURCED = {
    "answer": "Open the flap and pull.",
    "source_title": "The printer's manual, page 7",
    "source_url": "https://example.org/manual",
    "tension": "Haste and clean hands.",
    "step": "Look for the flap.",
}


async def answered(house: House, **values: str) -> Person:
    """Somebody asks a human, and the chair answers; returns the chair."""
    person, chair = house.person("canary-person"), house.person("chair")
    await person.says(PRINTER)
    await person.presses("Don't keep my question")
    await person.says(PRINTER)
    await person.presses("Ask a human")
    await person.fills()
    chair.looks(house.app.council.place)
    await chair.presses("Answer")
    await chair.fills(**(values or SOURCED))
    return chair


async def test_a_members_answer_with_a_source_is_live_at_once_and_says_what_it_is(house: House) -> None:
    await answered(house)
    person = house.person("ben")
    seen = await person.says(PRINTER)
    assert "An answer from the council" in seen
    assert "A member of the council answered this on 2026-11-23; not validated yet." in seen
    for words in SOURCED.values():
        assert words in seen
    assert "canary" not in seen
    assert person.labels()[0] == "Not for me"
    assert "Noted" in await person.presses("This helped")
    told = house.person("canary-person").corner()[0]
    assert all(words in told for words in SOURCED.values())


async def test_a_draft_holds_no_person(house: House) -> None:
    await answered(house)
    (row,) = await rows(house, "questions_draft")
    assert set(row) == {
        "ticket", "phrasings", "answer", "source_title", "source_url", "tension", "step", "answered_on",
    }  # fmt: skip
    assert "canary" not in repr(row)
    assert "chair" not in repr(row)
    assert "canary" not in (await everything(house)).replace("questions_reader", "")


async def test_without_a_source_it_answers_only_those_who_waited(house: House) -> None:
    chair = await answered(house, answer="Pull.")
    assert "I don't know" in await house.person("ben").says(PRINTER)
    assert "Kept as a draft" in chair.looks(house.app.council.place)
    assert len(await rows(house, "questions_draft")) == 1


async def test_an_answer_that_is_taken_back_is_shown_to_nobody_and_can_be_given_anew(house: House) -> None:
    chair = await answered(house)
    assert "Others who ask the same" in chair.looks(house.app.council.place)
    stranger = house.person("ben")
    stranger.looks(house.app.council.place)
    assert "Only members" in await stranger.presses("Take this answer back")
    ticket = chair.card
    assert "somebody has taken" in await chair.presses("Take this answer back")
    assert "I don't know" in await stranger.says(PRINTER)
    chair.card = ticket
    assert "taken back already" in await chair.presses("Take this answer back")
    chair.looks(house.app.council.place)
    await chair.presses("Answer")
    await chair.fills(**{**SOURCED, "answer": "Push."})
    assert "Push." in await stranger.says(PRINTER)
    assert len(house.person("canary-person").corner()) == 1


async def test_the_answers_are_there_again_after_a_restart(
    house: House, open_house: Callable[[Schedule], House]
) -> None:
    await answered(house)
    again = open_house(AtOnce())
    await again.app.start()
    assert "Open the flap" in await again.person("ben").says(PRINTER)
    await again.app.stop()


async def test_where_the_council_does_not_allow_it_no_draft_is_live(
    tmp_path: Path, shelf: Shelf, clock: FakeClock
) -> None:
    council = tmp_path / "council.toml"
    council.write_text(re.sub("answers_live = true.*", "", SAMPLE.read_text("utf-8")), "utf-8")
    settings = read(RAI_DATA_DIR=str(tmp_path / "var"), RAI_COUNCIL_FILE=str(council))
    messenger = FakeMessenger()
    house = House(build(settings, Ports(messenger, FakeDirectory(), clock), shelf=shelf), messenger, clock)
    await house.app.start()
    chair = await answered(house)
    assert "Open the flap" in house.person("canary-person").corner()[0]
    assert "Kept as a draft" in chair.looks(house.app.council.place)
    assert "I don't know" in await house.person("ben").says(PRINTER)
    await house.app.stop()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"source_url": "http://example.org/x", "source_title": "x"}, "source_url"),
        ({"source_url": "javascript:alert(1)", "source_title": "x"}, "source_url"),
        ({"source_url": "https://example.org/a b", "source_title": "x"}, "source_url"),
        ({"source_url": "https://example.org/x"}, "source_title"),
        ({"answer": ""}, "answer"),
    ],
)
async def test_what_is_wrong_with_an_answer_is_told_at_its_field(
    house: House, values: dict[str, str], field: str
) -> None:
    chair = await answered(house, **{"answer": "Pull.", **values})
    assert set(chair.errors) == {field}
    assert await rows(house, "questions_draft") == []


async def test_a_draft_has_no_more_to_it_and_leads_to_no_follow_up_alone(house: House) -> None:
    await answered(house)
    person = house.person("ben")
    await person.says(PRINTER)
    assert "An answer from the council" not in await person.says("why?")
    assert person.labels()[0] == PRINTER
    assert person.card is not None
    more = Pressed("questions.more/1", f'{{"entry":"draft-{(await rows(house, "questions_ticket"))[0]["id"]}"}}')
    person.card = replace(person.card, blocks=(), buttons=(replace(person.card.every_button[0], action=more),))
    assert "no more to this answer" in await person.presses(PRINTER)


async def test_what_was_answered_is_exported_once_and_left_alone_then(house: House, tmp_path: Path) -> None:
    await answered(house)
    folder = tmp_path / "drafts"
    (path,) = await export(house.app.database, folder)
    assert "canary" not in path.read_text("utf-8")
    path.write_text("begun", "utf-8")
    assert await export(house.app.database, folder) == ()
    assert path.read_text("utf-8") == "begun"


FULL = Draft(
    "0" * 32,
    (PRINTER, 'toner: "how"?\n---\nid: evil', "これは何ですか"),
    "Open the flap.\n\n- and pull: hard",
    date(2026, 11, 23),
    "A manual: page 7",
    "https://example.org/manual",
    "Haste: and clean hands",
    "Look # for the flap.",
)


@pytest.mark.parametrize("draft", [FULL, replace(FULL, source_title="", source_url="", tension="", step="")])
def test_an_exported_draft_lacks_just_what_the_check_names(draft: Draft) -> None:
    name, text = draft_file(draft)
    assert name == f"draft-{'0' * 32}.md"
    with pytest.raises(BrokenEntry) as broken:
        parse(Path("topics") / name, text)
    told = " ".join(str(problem) for problem in broken.value.problems)
    assert '"kind" is not in the list' in told
    for field in ("not_for", "values", "roles", "stages", "escalate_when"):
        assert f'"{field}" is empty' in told, told
    for field in ("title", "short", "as_of", "state", "language"):
        assert f'"{field}"' not in told, told
    assert ('"sources" is empty' in told) == (draft.source_title == "")
    assert ('"tensions" is empty' in told) == (draft.tension == "")
    assert ('"next_steps" is empty' in told) == (draft.step == "")


def test_an_exported_draft_that_is_filled_in_is_an_entry() -> None:
    _, text = draft_file(FULL)
    body = (
        "## Steps\n\n" + "One opens the flap and pulls as hard as one can. " * 12 + "\n\n## Done when\n\nIt prints.\n"
    )
    steps = "".join(
        f"  - who: [{who}]\n    text: The {who} look for the flap.\n    minutes: 5\n"
        for who in ("makers", "deciders", "advisers")
    )
    for old, new in (
        ("kind:\n", "kind: practice\n"),
        ("not_for:\n", "not_for: Copiers.\n"),
        ("values:\n", "values: [fairness]\n"),
        ("roles:\n", "roles: [everyone]\n"),
        ("stages:\n", "stages: [launch]\n"),
        ("escalate_when:\n", f"{steps}escalate_when: It smokes.\n"),
        ("    minutes:\n", "    minutes: 5\n"),
        ("between:\n", "between: haste and hands\n"),
        ("locator:\n", "locator: page 7\n"),
        ("- これは何ですか\n", "- これは何ですか\n- toner four\n- toner five\n"),
    ):
        assert text.count(old) == 1, (old, text)
        text = text.replace(old, new)
    head = text.partition("---\nOpen the flap.")[0]
    entry = parse(Path("topics") / "x.md", f"{head}---\n{body}")
    assert entry.state == "draft"
    assert entry.phrasings[0] == PRINTER
    assert entry.tensions[0].bears == "Haste: and clean hands"
    assert entry.sources[0].title == "A manual: page 7"
