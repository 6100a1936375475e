"""Whatever people type, through every card and form: Teams takes it, it is nothing but letters, and nothing is lost."""

import base64
import json
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import cycle

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from adapters.shapes import Json, inner, objects
from adapters.teams.controls import Surface, drawn_buttons, read_press
from adapters.teams.parts import CONTINUES, fitted, parts
from adapters.teams.render_form import drawn_form, read_form, refilled
from bot.chat.cards import Button, Card
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from bot.chat.text import clean
from tests.adapters.strategies import MARK, cards, forms, people, rows, short
from tests.adapters.teams.looking import actions, escapes, inputs, problems_of, seen, sent
from tests.adapters.words import missing, told
from tests.doubles.teams.schema import problems_by_schema
from tests.showcase.scenes import PLAIN, Pen, Scene, scenes

APART = "\u200b"
"""What keeps braces apart, of which a card would compute something."""

MORE = "The rest comes in our chat."

anything = st.recursive(st.none() | st.text(), lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside))

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""For tests of which one example is dozens of scenes or blocks: to look for a smaller one takes minutes."""


def test_teams_takes_every_scene_as_it_is() -> None:
    for scene in scenes():
        assert problems(scene.shown) == [], scene.name
        assert problems_by_schema(next(surfaces(scene.shown))[0]) == [], scene.name


@settings(max_examples=4, phases=UNSHRUNK)
@given(st.lists(people, min_size=1, max_size=3))
def test_in_every_scene_what_people_type_is_letters_and_all_of_it(typed: list[str]) -> None:
    for scene in written(typed):
        assert problems(scene.shown) == [], scene.name
        assert escaping(scene.shown) == [], scene.name
        if isinstance(scene.shown, Card):
            assert lost(scene.shown) == [], scene.name


@settings(max_examples=15, phases=UNSHRUNK)
@given(cards())
def test_any_card_is_letters_and_all_of_it(card: Card) -> None:
    assert problems(card) == []
    assert escaping(card) == []
    assert lost(card) == []


@settings(max_examples=30)
@given(forms(), short)
def test_any_form_is_taken_and_is_letters(form: Form, problem: str) -> None:
    assert problems(form) == []
    assert problems_of(drawn_form(form, problem), "dialog") == []
    assert escaping(form) == []


@settings(max_examples=30)
@given(forms(), st.data())
def test_what_is_filled_in_is_what_is_read_and_stays_where_it_was_wrong(form: Form, data: st.DataObject) -> None:
    card = drawn_form(form)
    there = {str(each["id"]) for each in inputs(card)}
    filled = {field.name: data.draw(fitting(field)) for field in form.fields if field.name in there}
    if not there:
        return
    expected = {field.name: as_value(field, filled[field.name]) for field in form.fields if field.name in there}
    assert read_form(sent(card, filled), "t1") == (form.name, expected, form.hidden)
    wrong = {data.draw(st.sampled_from(sorted(there))): "Please look at this.", "": "And at all of it."}
    again = refilled(sent(card, filled), wrong)
    assert problems_of(again, "dialog") == []
    assert {"Please look at this.", "And at all of it."} <= set(seen(again).splitlines())
    cleaned = {name: clean(value) for name, value in expected.items()}
    assert {name: clean(value) for name, value in read_form(sent(again, {}), "t1")[1].items()} == cleaned
    assert refilled(sent(again, {}), {}) == refilled(sent(card, filled), {})


@settings(max_examples=40)
@given(rows(short), st.sampled_from(("message", "dialog")), st.integers(0, 30))
def test_what_is_drawn_as_a_button_is_what_is_pressed(
    offered: tuple[Button, ...], surface: Surface, first: int
) -> None:
    pressed = [each for each in actions({"body": drawn_buttons(offered, first, surface)}) if "data" in each]
    told_apart = [(each["data"]["rai"], "msteams" in inner(each, "data")) for each in pressed]  # type: ignore[index]
    expected = [
        ({"press": each.action.name, "data": each.action.data}, each.opens_form and surface == "message")
        for each in offered
    ]
    assert sorted(told_apart, key=repr) == sorted(expected, key=repr)
    assert {read_press(each["data"]) for each in pressed} == {each.action for each in offered}
    for each in pressed:
        assert read_press(inner(each, "fallback").get("data", each["data"])) == read_press(each["data"])


@settings(max_examples=60)
@given(st.binary(max_size=200) | anything.map(lambda found: zlib.compress(json.dumps(found).encode())))
def test_a_shape_that_is_none_of_ours_is_refused_and_nothing_else_happens(shape: bytes) -> None:
    data: Json = {"rai": {"form": "hours.book/1", "hidden": "", "shape": base64.b64encode(shape).decode()}}
    for read in (lambda: read_form(data, "t1"), lambda: refilled(data, {})):
        with pytest.raises(ValueError, match="form"):
            read()


def written(typed: list[str]) -> Iterator[Scene]:
    """The scenes in which people have typed something: these words, in turn."""
    turn = cycle(typed)
    return (scene for scene in scenes(Pen(lambda _example: next(turn))) if scene.name in by_people())


@cache
def by_people() -> frozenset[str]:
    """The scenes that look different when people type something else."""
    plain, other = scenes(PLAIN), scenes(Pen(lambda _example: MARK))
    return frozenset(one.name for one, two in zip(plain, other, strict=True) if look(one) != look(two))


def look(scene: Scene) -> str:
    """What is in front of somebody, without the fresh ids that buttons carry."""
    return "\n".join(seen(card) for card, _ in surfaces(scene.shown))


def surfaces(shown: Card | Form) -> Iterator[tuple[Json, Surface]]:
    """Everything that Teams is given of a card or form, wherever it may come to stand."""
    if isinstance(shown, Form):
        yield drawn_form(shown), "dialog"
    else:
        yield from ((part, "message") for part in parts(shown))
        yield fitted(shown, MORE), "dialog"


def problems(shown: Card | Form) -> list[str]:
    """What Teams would refuse of it, wherever it may stand."""
    return [problem for card, surface in surfaces(shown) for problem in problems_of(card, surface)]


def escaping(shown: Card | Form) -> list[str]:
    """Where a person's words would be more than letters."""
    return [problem for card, _ in surfaces(shown) for problem in escapes(card, MARK)]


def lost(card: Card) -> list[str]:
    """What a card says and somebody does not see: in messages, and in a dialog that has room for all of it."""
    dialog = fitted(card, MORE)
    in_dialog = f"{clean(card.title)}\n{content(dialog)}"
    whole = missing(told(card), "\n".join(map(content, parts(card))), APART)
    return whole if MORE in in_dialog else [*whole, *missing(told(card), in_dialog, APART)]


def content(card: Json) -> str:
    """What a card says without the hint that more comes and without things to choose, which stand in between."""
    body = [
        each for each in objects(card, "body") if "selectAction" not in each and CONTINUES not in seen({"body": [each]})
    ]
    return seen({"body": body})


def fitting(field: Field) -> st.SearchStrategy[str]:
    """What Teams' client lets somebody fill into a field."""
    empty = st.nothing() if field.required else st.just("")
    match field:
        case TextField(most=most):
            return empty | short.map(lambda words: words[:most]).filter(clean)
        case ChoiceField(options=options):
            return st.sampled_from([value for value, _ in options[:100]])
        case DateField():
            return empty | st.dates().map(lambda day: day.isoformat())
        case TimeField():
            return empty | st.times().map(lambda at: f"{at:%H:%M}")
        case PersonField():
            return empty | st.uuids().map(str)
        case ToggleField():
            return st.sampled_from(("yes",) if field.required else ("yes", ""))


def as_value(field: Field, filled: str) -> str:
    return f"teams:t1:{filled}" if isinstance(field, PersonField) and filled else filled
