"""The charter: every problem of council.toml is told at once, each in a sentence."""

from pathlib import Path

import pytest

from bot.chat.identity import Actor
from bot.council.charter import SAMPLE, BrokenCharter, load

GOOD = SAMPLE.read_text("utf-8")


def problems(tmp_path: Path, text: str) -> str:
    file = tmp_path / "council.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BrokenCharter) as caught:
        load(file)
    return "\n".join(caught.value.problems)


def test_the_sample_is_a_middle_out_council() -> None:
    charter = load(SAMPLE)
    assert {seat.group for seat in charter.seats} == {"leadership", "practitioners", "affected"}
    seat = charter.seat_of(Actor("terminal", "local", "chair"))
    assert seat is not None
    assert seat.title == "chair"
    assert charter.seat_of(Actor("slack", "local", "chair")) is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("acknowledge = 7", "acknowledge = 8", "deadlines.acknowledge: Input should be less than or equal to 7"),
        ("answer = 90", "answer = 91", "deadlines.answer"),
        ("answer = 90", "", "deadlines.answer: Field required"),
        ("each_group = 1", "each_group = 3", "fewer seats than the quorum asks of each group"),
        ("seats = 4", "seats = 7", "more seats than there are"),
        ('title = "legal"', 'title = "chair"', "two seats are called 'chair'"),
        ("terminal:local:legal", "terminal:local:chair", "one person sits on two seats"),
        ("terminal:local:legal", "legal", "platform:tenant:user"),
        ('title = "legal"\ngroup = "leadership"', 'title = "legal"\ngroup = "nobody"', "[groups] does not name"),
        ('name = "RAI council"', 'nome = "RAI council"', "nome: Extra inputs"),
        ('name = "RAI council"', "name = RAI council", "is not TOML"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    assert told in problems(tmp_path, GOOD.replace(old, new))


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    told = problems(tmp_path, GOOD.replace("acknowledge = 7", "acknowledge = 0").replace("answer = 90", "answer = 0"))
    assert "deadlines.acknowledge" in told
    assert "deadlines.answer" in told


def test_a_file_that_is_missing_or_no_text_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BrokenCharter, match="is not there"):
        load(tmp_path / "nowhere.toml")
    (tmp_path / "council.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BrokenCharter, match="cannot be read"):
        load(tmp_path / "council.toml")
