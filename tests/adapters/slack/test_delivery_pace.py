"""How fast a channel is written to, whatever comes when: never too fast, never before Retry-After, nobody forgotten."""

import heapq
from collections.abc import Iterable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.pace import MOST_GATES, Pace
from tests.adapters.slack.post_office import Seconds

A_LITTLE = 1e-6
"""What sums of seconds may be off by."""

gaps = st.lists(st.floats(0, 3, allow_nan=False), max_size=60)
bursts = st.integers(1, 5)
closings = st.dictionaries(st.integers(0, 59), st.floats(0, 20), max_size=4)


def passed(pace: Pace, seconds: Seconds, gaps: Iterable[float]) -> list[float]:
    """When messages that come with these gaps between them are let through."""
    through = []
    for gap in gaps:
        seconds.now += gap
        if not pace.wait("C1"):
            through.append(seconds.now)
    return through


@given(gaps, bursts)
def test_never_more_than_a_burst_beyond_one_a_second(gaps: list[float], burst: int) -> None:
    seconds = Seconds()
    through = passed(Pace(seconds, burst=burst), seconds, gaps)
    for number, begun in enumerate(through):
        for more, ended in enumerate(through[number + burst :], 1):
            assert ended - begun >= more - A_LITTLE


@given(gaps, closings)
def test_nothing_goes_through_before_retry_after_allows_it(gaps: list[float], closings: dict[int, float]) -> None:
    seconds, closed_until = Seconds(), 0.0
    pace = Pace(seconds)
    for number, gap in enumerate(gaps):
        seconds.now += gap
        if not pace.wait("C1"):
            assert seconds.now >= closed_until - A_LITTLE
        if number in closings:
            pace.close("C1", closings[number])
            closed_until = max(closed_until, seconds.now + closings[number])
            assert pace.closed("C1") >= timedelta(seconds=closings[number] - A_LITTLE)


@given(
    st.lists(st.floats(0, 2), min_size=1, max_size=40),
    st.floats(0, 0.9),
    st.dictionaries(st.integers(0, 39), st.floats(0, 9)),
)
def test_everybody_who_comes_back_when_told_gets_their_moment(
    gaps: list[float], late: float, closings: dict[int, float]
) -> None:
    """Those who wait come back a little late, as the courier's ticks make them."""
    seconds, tries = Seconds(), 0
    through: list[int] = []
    coming: list[tuple[float, int]] = []
    pace = Pace(seconds)
    for who, gap in enumerate(gaps):
        heapq.heappush(coming, (seconds.now + sum(gaps[:who]) + gap, who))
    while coming:
        seconds.now, who = max(coming[0][0], seconds.now), heapq.heappop(coming)[1]
        tries += 1
        wait = pace.wait("C1")
        if not wait and tries in closings:
            wait = pace.close("C1", closings[tries])
        if wait:
            heapq.heappush(coming, (seconds.now + wait.total_seconds() + late, who))
        else:
            through.append(who)
    assert sorted(through) == list(range(len(gaps)))
    assert tries <= 4 * len(gaps) + 10 * len(closings)


@given(st.integers(1, 200))
def test_many_who_come_at_once_are_told_moments_of_their_own_and_come_back_once(many: int) -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    told = [pace.wait("C1").total_seconds() for _ in range(many)]
    assert told == [max(0.0, float(number - 2)) for number in range(many)]
    for wait in sorted(told)[3:]:
        seconds.now = 1_000.0 + wait
        assert not pace.wait("C1")


def test_a_closed_channel_holds_up_no_other_one() -> None:
    pace = Pace(Seconds())
    assert pace.close("C1", 30) == timedelta(seconds=30)
    assert pace.wait("C1")
    assert not pace.wait("C2")
    assert not pace.closed("C2")


def test_a_gate_whose_moments_have_passed_is_forgotten() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    pace.close("C1", 3_600)
    for number in range(1_000):
        seconds.now += 1
        assert not pace.wait(f"D{number}")
    assert len(pace._gates) <= MOST_GATES
    assert pace.closed("C1") == timedelta(seconds=2_600), "what Slack asked for is never forgotten"


@given(gaps, closings)
def test_to_forget_a_gate_changes_nobodys_moment(gaps: list[float], closings: dict[int, float]) -> None:
    seconds = Seconds()
    forgetful, keeping = Pace(seconds), Pace(seconds)
    for number, gap in enumerate(gaps):
        seconds.now += gap
        forgetful._forget_passed()
        assert forgetful.wait("C1") == keeping.wait("C1")
        if number in closings:
            assert forgetful.close("C1", closings[number]) == keeping.close("C1", closings[number])


def test_asking_whether_a_name_is_closed_counts_as_nothing() -> None:
    pace = Pace(Seconds())
    assert [pace.closed("chat.update") for _ in range(9)] == [timedelta(0)] * 9
