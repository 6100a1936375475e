"""Who guesses authors by the clock reckons rightly, and notices a release that hides nobody."""

import numpy as np
import pytest

from benchmarks.guessing.adversary import TICK, Accesses, Adversary, Batch, Knowledge, Piece, guess, pieces
from benchmarks.guessing.calendar import START, Calendar
from benchmarks.guessing.cells import Findings, Share
from benchmarks.guessing.rules import AT_ONCE, TWICE_A_WEEK, Organisation, Rule
from benchmarks.guessing.trial import Trial, outcomes
from benchmarks.guessing.verdict import defects

HOUR = 3_600.0
DAY = 24 * HOUR
CALENDAR = Calendar(2)
MONDAY = START.timestamp() + 9 * HOUR
"""Ten o'clock in Berlin, when a pulse is sent."""

ALIKE = np.ones(3)


def adversary(*accesses: tuple[float, int], **known: object) -> Adversary:
    """Somebody who saw who used the bot when (hours after the pulse), among three people."""
    at = np.array([MONDAY + hours * HOUR for hours, _ in accesses])
    who = np.array([person for _, person in accesses])
    habits = {"chance": ALIKE / 3, "uses": ALIKE, "answers": 0 * ALIKE, **known}
    return Adversary(Accesses(at, CALENDAR.passed(at), who), Knowledge(**habits), CALENDAR)  # type: ignore[arg-type]


def hours(first: float, last: float, weight: float = 1.0) -> Piece:
    return Piece(MONDAY + first * HOUR, MONDAY + last * HOUR, weight)


def test_each_access_in_the_window_is_as_likely_and_none_outside() -> None:
    seen = adversary((-1, 2), (1, 0), (2, 1), (3, 0), (30, 2))
    assert seen.likely("count", [[hours(0, 24)]]) == pytest.approx([2 / 3, 1 / 3, 0])
    assert seen.present([hours(0, 24)]).tolist() == [True, True, False]


def test_who_seldom_comes_is_the_more_suspicious() -> None:
    seen = adversary((1, 0), (2, 1), uses=np.array([3.0, 1.0, 1.0]))
    assert seen.likely("habit", [[hours(0, 24)]]) == pytest.approx([1 / 4, 3 / 4, 0])
    assert seen.likely("clock", [[hours(0, 24)]]) == pytest.approx([1 / 4, 3 / 4, 0])


def test_who_comes_three_times_as_often_and_raises_three_times_as_much_is_as_likely_per_access() -> None:
    seen = adversary((1, 0), (2, 1), uses=np.array([3.0, 1.0, 1.0]), chance=np.array([0.6, 0.2, 0.2]))
    assert seen.likely("clock", [[hours(0, 24)]]) == pytest.approx([1 / 2, 1 / 2, 0])


def test_an_answer_to_the_pulse_is_no_cover_for_what_comes_later() -> None:
    seen = adversary((0, 0), (72, 1), answers=ALIKE)
    # In the moment of the pulse, with a mean of a tenth of a week, people come at a rate of 1 + 10 a week.
    assert seen.likely("clock", [[hours(-1, 80)]]) == pytest.approx([1 / 12, 11 / 12, 0], abs=0.01)


def test_what_is_raised_in_the_pulse_hides_among_its_answers() -> None:
    seen = adversary((0, 0), (0, 1), (72, 2), answers=ALIKE, pulse_share=1.0)
    assert seen.likely("clock", [[hours(-1, 80)]]) == pytest.approx([1 / 2, 1 / 2, 0], abs=0.02)


def test_messages_that_belong_together_leave_who_was_there_each_time() -> None:
    seen = adversary((1, 0), (2, 1), (25, 1), (26, 2), chance=np.array([0.5, 0.3, 0.2]))
    assert seen.likely("habit", [[hours(0, 24)]]) == pytest.approx([5 / 8, 3 / 8, 0])
    assert seen.likely("habit", [[hours(0, 24)], [hours(24, 48)]]) == pytest.approx([0, 1, 0])


def test_accounts_of_its_own_are_nobody() -> None:
    seen = adversary((1, 0), (2, 1), chance=np.array([0.0, 0.5, 0.5]))
    for attack in ("count", "habit", "clock"):
        assert seen.likely(attack, [[hours(0, 24)]]) == pytest.approx([0, 1, 0])


def test_among_equals_the_guess_is_any_of_them() -> None:
    chance = np.random.default_rng(1)
    assert {guess(np.array([0.4, 0.2, 0.4]), chance) for _ in range(50)} == {0, 2}


def batch(first_until: float, released: float, *, size: int = 1, on_time: bool = True) -> Batch:
    return Batch(MONDAY, MONDAY + first_until, MONDAY + released, on_time, people=20, enough=True, size=size)


def test_one_message_in_a_batch_came_before_another_since_would_have_been_kept() -> None:
    assert pieces(batch(DAY, 3 * DAY), 0, CALENDAR) == (hours(0, 24),)
    assert pieces(batch(float("inf"), 3 * DAY), 0, CALENDAR) == (hours(0, 72),)


def test_of_two_messages_one_may_have_come_later() -> None:
    first, later = pieces(batch(DAY, 2 * DAY, size=2), 0, CALENDAR)
    assert (first, later.start, later.end) == (hours(0, 24), MONDAY + DAY, MONDAY + 2 * DAY)
    # The other one came on the first of two days that are about as busy.
    assert later.weight == pytest.approx(0.5, abs=0.05)


def test_what_goes_at_no_time_of_the_rule_came_just_before() -> None:
    (piece,) = pieces(batch(DAY, 5 * HOUR, on_time=False), 0, CALENDAR)
    assert (piece.start, piece.end) == (MONDAY + 5 * HOUR - TICK, MONDAY + 5 * HOUR)


def test_a_batch_holds_nothing_from_before_the_one_before_went() -> None:
    (piece,) = pieces(batch(float("inf"), DAY), MONDAY + HOUR, CALENDAR)
    assert piece == hours(1, 24)


def test_an_interval_is_wilsons() -> None:
    assert Share(10, 100).interval == pytest.approx((0.0552, 0.1744), abs=0.0001)


async def found(rule: Rule, *, planted: bool = False) -> Findings:
    """What comes of three weeks of two hundred people who raise twelve concerns a week."""
    findings = Findings()
    trial = Trial(Organisation(200, 0.3, 50, "evenly"), rule, weeks=3, seed=1, planted=planted)
    findings.add(trial, await outcomes(trial))
    return findings


async def test_through_the_real_release_who_waits_is_hidden_and_who_goes_at_once_is_not() -> None:
    at_once, waiting = await found(AT_ONCE), await found(TWICE_A_WEEK)
    assert at_once.worst(200, AT_ONCE).value > 0.9
    assert waiting.worst(200, TWICE_A_WEEK).value < 0.5
    assert list(defects(at_once)) == list(defects(waiting)) == []


async def test_a_planted_release_at_arrival_is_noticed() -> None:
    planted = await found(TWICE_A_WEEK, planted=True)
    assert planted.worst(200, TWICE_A_WEEK).value > 0.9
    (defect,) = defects(planted)
    assert "went at no time of the rule" in defect
