"""Slots: on the host's wall clock through every clock change, never overlapping, never in a gap."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.hours.cards import when
from bot.hours.model import Offer, Slot, cells, known_zone, slots
from tests.hours.talk import OFFER

ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
    "America/Nuuk",
]

LEAP = datetime(2026, 3, 22, 12, tzinfo=UTC)
"""A week before the clocks of Europe go forward."""


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    opens = draw(st.integers(0, 24 * 12 - 4))
    closes = draw(st.integers(opens + 3, 24 * 12 - 1))
    return replace(
        OFFER,
        weekday=draw(st.integers(0, 6)),
        opens=time(opens // 12, opens % 12 * 5),
        closes=time(closes // 12, closes % 12 * 5),
        minutes=draw(st.sampled_from((15, 30, 45, 60))),
        zone=draw(st.sampled_from(ZONES)),
    )


# Weeks with a clock change somewhere, and any others.
changes = [datetime(year, month, 20, tzinfo=UTC) for year in (2011, 2018, 2026) for month in (3, 4, 9, 10, 12)]
seconds = st.integers(1_100_000_000, 1_900_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
moments = st.one_of(st.sampled_from(changes), seconds)

NIGHT = replace(OFFER, weekday=6, opens=time(0), closes=time(4))


def by_hand(offer: Offer, since: datetime, until: datetime) -> Iterator[datetime]:
    """The starts, found the slow way: walk through all instants and read the wall clock at each."""
    zone, length = ZoneInfo(offer.zone), timedelta(minutes=offer.minutes)
    walls: dict[datetime, datetime] = {}
    for number in range(int((until - since + timedelta(days=4)) / timedelta(minutes=5))):
        instant = since.replace(minute=0, second=0) - timedelta(days=2) + number * timedelta(minutes=5)
        walls.setdefault(instant.astimezone(zone).replace(tzinfo=None), instant)
    for wall, instant in sorted(walls.items(), key=lambda pair: pair[1]):
        into = wall - datetime.combine(wall, offer.opens)
        ends = wall + length
        inside = into >= timedelta(0) and into % length == timedelta(0) and ends <= datetime.combine(wall, offer.closes)
        whole = ends in walls and walls[ends] - instant >= length
        if inside and whole and wall.weekday() == offer.weekday and since < instant <= until:
            yield instant


@given(offers(), moments, st.integers(1, 14))
@example(replace(NIGHT, zone="Australia/Lord_Howe", minutes=60), datetime(2026, 10, 1, tzinfo=UTC), 10)
@example(replace(NIGHT, zone="Europe/Berlin", minutes=45), LEAP, 8)
@example(replace(NIGHT, zone="Europe/Berlin", minutes=60), datetime(2026, 10, 20, tzinfo=UTC), 8)
@example(replace(NIGHT, zone="Asia/Beirut", minutes=15), datetime(2026, 10, 20, tzinfo=UTC), 8)
@example(replace(NIGHT, zone="Pacific/Apia", weekday=4), datetime(2011, 12, 25, tzinfo=UTC), 14)
@settings(deadline=None, max_examples=60)
def test_slots_are_those_that_a_clock_on_the_wall_shows(offer: Offer, since: datetime, days: int) -> None:
    until = since + timedelta(days=days)
    assert [slot.starts_at for slot in slots(offer, since, until)] == list(by_hand(offer, since, until))


@given(offers(), moments)
@example(replace(NIGHT, zone="Europe/Berlin", minutes=60), datetime(2026, 10, 20, tzinfo=UTC))
@example(replace(NIGHT, zone="Australia/Lord_Howe", minutes=60, opens=time(0, 30)), datetime(2026, 10, 1, tzinfo=UTC))
@settings(deadline=None, max_examples=60)
def test_slots_keep_their_length_and_their_wall_clock_and_never_overlap(offer: Offer, since: datetime) -> None:
    found = slots(offer, since, since + timedelta(weeks=4))
    zone = ZoneInfo(offer.zone)
    for slot in found:
        wall = slot.starts_at.astimezone(zone)
        assert wall.weekday() == offer.weekday
        assert offer.opens <= wall.time() < offer.closes
        assert wall.replace(tzinfo=None, fold=0).replace(tzinfo=zone).astimezone(UTC) == slot.starts_at
        assert slot.ends_at - slot.starts_at == timedelta(minutes=offer.minutes)
        assert len(cells(slot)) * 5 == offer.minutes
    assert all(first.ends_at <= second.starts_at for first, second in pairwise(found))
    assert all(set(cells(first)).isdisjoint(cells(second)) for first, second in pairwise(found))


def starts(offer: Offer, since: datetime, until: datetime) -> list[str]:
    return [f"{slot.starts_at.astimezone(ZoneInfo(offer.zone)):%H:%M %z}" for slot in slots(offer, since, until)]


def test_what_falls_in_the_gap_is_left_out() -> None:
    offer = replace(NIGHT, opens=time(1, 0), minutes=30)
    found = starts(offer, LEAP, LEAP + timedelta(weeks=1))
    # 01:30 would end at 02:00, which no clock shows on that night.
    assert found == ["01:00 +0100", "03:00 +0200", "03:30 +0200"]


def test_what_comes_twice_means_the_first() -> None:
    offer = replace(NIGHT, opens=time(2), closes=time(3, 30), minutes=30)
    october = datetime(2026, 10, 20, tzinfo=UTC)
    assert starts(offer, october, october + timedelta(weeks=1)) == ["02:00 +0200", "02:30 +0200", "03:00 +0100"]


def test_the_same_wall_clock_is_another_instant_in_summer() -> None:
    found = slots(OFFER, LEAP, LEAP + timedelta(weeks=2))
    assert [slot.starts_at.hour for slot in found] == [14, 14, 13, 13]


def test_what_a_gap_cuts_short_is_left_out() -> None:
    # From 02:00 to 02:30 on 4 October 2026: the hour from 01:30 to 02:30 would last half as long.
    offer = replace(NIGHT, opens=time(0, 30), minutes=60, zone="Australia/Lord_Howe")
    october = datetime(2026, 10, 1, tzinfo=UTC)
    assert starts(offer, october, october + timedelta(days=6)) == ["00:30 +1030", "02:30 +1100"]


@pytest.mark.parametrize(
    ("zone", "weekday", "opens", "since", "slot"),
    [
        # Where it is still Wednesday, and where it is Saturday already.
        ("Pacific/Pago_Pago", 2, time(22, 30), datetime(2026, 11, 26, 9, tzinfo=UTC), timedelta(minutes=30)),
        ("Pacific/Kiritimati", 5, time(8, 30), datetime(2026, 11, 26, 23, tzinfo=UTC), timedelta(hours=19.5)),
    ],
)
def test_the_hosts_calendar_may_be_behind_utc_or_ahead(
    zone: str, weekday: int, opens: time, since: datetime, slot: timedelta
) -> None:
    offer = replace(OFFER, weekday=weekday, opens=opens, closes=opens.replace(minute=45), minutes=15, zone=zone)
    assert [each.starts_at for each in slots(offer, since, since + timedelta(hours=20))] == [since + slot]


def test_the_edges_of_a_span_belong_to_what_comes_before() -> None:
    first, second = slots(OFFER, LEAP, LEAP + timedelta(weeks=1))
    assert slots(OFFER, first.starts_at, second.starts_at) == (second,)


def test_a_clock_time_that_comes_twice_is_shown_with_its_distance_from_utc() -> None:
    starts_at = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    slot = Slot(OFFER, starts_at, starts_at + timedelta(hours=1))
    shown = when(slot, ZoneInfo("Europe/Berlin"))
    assert shown == "Sun 25 Oct 2026, 02:00 (UTC+0200)–02:00 (UTC+0100) Europe/Berlin"
    assert when(slot, UTC) == "Sun 25 Oct 2026, 00:00–01:00 UTC"


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
        ("Mars/Base", None),
        ("../etc/passwd", None),
        ("Europe", None),
    ],
)
def test_zones_are_known_by_name(words: str, zone: str | None) -> None:
    assert known_zone(words) == zone
