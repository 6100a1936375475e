"""The clocks: when each step is due, and how a card tells what is left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.concerns.model import ConcernId
from bot.council.charter import Deadlines
from bot.council.clocks import STEPS, Step, deadlines, reads
from bot.council.model import Case

BEGUN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CASE = Case(ConcernId("c" * 32), "amber-lantern", "open", None, BEGUN, None, None, None)
FULL = Deadlines(acknowledge=7, answer=90)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@given(st.integers(1, 7), st.integers(1, 90))
def test_whatever_is_promised_each_step_comes_after_the_one_before_and_none_after_the_deadline(
    acknowledge: int, answer: int
) -> None:
    for owed in deadlines(CASE, Deadlines(acknowledge=acknowledge, answer=answer)):
        first, second, late = (owed.at(step) for step in STEPS)
        assert BEGUN < first < second < late == owed.due


@given(st.integers(0, 100 * 24))
def test_no_step_comes_before_its_time_and_each_stays(hours: int) -> None:
    now = BEGUN + hours * HOUR
    for owed in deadlines(CASE, FULL):
        taken = owed.steps(now)
        assert taken == STEPS[: len(taken)]
        assert all((step in taken) == (now >= owed.at(step)) for step in ("first", "second"))
        assert ("late" in taken) == (now > owed.due)


def test_the_owner_has_three_days_for_a_word_and_three_weeks_for_the_answer() -> None:
    acknowledge, answer = deadlines(CASE, FULL)
    assert [acknowledge.at(step) - BEGUN for step in STEPS] == [4 * DAY, 6 * DAY, 7 * DAY]
    assert [answer.at(step) - BEGUN for step in STEPS] == [69 * DAY, 83 * DAY, 90 * DAY]


def test_what_is_done_takes_no_step() -> None:
    written, _ = deadlines(replace(CASE, answered_at=BEGUN + DAY), FULL)
    assert written.steps(BEGUN + 100 * DAY) == ()
    assert written.step(BEGUN + 100 * DAY) is None


def test_a_first_word_is_no_answer() -> None:
    _, answer = deadlines(replace(CASE, answered_at=BEGUN + DAY), FULL)
    assert answer.step(BEGUN + 91 * DAY) == "late"


def test_a_case_that_was_opened_anew_has_both_clocks_anew() -> None:
    again = replace(CASE, answered_at=BEGUN, resolved_at=BEGUN).opened_anew(BEGUN + 50 * DAY)
    assert [owed.due - BEGUN for owed in deadlines(again, FULL)] == [57 * DAY, 140 * DAY]
    assert [owed.done for owed in deadlines(again, FULL)] == [None, None]


def test_days_are_rounded_up_so_that_a_fresh_case_and_a_reminder_tell_what_was_promised() -> None:
    moment = timedelta(seconds=5)
    written, answer = deadlines(CASE, FULL)
    early: tuple[Step, ...] = ("first", "second")
    assert [each.days_left(BEGUN + moment) for each in (written, answer)] == [7, 90]
    assert [written.days_left(written.at(step) + moment) for step in early] == [3, 1]
    assert [answer.days_left(answer.at(step) + moment) for step in early] == [21, 7]


def test_a_card_tells_what_is_left_in_words() -> None:
    owed, _ = deadlines(CASE, FULL)
    told = [reads(owed, BEGUN + after) for after in (HOUR, 5 * DAY, 6 * DAY, 6 * DAY + HOUR, 7 * DAY, 7 * DAY + HOUR)]
    left = ["7 days left", "2 days left", "1 day left", "1 day left", "due now", "late"]
    assert told == [f"2026-12-01, {words}" for words in left]
    assert reads(replace(owed, done=BEGUN + DAY), BEGUN + 9 * DAY) == "2026-12-01, done"
    assert reads(replace(owed, done=BEGUN + 8 * DAY), BEGUN + 9 * DAY) == "2026-12-01, done late"
