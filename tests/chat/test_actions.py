"""Buttons carry typed payloads, and a button from elsewhere answers kindly."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.actions import LONGEST_DATA, Action, Codec
from bot.chat.errors import StaleButton


@dataclass(frozen=True)
class Ticket:
    name: str
    number: int


OPEN = Action("desk.open/1", Ticket)


@given(st.builds(Ticket, st.text(max_size=150), st.integers(-(2**63), 2**63 - 1)))
def test_what_is_put_on_a_button_comes_back(ticket: Ticket) -> None:
    pressed = OPEN(ticket)
    assert OPEN.read(pressed.data) == ticket
    assert len(pressed.data) <= LONGEST_DATA


@given(st.text().filter(lambda text: '"number"' not in text))
def test_anything_else_is_a_stale_button_and_never_a_trace(data: str) -> None:
    with pytest.raises(StaleButton, match="Nothing was changed") as caught:
        OPEN.read(data)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "data", ['{"name":"a"}', '{"name":"a","number":"1"}', '{"name":"a","number":1,"more":2}', "null", "[]", ""]
)
def test_a_payload_of_another_shape_is_stale(data: str) -> None:
    with pytest.raises(StaleButton):
        OPEN.read(data)


def test_a_payload_too_long_for_a_button_is_refused_when_drawn() -> None:
    with pytest.raises(ValueError, match="more than 1900"):
        OPEN(Ticket("x" * 1_900, 1))


@pytest.mark.parametrize("name", ["open", "desk.open", "desk.open/x", "Desk.open/1", "desk.open/1 "])
def test_an_action_is_named_room_verb_version(name: str) -> None:
    with pytest.raises(ValueError, match="room.verb.version"):
        Action(name, Ticket)


def test_no_repr_shows_what_a_button_carries() -> None:
    assert "secret" not in repr(OPEN(Ticket("secret", 1)))


def test_a_form_hides_what_it_carries_in_the_same_way() -> None:
    codec = Codec(Ticket)
    assert codec.read(codec.write(Ticket("a", 1))) == Ticket("a", 1)
