"""Forms: every kind of field, each error at its field, and values that survive."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.forms import (
    ChoiceField,
    DateField,
    Field,
    FormErrors,
    FormSpec,
    PersonField,
    TextField,
    TimeField,
    ToggleField,
    Values,
    problem_with,
)


def read(values: Values, hidden: str) -> tuple[str, ...] | FormErrors:
    if values["words"] == "wrong":
        return FormErrors({"words": "Not this."})
    return (*values.values(), hidden)


FIELDS: tuple[Field, ...] = (
    TextField("words", "Words", most=6),
    ChoiceField("value", "Value", (("a", "A"), ("b", "B"))),
    ChoiceField("slot", "Slot", required=False),
    DateField("day", "Day"),
    TimeField("time", "Time"),
    PersonField("who", "Who"),
    ToggleField("sure", "Sure"),
)
SPEC = FormSpec("desk.all/1", "Everything", FIELDS, "Send", read)
GOOD = {
    "words": "hello",
    "value": "a",
    "slot": "x",
    "day": "2026-11-22",
    "time": "09:30",
    "who": "terminal:local:mira",
    "sure": "yes",
}


def test_good_values_get_their_meaning() -> None:
    assert SPEC.understand(GOOD, "hidden") == (*GOOD.values(), "hidden")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("words", "", "fill this in"),
        ("words", "hello!!", "At most 6 characters"),
        ("words", "wrong", "Not this"),
        ("value", "c", "one of the options"),
        ("day", "22.11.2026", "2026-11-22"),
        ("day", "2026-02-30", "2026-11-22"),
        ("time", "half past nine", "09:30"),
        ("who", "mira", "choose a person"),
        ("sure", "maybe", "tick the box"),
    ],
)
def test_each_error_is_told_at_its_field(name: str, value: str, told: str) -> None:
    errors = SPEC.understand(GOOD | {name: value})
    assert isinstance(errors, FormErrors)
    assert told in errors.by_field[name]
    assert list(errors.by_field) == [name]


def test_all_errors_are_told_at_once_and_missing_fields_too() -> None:
    errors = SPEC.understand({"day": "never"})
    assert isinstance(errors, FormErrors)
    assert set(errors.by_field) == {"words", "value", "day", "time", "who"}


def test_a_form_is_drawn_with_what_is_known_at_the_moment() -> None:
    form = SPEC.form(hidden="h", initial={"words": "canary"}, options={"slot": (("1", "One"),)})
    by_name = {each.name: each for each in form.fields}
    assert by_name["words"].initial == "canary"
    assert isinstance(by_name["slot"], ChoiceField)
    assert by_name["slot"].options == (("1", "One"),)
    assert form.hidden == "h"
    assert "canary" not in repr(form)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
@given(value=st.text(max_size=30))
def test_no_value_breaks_a_field(field: Field, value: str) -> None:
    assert isinstance(problem_with(field, value), str)


def test_an_optional_field_may_stay_empty() -> None:
    makers: list[Callable[..., Field]] = [TextField, ChoiceField, DateField, TimeField, PersonField, ToggleField]
    for make in makers:
        assert problem_with(make("name", "Label", required=False), "") == ""
