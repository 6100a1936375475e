"""Whatever people type, through every card and form: Slack takes it, it is nothing but letters, and nothing is lost."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import cycle

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from adapters.shapes import Json, objects
from adapters.slack import names
from adapters.slack.controls import drawn_buttons, read_press
from adapters.slack.parts import beyond_view, parts
from adapters.slack.render import LEFT_OUT, MORE_IN_MESSAGES, drawn_home, drawn_view
from adapters.slack.render_form import drawn_form, error_blocks, read_form, refilled
from bot.chat.cards import Button, Card
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from bot.chat.text import clean
from tests.adapters.slack.looking import escapes, leaves, problems_in_view, problems_of
from tests.adapters.strategies import MARK, cards, forms, people, rows, short
from tests.adapters.words import missing, squashed, told
from tests.doubles.slack.seen import controls, inputs, state_of
from tests.showcase.scenes import PLAIN, Pen, Scene, scenes

TEAM = "T1"

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""For tests of which one example is dozens of scenes or blocks: to look for a smaller one takes minutes."""


def test_slack_takes_every_scene_as_it_is() -> None:
    for scene in scenes():
        assert problems(scene.shown) == [], scene.name


@pytest.mark.parametrize(
    "name", [":smile:", ":+1:", "<@U1>", "<!here>", "<!date^1^{date}|now>", "evil.example", "//x", "*so*", "a_b", "`x`"]
)
def test_a_name_that_could_mark_anything_is_noticed(name: str) -> None:
    for fact in (f"*With {name}*\n15:00", f"*When*\n15:00–15:30, {name}"):
        assert len(escapes([{"type": "mrkdwn", "text": fact, "verbatim": True}], MARK)) == 1


def test_a_time_of_day_marks_nothing() -> None:
    fact = f"*You meet {MARK}*\nThu 26 Nov 2026, 15:00–15:30 Europe/Berlin"
    assert escapes([{"type": "mrkdwn", "text": fact, "verbatim": True}], MARK) == []
    assert len(escapes([{"type": "mrkdwn", "text": fact}], MARK)) == 1


@settings(max_examples=6, phases=UNSHRUNK)
@given(st.lists(people, min_size=1, max_size=3))
def test_in_every_scene_what_people_type_is_letters_and_all_of_it(typed: list[str]) -> None:
    for scene in written(typed):
        assert problems(scene.shown) == [], scene.name
        assert escapes(list(surfaces(scene.shown)), MARK) == [], scene.name
        if isinstance(scene.shown, Card):
            assert lost(scene.shown) == [], scene.name


@settings(max_examples=20, phases=UNSHRUNK)
@given(cards())
def test_any_card_is_letters_and_all_of_it(card: Card) -> None:
    assert problems(card) == []
    assert escapes(list(surfaces(card)), MARK) == []
    assert lost(card) == []


@settings(max_examples=40)
@given(forms(), short)
def test_any_form_is_taken_and_is_letters(form: Form, problem: str) -> None:
    assert problems(form) == []
    assert problems_in_view(drawn_form(form, problem)) == []
    assert escapes(list(surfaces(form)), MARK) == []


@settings(max_examples=40)
@given(forms(), st.data())
def test_what_is_filled_in_is_what_is_read_and_stays_where_it_was_wrong(form: Form, data: st.DataObject) -> None:
    view = drawn_form(form)
    drawn = {str(block["block_id"]) for block in inputs(view["blocks"])}  # type: ignore[arg-type]
    asked = [field for field in form.fields if field.name in drawn]
    filled = {label_of(field, view): data.draw(fitting(field)) for field in asked}
    sent = {**view, "id": "V1", "state": {"values": state_of(view["blocks"], filled)}}  # type: ignore[arg-type]
    expected = {field.name: as_value(field, filled[label_of(field, view)]) for field in asked}
    assert read_form(sent, TEAM) == (form.name, expected, form.hidden)
    again = refilled(sent, "Please look at this.")
    assert problems_in_view(again) == []
    kept = {**again, "state": {"values": state_of(again["blocks"], {})}}  # type: ignore[arg-type]
    cleaned = {name: clean(value) for name, value in expected.items()}
    assert {name: clean(value) for name, value in read_form(kept, TEAM)[1].items()} == cleaned
    assert len(list(objects(refilled(kept, "Again."), "blocks"))) == len(list(objects(again, "blocks")))


@settings(max_examples=30)
@given(forms(), st.dictionaries(st.sampled_from(("a", "b", "z", "")), people, min_size=1))
def test_every_error_stands_at_an_input_that_is_there(form: Form, wrong: dict[str, str]) -> None:
    view = drawn_form(form)
    there = {str(block["block_id"]) for block in objects(view, "blocks") if block["type"] == "input"}
    shown = error_blocks(wrong, view)
    assert set(shown) <= there or not there
    assert all(len(sentence) <= 2_000 for sentence in shown.values())


@settings(max_examples=40)
@given(rows(short), st.sampled_from(("", "1764000000.000001")))
def test_what_is_drawn_as_a_button_is_what_is_pressed(offered: tuple[Button, ...], thread: str) -> None:
    pressed = [read_press(control.action()) for control in controls(drawn_buttons(offered, thread))]
    told_apart = [(each.pressed, each.opens_form, each.thread) for each in pressed]
    assert sorted(map(repr, told_apart)) == sorted(repr((each.action, each.opens_form, thread)) for each in offered)
    assert {each.pressed.data for each in pressed} == {each.action.data for each in offered}


def written(typed: list[str]) -> Iterator[Scene]:
    """The scenes in which people have typed something: these words, in turn."""
    turn = cycle(typed)
    return (scene for scene in scenes(Pen(lambda _example: next(turn))) if scene.name in by_people())


@cache
def by_people() -> frozenset[str]:
    """The scenes that look different when people type something else."""
    plain, other = scenes(PLAIN), scenes(Pen(lambda _example: MARK))
    return frozenset(one.name for one, two in zip(plain, other, strict=True) if seen(one) != seen(two))


def seen(scene: Scene) -> str:
    """What is in front of somebody, without the fresh ids that buttons carry."""
    return "\n".join(leaves(list(surfaces(scene.shown))))


def surfaces(shown: Card | Form) -> Iterator[Json]:
    """Everything that Slack is given of a card or form, wherever it may come to stand."""
    if isinstance(shown, Form):
        yield drawn_form(shown)
        yield drawn_form(shown, "Something was wrong.")
    else:
        yield from (each for part in parts(shown, "1764000000.000001") for each in part.blocks)
        yield drawn_view(shown)
        yield drawn_home(shown)


def problems(shown: Card | Form) -> list[str]:
    """What Slack's limits and its SDK would refuse of it, wherever it may stand."""
    if isinstance(shown, Form):
        return problems_in_view(drawn_form(shown))
    messages = [problem for part in parts(shown, "1764000000.000001") for problem in problems_of(part)]
    texts = [f"{part.text[:40]!r} is not escaped" for part in parts(shown) if is_raw(part.text)]
    return [*messages, *texts, *problems_in_view(drawn_view(shown)), *problems_in_view(drawn_home(shown))]


def is_raw(text: str) -> bool:
    """Whether a message's text holds something that Slack would read as more than letters."""
    return re.search(r"[<>]|&(?!amp;|lt;|gt;)", text) is not None


def lost(card: Card) -> list[str]:
    """What a card says and somebody does not see: in messages, in what is read aloud, in a modal and the messages that
    go on with it, at home.
    """
    messages, view, home = parts(card), drawn_view(card), drawn_home(card)["blocks"]
    below = [content(part.blocks) for part in beyond_view(card)]
    shown = [content(part.blocks) for part in messages], [view["title"], content(blocks_of(view)), below], home
    said = ["".join(leaves(drawn)) for drawn in shown]
    # What the page has no room for is left out of it, and said to be; messages always have all of it.
    gone = [words for each in said if LEFT_OUT not in each for words in missing(told(card), each)]
    assert LEFT_OUT not in said[0] + said[1]
    if len(messages) == 1:
        read = plainly(unescape(messages[0].text))
        gone += [f"{words} (read aloud)" for words in missing(map(plainly, told(card)), read)]
    return gone


def blocks_of(view: Json) -> list[Json]:
    return list(objects(view, "blocks"))


def content(blocks: list[Json]) -> list[Json]:
    """The blocks without things to press and the hint that more comes, which stand in the middle of a long text."""
    hints = {"Continues below.", MORE_IN_MESSAGES}
    return [block for block in blocks if not is_pressed(block) and not hints & set(leaves(block))]


def is_pressed(block: Json) -> bool:
    """Whether a block is a row of buttons, or the line of one thing to choose."""
    return block["type"] == "actions" or ("accessory" in block and "fields" not in block)


def plainly(text: str) -> str:
    """Without the signs that say in plain words what is a quote, a list or a fact."""
    return re.sub("[>:•]", "", squashed(text))


def label_of(field: Field, view: Json) -> str:
    blocks = [block for block in objects(view, "blocks") if block.get("block_id") == field.name]
    return str(blocks[0]["label"]["text"])  # type: ignore[index]


def fitting(field: Field) -> st.SearchStrategy[str]:
    """What Slack's client lets somebody fill into a field."""
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
            return empty | st.just("U0HOST")
        case ToggleField():
            return st.sampled_from(("yes",) if field.required else ("yes", ""))


def as_value(field: Field, filled: str) -> str:
    return names.actor(TEAM, filled).address if isinstance(field, PersonField) and filled else filled
