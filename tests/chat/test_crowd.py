"""The hallway's two counts: each person once, how often each, and no name in them that anybody could look up."""

import hashlib
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.crowd import Crowd, Uses
from bot.chat.identity import Actor
from tests.fakes.timing import FakeClock

NAMES = st.lists(st.sampled_from(("mira", "tom", "ada", "MIRA", "mi")), max_size=12)


def person(name: str) -> Actor:
    return Actor("terminal", "local", name)


def crowd_of(*names: str) -> Crowd:
    crowd = Crowd()
    for name in names:
        crowd.saw(person(name))
    return crowd


@given(earlier=NAMES, later=NAMES)
def test_everybody_counts_once_since_it_was_forgotten_and_once_in_all(earlier: list[str], later: list[str]) -> None:
    crowd = crowd_of(*earlier)
    assert (crowd.size(), crowd.members()) == (len(set(earlier)), len(set(earlier)))
    crowd.forget()
    assert (crowd.size(), crowd.members()) == (0, len(set(earlier)))
    for name in later:
        crowd.saw(person(name))
    assert (crowd.size(), crowd.members()) == (len(set(later)), len({*earlier, *later}))


def test_people_of_two_platforms_are_two() -> None:
    crowd = crowd_of("mira")
    crowd.saw(Actor("slack", "local", "mira"))
    assert crowd.size() == 2


def test_whoever_reads_the_count_cannot_look_a_name_up_in_it() -> None:
    first, second = (vars(crowd_of("mira")) for _ in range(2))
    address = person("mira").address.encode()
    named = {hashlib.blake2b(address, digest_size=16).digest(), address}
    for count in ("_seen", "_members"):
        assert first[count].isdisjoint(second[count])
        assert first[count].isdisjoint(named)
        assert [len(token) for token in first[count]] == [16]
    assert first["_seen"].isdisjoint(first["_members"])


def test_what_was_counted_before_cannot_be_joined_with_what_comes_after() -> None:
    crowd = crowd_of("mira")
    before = vars(crowd)["_seen"]
    crowd.forget()
    crowd.saw(person("mira"))
    assert before.isdisjoint(vars(crowd)["_seen"])


def test_each_has_so_many_uses_on_a_day() -> None:
    clock = FakeClock()
    uses = Uses(clock, most=2)
    assert [uses.one_more(person(name)) for name in ("mira", "mira", "tom", "mira")] == [True, True, True, False]
    clock.move(timedelta(hours=14, minutes=59))
    assert not uses.one_more(person("mira"))
    clock.move(timedelta(minutes=1))
    assert uses.one_more(person("mira"))


def test_the_uses_of_two_days_cannot_be_joined() -> None:
    clock = FakeClock()
    uses = Uses(clock, most=2)
    days = []
    for _ in range(2):
        uses.one_more(person("mira"))
        days.append(set(vars(uses)["_counts"]))
        clock.move(timedelta(days=1))
    assert days[0].isdisjoint(days[1])
