"""The charter: every problem of council.toml is told at once, each in a sentence."""

from pathlib import Path

import pytest

from bot.chat.identity import Actor
from bot.concerns.model import OutsideChannel
from bot.council.charter import SAMPLE, BrokenCharter, load
from bot.council.charter_parts import PulseTime
from bot.pulse.model import parse

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
        ("keep = 180", "keep = 1096", "concerns.keep: Input should be less than or equal to 1095"),
        ("keep = 180", "kept = 180", "concerns.kept: Extra inputs"),
        ('"Hiring"', '"loan scoring"', "once, and not 'loan scoring', 'Loan scoring'"),
        ('"Hiring"', f'"{"ü" * 31}"', "concerns.systems: a system's name has at most 60 bytes"),
        ('"Hiring"', "'" + '"' * 31 + "'", "concerns.systems: a system's name has at most 60 bytes"),
        ('"Hiring"', '" "', "concerns.systems.1: String should have at least 1 character"),
        ('name = "Ombudsperson"', "", "outside.1.name: Field required"),
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


def test_a_file_from_before_the_duties_is_still_read(tmp_path: Path) -> None:
    older = tmp_path / "council.toml"
    head, _, rest = GOOD.partition("[concerns]")
    older.write_text(head + "[quorum]" + rest.partition("[quorum]")[2], "utf-8")
    charter = load(older)
    assert (charter.guide.systems, charter.guide.outside, charter.guide.keep_days) == ((), (), 180)
    assert charter.pulse is None


def test_the_form_for_concerns_is_told_what_it_needs() -> None:
    guide = load(SAMPLE).guide
    assert "Loan scoring" in guide.systems
    assert guide.outside == (OutsideChannel("Ombudsperson", "ombudsperson@example.org"),)
    assert guide.keep_days == 180
    assert guide.council == "RAI council (chair, legal, engineer, researcher, delegate, support)"


@pytest.mark.parametrize(
    "address", ["https://example.org/report?to=us", "help@example.org", "+49 (30) 123-45", "116006"]
)
def test_what_people_can_use_is_an_address(tmp_path: Path, address: str) -> None:
    file = tmp_path / "council.toml"
    file.write_text(GOOD.replace("ombudsperson@example.org", address), "utf-8")
    assert load(file).outside[0].address == address


def test_where_and_when_the_pulse_asks_is_kept_for_its_room(tmp_path: Path) -> None:
    file = tmp_path / "council.toml"
    file.write_text(GOOD + '\n[pulse]\nplace = "slack:C0123"\nwhen = "wed 10:00 UTC"\n', "utf-8")
    assert load(file).pulse == PulseTime(place="slack:C0123", when="wed 10:00 UTC")
    assert load(file).plan == parse("slack:C0123", "wed 10:00 UTC")
    assert "once a week" in problems(tmp_path, GOOD + '\n[pulse]\nplace = "slack:C0123"\nwhen = "mon,wed 10:00 UTC"\n')
    assert "a place and a time" in problems(tmp_path, GOOD + '\n[pulse]\nwhen = "wed 10:00 UTC"\n')
    assert "platform:address" in problems(tmp_path, GOOD + '\n[pulse]\nplace = "C0123"\nwhen = "wed 10:00 UTC"\n')


def test_every_problem_of_the_newer_parts_is_told_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace("keep = 180", "keep = 29").replace('"Hiring"', f'"{"x" * 61}"')
    told = problems(tmp_path, wrong.replace("ombudsperson@example.org", "the third door"))
    assert "concerns.keep: Input should be greater than or equal to 30" in told
    assert "concerns.systems.1: String should have at most 60 characters" in told
    assert "outside.1.address: write a web address (https://…), a mail address or a phone number" in told


def test_a_list_is_no_longer_than_a_form_can_show(tmp_path: Path) -> None:
    systems = ", ".join(f'"System {number}"' for number in range(21))
    assert "concerns.systems: Tuple should have at most 20 items" in problems(
        tmp_path, GOOD.replace('"Hiring", "Loan scoring", "Search and ranking", "Support chatbot"', systems)
    )
    channel = '\n[[outside]]\nname = "One more"\naddress = "116006"\n'
    assert "outside: Tuple should have at most 5 items" in problems(tmp_path, GOOD + channel * 5)
