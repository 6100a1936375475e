"""When concerns go: at the right local hour through clock changes, and never later than six days."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.concerns.schedule import LONGEST_WAIT, AtOnce, Weekly, parse

BERLIN = parse("tue,thu 10:00 Europe/Berlin")
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))
schedules = st.sampled_from(
    [
        BERLIN,
        parse("mon 02:30 Europe/Berlin"),
        parse("sun 02:30 America/New_York"),
        parse("sun 00:30 America/Sao_Paulo"),
        parse("mon,tue,wed,thu,fri,sat,sun 23:59 Pacific/Apia"),
        parse("fri 12:00 UTC"),
    ]
)


@given(schedules, moments)
def test_a_moment_lies_between_its_releases(schedule: Weekly, now: datetime) -> None:
    following = schedule.following(now)
    assert following is not None
    assert schedule.slot(now) <= schedule.opened(now) <= now < following
    assert schedule.slot(following) == schedule.opened(following) == following


@given(schedules, moments)
def test_nobody_waits_longer_than_six_days_and_no_concern_goes_the_moment_it_comes(
    schedule: Weekly, came: datetime
) -> None:
    since = schedule.opened(came)
    assert schedule.overdue(since, came + LONGEST_WAIT)
    assert not schedule.overdue(since, came)
    assert not since < schedule.slot(came)


@given(schedules, moments)
def test_a_batch_goes_at_a_release_time_or_at_the_limit_and_at_no_other(schedule: Weekly, came: datetime) -> None:
    since, following = schedule.opened(came), schedule.following(came)
    assert following is not None
    limit = since + LONGEST_WAIT
    just_before = min(following, limit) - timedelta(milliseconds=1)
    assert schedule.slot(just_before) <= since
    assert not schedule.overdue(since, just_before)
    assert since < schedule.slot(following)
    assert schedule.overdue(since, limit)


@given(schedules, moments)
def test_authors_are_told_the_release_and_the_limit_on_the_clock_that_releases_go_by(
    schedule: Weekly, came: datetime
) -> None:
    since = schedule.opened(came)
    going = schedule.going(since, came)
    assert going.earliest.tzinfo == going.latest.tzinfo == schedule.zone
    # Of two zones Python takes no hour for equal that the clocks pass twice (PEP 495), hence in UTC.
    earliest, latest = going.earliest.astimezone(UTC), going.latest.astimezone(UTC)
    assert latest == since + LONGEST_WAIT
    assert earliest == min(schedule.following(came), latest) > came


def test_the_hour_is_the_local_one_before_and_after_a_clock_change() -> None:
    summer, winter = datetime(2026, 10, 22, 9, tzinfo=UTC), datetime(2026, 10, 27, 9, tzinfo=UTC)
    assert BERLIN.slot(summer) == datetime(2026, 10, 22, 8, tzinfo=UTC)
    assert BERLIN.slot(winter) == datetime(2026, 10, 27, 9, tzinfo=UTC)


def test_at_once_is_always_due_and_keeps_no_more_than_the_day() -> None:
    schedule, now = parse(" At-Once "), datetime(2026, 11, 22, 12, 34, 56, 789, tzinfo=UTC)
    assert schedule == AtOnce()
    assert schedule.opened(now) == datetime(2026, 11, 22, tzinfo=UTC)
    assert schedule.following(now) is None
    assert schedule.slot(now) == now
    assert schedule.overdue(now, now)


@given(schedules, moments)
def test_a_schedule_is_read_back_from_its_text(schedule: Weekly, now: datetime) -> None:
    again = parse(schedule.text)
    assert again.text == schedule.text
    assert again.following(now) == schedule.following(now)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tue",
        "tue 10:00",
        "xyz 10:00 UTC",
        "tue 25:00 UTC",
        "tue 10:00 Mars/Base",
        "tue 10:00 ../etc",
        "a b c d",
        "tue 10:00+05:00 UTC",
    ],
)
def test_anything_else_is_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="tue,thu 10:00 Europe/Berlin"):
        parse(text)
