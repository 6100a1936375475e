"""The table that turns words into vectors: what it promises, and what happens when it is damaged."""

import json
import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.static import TABLES, NoTable, Table, loaded, pair_key, run_keys, table, word_key

TABLE = Table()


def likeness(one: str, other: str) -> float:
    first, second = TABLE.embed([one, other])
    return float(first @ second)


def test_it_fits_into_eight_megabytes() -> None:
    assert sum(path.stat().st_size for path in TABLES.iterdir()) <= 8_000_000


def test_like_meanings_are_near_without_a_word_in_common() -> None:
    assert likeness("how do I remove somebody's records", "erase personal data") > likeness(
        "how do I remove somebody's records", "carbon footprint of training"
    )
    assert likeness("our model is prejudiced against women", "gender bias") > 0.4


def test_a_word_it_does_not_know_is_read_by_its_letters() -> None:
    assert likeness("fairnesss", "fairness") > 0.4
    assert likeness("fairnesss", "kilowatt") < 0.3


@given(st.lists(st.text(), max_size=4))
@settings(max_examples=50, deadline=None)
def test_every_vector_has_length_one_or_none(texts: list[str]) -> None:
    lengths = np.linalg.norm(TABLE.embed(texts), axis=1)
    assert all(length == pytest.approx(1, abs=1e-5) or length == 0 for length in lengths)


def test_each_text_stands_for_itself() -> None:
    texts = ["model card", "", "drift in production"]
    together = TABLE.embed(texts)
    assert all(np.array_equal(together[place], TABLE.embed([text])[0]) for place, text in enumerate(texts))


def test_keys_are_the_same_on_every_machine() -> None:
    assert (word_key("bias"), pair_key("model", "card")) == (99_026_585, 2_051_564_304)
    assert len(list(run_keys("bias"))) == 4 + 3 + 2


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the table that a test may damage."""
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


def test_a_whole_copy_is_the_table(copy: Path) -> None:
    found = loaded(copy)
    assert found.name == table().name
    assert np.array_equal(found.embed(["model card"]), TABLE.embed(["model card"]))


@pytest.mark.parametrize("name", ["keys.npy", "rows.npy", "scales.npy", "about.json"])
@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_a_damaged_table_leaves_words_alone(
    copy: Path, name: str, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = copy / name
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:50])
    elif name == "about.json":
        path.write_text(json.dumps({"sha256": {}}))
    else:
        np.save(path, np.zeros(3, np.float16))
    with caplog.at_level(logging.WARNING):
        found = loaded(copy)
    assert isinstance(found, NoTable)
    assert not found.embed(["model card"]).any()
    assert "words alone decide" in caplog.text
