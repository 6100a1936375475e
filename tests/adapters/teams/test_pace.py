"""How fast Teams is called, whatever comes when: within every window, never before Retry-After, nobody forgotten."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.pace import LONGEST, MARGIN, MOST_GATES, Limits, Pace, Windows
from tests.adapters.teams.microsoft import Seconds

A_LITTLE = 1e-6
"""What sums of seconds may be off by."""

A_MILLISECOND = 0.001
"""What moments are rounded to."""

SMALL = Limits(writing=((2, 1), (3, 4), (5, 20)), reading=((3, 1),), over_all=((4, 1),), unhurried=((3, 1),))
"""Windows that few messages fill."""

CHANNEL = "19:council@thread.tacv2"
NOTHING = timedelta(0)

gaps = st.lists(st.floats(0, 3, allow_nan=False), max_size=60)
asked = st.lists(st.tuples(st.floats(0, 1), st.sampled_from("ab"), st.booleans()), max_size=60)
closings = st.dictionaries(st.integers(0, 59), st.floats(0, 20), max_size=4)


def all_within(windows: Windows, passed: list[float]) -> bool:
    """Whether no window holds more than it may."""
    return all(
        later - earlier > seconds - A_LITTLE
        for most, seconds in windows
        for earlier, later in zip(passed, passed[most:], strict=False)
    )


def comes_back(
    pace: Pace, seconds: Seconds, coming: Iterable[str], late: float = 0
) -> Iterator[tuple[float, str, int]]:
    """Everybody comes now, and again when told, a little late; yields when, who, and at which attempt they passed."""
    waiting = [(seconds.now, number, who, 1) for number, who in enumerate(coming)]
    while waiting:
        moment, number, who, attempt = heapq.heappop(waiting)
        seconds.now = max(seconds.now, moment)
        if wait := pace.wait(who, "send"):
            heapq.heappush(waiting, (seconds.now + wait.total_seconds() + late, number, who, attempt + 1))
        else:
            yield seconds.now, who, attempt


@given(asked)
def test_no_window_holds_more_than_it_may(asked: list[tuple[float, str, bool]]) -> None:
    seconds = Seconds()
    pace = Pace(seconds, SMALL)
    passed: dict[str, list[float]] = {"a": [], "b": []}
    for gap, conversation, hurried in asked:
        seconds.now += gap
        if not pace.wait(conversation, "send", hurried=hurried):
            passed[conversation].append(seconds.now)
    assert all(all_within(SMALL.writing, each) for each in passed.values())
    assert all_within(SMALL.over_all, sorted([*passed["a"], *passed["b"]]))


@settings(max_examples=50)
@given(st.lists(st.floats(0.4, 1.6), max_size=60))
def test_nobody_waits_who_had_room(gaps: list[float]) -> None:
    seconds = Seconds()
    pace = Pace(seconds, SMALL)
    passed: list[float] = []
    with_margin = tuple((most, each + MARGIN + A_MILLISECOND) for most, each in SMALL.writing)
    for gap in gaps:
        seconds.now += gap
        if not pace.wait(CHANNEL, "send"):
            passed.append(seconds.now)
        else:
            assert not all_within(with_margin, [*passed, seconds.now])


def test_two_thousand_messages_for_one_channel_pass_as_fast_as_its_windows_allow() -> None:
    seconds = Seconds()
    passed = list(comes_back(Pace(seconds), seconds, [CHANNEL] * 2_000))
    times = [moment for moment, _, _ in passed]
    assert len(passed) == 2_000
    assert all_within(Limits().writing, times)
    assert times[6] == times[0], "seven at once"
    assert times[1_799] - times[0] < 1_000, "two a second, until the hour is used up"
    assert 3_600 < times[1_999] - times[0] < 3_800
    assert max(attempt for _, _, attempt in passed) == 2, "who was told a moment finds room then"


def test_two_thousand_people_are_told_something_within_two_minutes() -> None:
    seconds = Seconds()
    passed = list(comes_back(Pace(seconds), seconds, (f"a:{number}" for number in range(2_000))))
    times = [moment for moment, _, _ in passed]
    assert {who for _, who, _ in passed} == {f"a:{number}" for number in range(2_000)}
    assert all_within(Limits().over_all, times)
    assert times[-1] - times[0] < 120
    assert max(attempt for _, _, attempt in passed) == 2


def test_an_answer_finds_room_beside_many_reminders() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    for number, (_, _, _) in enumerate(comes_back(pace, seconds, (f"a:{number}" for number in range(400)))):
        if number % 3 == 0:
            assert pace.wait(f"asks {number}", "send", hurried=True) == NOTHING


@given(
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from("ab")), min_size=1, max_size=40),
    st.floats(0, 0.9),
    st.dictionaries(st.integers(0, 39), st.one_of(st.none(), st.floats(0, 9)), max_size=5),
)
def test_everybody_who_comes_back_when_told_gets_their_moment(
    come: list[tuple[float, str]], late: float, closings: dict[int, float | None]
) -> None:
    """Those who wait come back a little late, as the courier's ticks make them; now and then Teams asks for a pause."""
    seconds, tries = Seconds(), 0
    through: list[int] = []
    waiting = [(1_000 + sum(gap for gap, _ in come[:number]), number) for number in range(len(come))]
    heapq.heapify(waiting)
    pace = Pace(seconds, SMALL)
    while waiting:
        moment, who = heapq.heappop(waiting)
        seconds.now, conversation = max(moment, seconds.now), come[who][1]
        tries += 1
        wait = pace.wait(conversation, "send")
        if not wait and tries in closings:
            wait = pace.close(conversation, "send", closings[tries])
        if wait:
            heapq.heappush(waiting, (seconds.now + wait.total_seconds() + late, who))
        else:
            through.append(who)
    assert sorted(through) == list(range(len(come)))
    assert tries <= 4 * len(come) + 10 * len(closings)


@given(gaps, closings)
def test_nothing_passes_before_retry_after_allows_it(gaps: list[float], closings: dict[int, float]) -> None:
    seconds, closed_until = Seconds(), 0.0
    pace = Pace(seconds)
    for number, gap in enumerate(gaps):
        seconds.now += gap
        if not pace.wait(CHANNEL, "send"):
            assert seconds.now >= closed_until - A_MILLISECOND
        if number in closings:
            told = pace.close(CHANNEL, "send", closings[number])
            closed_until = max(closed_until, seconds.now + closings[number])
            assert seconds.now + told.total_seconds() >= closed_until - A_MILLISECOND


def test_those_who_wait_for_a_closed_channel_come_back_as_it_takes_them() -> None:
    pace = Pace(Seconds())
    told = [pace.close(CHANNEL, "send", 30), *(pace.wait(CHANNEL, "send") for _ in range(9))]
    assert [each.total_seconds() for each in told] == [30] * 7 + [31.101] + [32.101] * 2


def test_a_closed_channel_holds_up_nothing_else() -> None:
    pace = Pace(Seconds())
    assert pace.close(CHANNEL, "send", 30) == timedelta(seconds=30)
    assert pace.wait(CHANNEL, "send")
    assert pace.wait(CHANNEL, "members") == NOTHING
    assert pace.wait("19:other@thread.tacv2", "send") == NOTHING


def test_a_shorter_pause_ends_no_longer_one() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    pace.close(CHANNEL, "send", 30)
    pace.close(CHANNEL, "send", 1)
    seconds.now += 29
    assert pace.wait(CHANNEL, "send")


def test_a_full_channel_takes_no_room_from_all() -> None:
    pace = Pace(Seconds())
    for _ in range(100):
        pace.wait(CHANNEL, "send")
    assert [pace.wait(f"a:{number}", "send") for number in range(13)] == [NOTHING] * 13, "20 less the channel's 7"


def test_where_all_is_full_a_channel_loses_no_room() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    for number in range(20):
        assert not pace.wait(f"a:{number}", "send")
    for _ in range(100):
        assert pace.wait(CHANNEL, "send")
    seconds.now += 1.2
    assert [pace.wait(CHANNEL, "send") for _ in range(7)] == [NOTHING] * 7


def test_members_may_be_read_twice_as_fast_as_messages_are_written() -> None:
    pace = Pace(Seconds())
    assert [bool(pace.wait(CHANNEL, "members", hurried=True)) for _ in range(15)] == [False] * 14 + [True]
    assert [bool(pace.wait("19:other", "create", hurried=True)) for _ in range(8)] == [False] * 7 + [True]


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.5), (1.0, 1.0)])
def test_pauses_without_a_time_grow_until_something_goes_well(chance: float, share: float) -> None:
    seconds = Seconds()
    pace = Pace(seconds, chance=lambda: chance)
    told = []
    for _ in range(8):
        told.append(pace.close(CHANNEL, "send").total_seconds())
        seconds.now += LONGEST
    assert told == [share * each for each in (2, 4, 8, 16, 32, LONGEST, LONGEST, LONGEST)]
    pace.went_well(CHANNEL, "send")
    assert pace.close(CHANNEL, "send").total_seconds() == share * 2


def test_conversations_that_hold_up_nobody_are_forgotten() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    pace.close(CHANNEL, "send", 50_000)
    for number in range(12_000):
        seconds.now += 3.7
        assert not pace.wait(f"a:{number}", "send")
    assert len(pace._gates) < 2 * MOST_GATES, "some of an hour, and those since they were last counted"
    assert pace.wait(CHANNEL, "send") > timedelta(seconds=5_000), "what Teams asked for is never forgotten"


@given(gaps, closings)
def test_to_forget_changes_nobodys_moment(gaps: list[float], closings: dict[int, float]) -> None:
    seconds = Seconds()
    forgetful, keeping = Pace(seconds, SMALL), Pace(seconds, SMALL)
    for number, gap in enumerate(gaps):
        seconds.now += gap * 10
        forgetful._forget_idle()
        assert forgetful.wait(CHANNEL, "send") == keeping.wait(CHANNEL, "send")
        if number in closings:
            assert forgetful.close(CHANNEL, "send", closings[number]) == keeping.close(
                CHANNEL, "send", closings[number]
            )


def test_what_went_well_in_a_conversation_that_nobody_asked_about_changes_nothing() -> None:
    pace = Pace(Seconds())
    pace.went_well(CHANNEL, "send")
    assert not pace._gates
