"""Forms at the terminal, question by question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.forms import Wrong, read_answer
from bot.chat.forms import (
    ChoiceField,
    DateField,
    Field,
    PersonField,
    TextField,
    TimeField,
    ToggleField,
    problem_with,
)
from tests.adapters.terminal.house import Session, flowing

LENGTH = ChoiceField("length", "Length", (("30", "Half an hour"), ("60", "An hour")))
TEXT = TextField("text", "Text", most=10, required=False)


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        (TEXT, " words ", "words"),
        (TEXT, "a\nb", "a b"),
        (TextField("text", "Text", multiline=True), "a\nb", "a\nb"),
        (TEXT, "a\x1b\u202eb", "ab"),
        (TEXT, "", "kept"),
        (TEXT, "-", ""),
        (LENGTH, "1", "30"),
        (LENGTH, "2", "60"),
        (LENGTH, "60", "60"),
        (LENGTH, "an HOUR", "60"),
        (ChoiceField("free", "Free", ()), "anything", "anything"),
        (DateField("day", "Day"), "2026-11-22", "2026-11-22"),
        (DateField("day", "Day"), "20261122", "2026-11-22"),
        (TimeField("time", "Time"), "09:30", "09:30"),
        (TimeField("time", "Time"), "9:30", "09:30"),
        (TimeField("time", "Time"), "9.30", "09:30"),
        (PersonField("guest", "Guest"), "mira", "terminal:local:mira"),
        (PersonField("guest", "Guest"), "@Mira", "terminal:local:mira"),
        (ToggleField("remind", "Remind"), "Yes", "yes"),
        (ToggleField("remind", "Remind"), "n", ""),
    ],
)
def test_an_answer_means(field: Field, words: str, value: str) -> None:
    assert read_answer(field, words, "kept" if field is TEXT else "") == value


@pytest.mark.parametrize(
    ("field", "words", "problem"),
    [
        (TEXT, "x" * 11, "At most 10 characters"),
        (TextField("text", "Text"), "", "Please fill this in."),
        (TextField("text", "Text"), "\u202e", "Please fill this in."),
        (LENGTH, "3", "Please choose one of the options."),
        (LENGTH, "²", "Please choose one of the options."),
        (DateField("day", "Day"), "tomorrow", "2026-11-22"),
        (DateField("day", "Day"), "2026-02-30", "2026-11-22"),
        (TimeField("time", "Time"), "noon", "09:30"),
        (TimeField("time", "Time"), "25:00", "09:30"),
        (PersonField("guest", "Guest"), "no such name", "name"),
        (ToggleField("remind", "Remind"), "perhaps", "yes or no"),
        (ToggleField("agree", "Agree", required=True), "no", "Please fill this in."),
    ],
)
def test_an_answer_that_cannot_stand_says_why(field: Field, words: str, problem: str) -> None:
    wrong = read_answer(field, words, "")
    assert isinstance(wrong, Wrong)
    assert problem in wrong.sentence


@given(
    st.sampled_from(
        (TEXT, LENGTH, DateField("a", "A"), TimeField("a", "A"), PersonField("a", "A"), ToggleField("a", "A"))
    ),
    st.text(),
)
def test_an_answer_that_stands_fits_its_field(field: Field, words: str) -> None:
    value = read_answer(field, words, "")
    assert isinstance(value, Wrong) or problem_with(field, value) == ""


ORDER = """order
privacy
because \\
it matters
an hour

9:30
mira
y
"""


async def test_a_form_is_asked_question_by_question_and_sent_whole(session: Session) -> None:
    screen = await session.play(ORDER)
    assert "╭─ Order an hour" in screen
    assert "1/7  Topic\n  One word.\n  Enter keeps [fairness].\n  > privacy\n" in screen
    assert "2/7  Reason (optional)" in screen
    assert "  [1] Half an hour   [2] An hour\n  > an hour" in screen
    assert session.house.orders == [
        {
            "topic": "privacy",
            "reason": "because \nit matters",
            "length": "60",
            "day": "2026-11-23",
            "time": "09:30",
            "guest": "terminal:local:mira",
            "remind": "yes",
        }
    ]
    assert "╭─ Booked" in screen
    assert session.status == 0


async def test_a_button_may_open_a_form(session: Session) -> None:
    await session.play("rai\n1\n" + ORDER.removeprefix("order\n"))
    await session.play("question\n2\n" + ORDER.removeprefix("order\n"))
    assert len(session.house.orders) == 2


async def test_a_wrong_answer_is_asked_again_at_once(session: Session) -> None:
    screen = await session.play("order\n\n\n7\nhalf an hour\n\nnoon\n10:00\n\n\n")
    assert "  > 7\n  ! Please choose one of the options.\n  > half an hour\n" in screen
    assert "  > noon\n  ! Please write the time as 09:30.\n  > 10:00\n" in screen
    assert session.house.orders[0]["topic"] == "fairness"
    assert session.house.orders[0]["remind"] == ""


async def test_only_the_questions_at_fault_are_asked_again(session: Session) -> None:
    screen = await session.play("order\nprivacy\n\n1\n\n10:00\n\n\nbecause\n")
    assert screen.count("2/7  Reason") == 2
    assert screen.count("1/7  Topic") == 1
    assert "  ! Privacy needs a reason.\n  > because\n" in screen
    assert session.house.orders[0]["reason"] == "because"


async def test_what_the_room_itself_finds_wrong_is_asked_again(session: Session) -> None:
    screen = await session.play("order\ntaken\n\n1\n\n10:00\n\n\nfree\n")
    assert "  ! The calendar changed meanwhile.\n" in screen
    assert "Enter keeps [taken]" in screen
    assert "  ! That one is taken.\n  > free\n" in screen
    assert session.house.orders[0]["topic"] == "free"


async def test_a_fault_of_no_question_in_particular_asks_them_all_with_the_answers_kept(session: Session) -> None:
    screen = await session.play("order\nanything\nwhy\n1\n\n10:00\n\n\nbetter\n\n\n\n\n\n\n")
    assert "  ! Something in here does not fit.\n" in screen
    assert "Enter keeps [Half an hour]." in screen
    assert session.house.orders[0]["topic"] == "better"
    assert session.house.orders[0]["reason"] == "why"


async def test_a_form_can_be_left(session: Session) -> None:
    screen = await session.play("order\nprivacy\nbecause \\\n/cancel\nwhisper")
    assert "  > /cancel\nNothing was sent.\nyou> whisper\n" in screen
    assert session.house.orders == []
    assert session.status == 0


async def test_a_form_left_half_way_by_the_end_of_input_is_a_failure(session: Session) -> None:
    screen = await session.play("order\nprivacy")
    assert screen.endswith("The form was left half-way; nothing more was sent.\n")
    assert session.house.orders == []
    assert session.status == 1


@pytest.mark.parametrize("line", ["/quit", "/help", "/as chair"])
async def test_commands_are_no_answers(session: Session, line: str) -> None:
    screen = await session.play(f"concern\n{line}\nwords\n")
    assert "This is an answer to a form. /cancel leaves it first; then nothing is sent." in screen
    assert session.house.concerns == ["words"]


async def test_a_sealed_form_carries_its_words_to_the_council_and_nobody_with_them(session: Session) -> None:
    screen = await session.play("concern it is\n\n/as chair\n1")
    assert "Enter keeps [it is]." in screen
    assert session.house.concerns == ["it is"]
    assert "You are now chair, and sit in council.\n╭─ Concern ─" in screen
    assert "╭─ Case 1 ─" in screen


async def test_words_survive_a_busy_database(session: Session) -> None:
    session.house.busy = 2
    screen = await session.play("concern\nwords\nyes\nsend again\n")
    assert screen.count("Send the same answers again?\n  [1] Send again   [2] Leave it\n") == 2
    assert session.house.concerns == ["words"]
    assert session.status == 0


async def test_a_busy_database_may_be_left_alone(session: Session) -> None:
    session.house.busy = 1
    screen = await session.play("concern\nwords\nno\n")
    assert "Nothing was sent." in screen
    assert session.house.concerns == []


async def test_a_form_that_came_too_late_is_not_offered_again(session: Session) -> None:
    screen = await session.play("order\ngone\n\n1\n\n10:00\n\n\nwhisper")
    assert "Somebody was faster. Nothing was booked." in screen
    assert "Send the same answers again?" not in screen
    assert "you> whisper" in screen


async def test_a_defect_while_a_concern_is_sent_says_no_more_than_is_known(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    session.house.defects = 1
    screen = await session.play("concern\ncanary\nsend again\n")
    assert "I cannot say whether what you sent was kept." in flowing(screen)
    assert "is kept. Please try again" not in flowing(screen)
    assert session.house.concerns == ["canary", "canary"]  # the same form: the safe space knows it
    assert [record.getMessage() for record in caplog.records] == ["the terminal met ZeroDivisionError"]
    assert session.status == 1
    session.house.defects = 1
    screen = await session.play("concern\ncanary\nno\n")
    assert "The form was left; whether it was kept I cannot say." in screen
    assert "Nothing was sent." not in screen
