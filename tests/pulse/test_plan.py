"""When the pulse comes: at the local hour, once a week, through every change of the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.places import Place
from bot.pulse.model import LATEST, OVER, PulsePlan, parse

PLACE = "slack:C0123"
TIMES = (
    "wed 10:00 Europe/Berlin",
    "sun 02:30 Europe/Berlin",
    "sun 02:30 America/New_York",
    "sun 00:30 America/Sao_Paulo",
    "mon 00:00 Pacific/Kiritimati",
    "sun 23:59 Pacific/Apia",
    "fri 12:00 UTC",
)
plans = st.sampled_from([parse(PLACE, when) for when in TIMES])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))


@given(plans, moments)
def test_each_week_has_its_round_and_no_other(plan: PulsePlan, now: datetime) -> None:
    first, second = plan.schedule.slot(now), plan.schedule.following(now)
    weeks = [plan.round(slot) for slot in (first, second, plan.schedule.following(second))]
    assert None not in weeks
    assert weeks == sorted(set(map(str, weeks)))
    local = now.astimezone(plan.schedule.zone)
    assert min(abs(local - first), abs(second - local)) <= timedelta(days=3, hours=13)


@given(plans, moments, st.timedeltas(timedelta(0), timedelta(days=6)))
def test_a_round_begins_within_a_day_or_not_at_all(plan: PulsePlan, now: datetime, late: timedelta) -> None:
    slot = plan.schedule.slot(now)
    assert (plan.round(slot + late) == plan.round(slot)) is (late <= LATEST)
    assert (plan.round(slot + late, OVER) == plan.round(slot)) is (late <= OVER)


def test_the_hour_is_the_local_one_before_and_after_a_clock_change() -> None:
    plan = parse(PLACE, "wed 10:00 Europe/Berlin")
    summer, winter = datetime(2026, 10, 21, 8, tzinfo=UTC), datetime(2026, 10, 28, 9, tzinfo=UTC)
    just_before = timedelta(milliseconds=1)
    assert (plan.round(summer - just_before), plan.round(summer)) == (None, "2026-W43")
    assert (plan.round(winter - just_before), plan.round(winter)) == (None, "2026-W44")


def test_the_turn_of_the_year_is_one_week() -> None:
    plan = parse(PLACE, "fri 12:00 UTC")
    assert plan.round(datetime(2027, 1, 1, 12, tzinfo=UTC)) == "2026-W53"
    assert plan.round(datetime(2027, 1, 8, 12, tzinfo=UTC)) == "2027-W01"


def test_a_day_that_is_moved_within_a_week_asks_nobody_twice() -> None:
    earlier, later = parse(PLACE, "wed 10:00 UTC"), parse(PLACE, "thu 10:00 UTC")
    wednesday = datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert earlier.round(wednesday) == later.round(wednesday + timedelta(days=1)) == "2026-W48"


def test_a_plan_is_read_with_its_place() -> None:
    plan = parse("teams:19:a@thread.tacv2", " Wed  10:00 Europe/Berlin ")
    assert plan.place == Place("teams", "19:a@thread.tacv2")
    assert plan.schedule.text == "Wed 10:00 Europe/Berlin"


@pytest.mark.parametrize("when", ["", "wed", "10:00 UTC", "wed 10:00 Mars/Base", "someday 10:00 UTC", "at-once"])
def test_any_other_time_is_a_sentence(when: str) -> None:
    with pytest.raises(ValueError, match="the pulse's time is written like 'wed 10:00 Europe/Berlin'"):
        parse(PLACE, when)


def test_it_comes_on_one_day_and_to_one_place() -> None:
    with pytest.raises(ValueError, match="once a week: name one day"):
        parse(PLACE, "tue,thu 10:00 UTC")
    with pytest.raises(ValueError, match="a place is written platform:address"):
        parse("C0123", "wed 10:00 UTC")
