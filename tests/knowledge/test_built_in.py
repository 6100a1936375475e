"""The built-in library: what it must hold, and how it does on questions that its writers never saw."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest

from knowledge.entry import CIRCLES, MOST_WORDS_SHOWN, Entry, Kind, Role, Stage, Value
from knowledge.library import BUILT_IN, load
from knowledge.search import Found, Index

LIBRARY = load(BUILT_IN)
ENTRIES = tuple(LIBRARY.answerable.values())
FIVE_ROLES: tuple[Role, ...] = ("product manager", "engineer", "designer", "legal", "executive")


def test_it_has_no_problems_and_is_large_enough() -> None:
    assert LIBRARY.problems == ()
    assert len(ENTRIES) >= 200


def test_every_kind_and_value_and_stage_is_there() -> None:
    assert {entry.kind for entry in ENTRIES} == set(get_args(Kind))
    counted = Counter(value for entry in ENTRIES for value in entry.values)
    assert set(counted) == set(get_args(Value))
    assert min(counted.values()) >= 5
    assert {stage for entry in ENTRIES for stage in entry.stages} == set(get_args(Stage))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_five_roles_are_given_three_different_steps(entry: Entry) -> None:
    assert len(entry.phrasings) >= 10
    assert len({entry.next_step(role).text for role in FIVE_ROLES}) >= 3
    assert all(entry.next_step(role).suits(role) or entry.next_step(role).names(role) for role in FIVE_ROLES)
    assert all(step.minutes <= 15 for step in entry.next_steps)
    assert MOST_WORDS_SHOWN == 120
    assert sum(len(roles) for roles in CIRCLES.values()) == 12


def test_tables_are_for_no_chat() -> None:
    assert [entry.id for entry in ENTRIES if "\n|" in f"\n{entry.body}"] == []


def asked(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions of a file, each with the ids that answer it."""
    lines = (Path(__file__).parent / "questions" / name).read_text("utf-8").splitlines()
    for line in map(json.loads, lines):
        gold = line["gold"] or ()
        yield line["text"], (gold,) if isinstance(gold, str) else tuple(gold)


@pytest.fixture(scope="module")
def found() -> Mapping[str, Found]:
    """What each question of the set finds."""
    index = Index(LIBRARY)
    return {text: index.find(text) for name in ("asked.jsonl", "near.jsonl") for text, _ in asked(name)}


def test_the_question_set_is_whole() -> None:
    questions, near = list(asked("asked.jsonl")), list(asked("near.jsonl"))
    assert (len(questions), len(near)) == (476, 160)
    assert all(gold and set(gold) <= set(LIBRARY.entries) for _, gold in questions)
    assert Counter(gold[0] for _, gold in questions) == dict.fromkeys(LIBRARY.answerable, 2)
    assert all(gold == () for _, gold in near)


def test_blind_questions_find_their_entry(found: Mapping[str, Found]) -> None:
    """Floors below what was measured, so that a change that costs a lot is seen."""
    first, three = (
        sum(bool({match.entry_id for match in found[text].ranked[:places]} & set(gold)) for text, gold in questions)
        for places in (1, 3)
        for questions in (list(asked("asked.jsonl")),)
    )
    assert first / 476 >= 0.75
    assert three / 476 >= 0.88


def test_a_wrong_answer_is_hardly_ever_given_outright(found: Mapping[str, Found]) -> None:
    outright = [
        (found[text].ranked[0].entry_id, gold)
        for name in ("asked.jsonl", "near.jsonl")
        for text, gold in asked(name)
        if found[text].outcome == "answer"
    ]
    wrong = [name for name, gold in outright if name not in gold]
    assert len(wrong) <= 6, "at most one of a hundred"
    assert len(outright) > 30


def test_what_the_library_lacks_is_refused(found: Mapping[str, Found]) -> None:
    assert sum(found[text].outcome == "refuse" for text, _ in asked("near.jsonl")) / 160 >= 0.85
