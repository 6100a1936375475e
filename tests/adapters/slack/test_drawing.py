"""How a card's blocks are drawn: room between paragraphs, small print, things to choose, and what is loud."""

from collections.abc import Iterator

import pytest

from adapters.shapes import Json, inner, objects, word
from adapters.slack.controls import read_press
from adapters.slack.parts import said
from adapters.slack.render import drawn_blocks, drawn_view
from bot.chat.actions import Pressed
from bot.chat.cards import Button, Buttons, Card, Confirm, Facts, Source, Sources, Text
from tests.doubles.slack.limits import problems_of_blocks
from tests.doubles.slack.seen import controls, seen_blocks

PRESSED = Pressed("room.open/1", "{}")


def blocks(*shown: Text | Facts | Sources | Buttons, buttons: tuple[Button, ...] = ()) -> list[Json]:
    drawn = drawn_blocks(Card("Title", shown, buttons), thread="1.5")
    assert problems_of_blocks(drawn, "message") == []
    return drawn


def elements(drawn: list[Json]) -> Iterator[Json]:
    for block in drawn:
        yield from objects(block, "elements")
        yield from [inner(block, "accessory")] if "accessory" in block else []


def test_texts_are_paragraphs_of_one_block_and_a_heading_stands_close_to_its_own() -> None:
    drawn = blocks(Text("First."), Text("# Head\n\nSecond."))
    assert len(drawn) == 2
    assert seen_blocks(drawn) == "Title\n\nFirst.\n\nHead\nSecond."


def test_what_is_said_in_passing_stands_small_and_in_one_line() -> None:
    drawn = blocks(Text("Long."), Text("*Not checked.*"), Text("*No advice.*"))
    assert [block["type"] for block in drawn] == ["header", "rich_text", "context"]
    assert [word(each, "text") for each in objects(drawn[2], "elements")] == ["Not checked.", "No advice."]


@pytest.mark.parametrize(
    ("label", "kind"), [("When", "section"), ("2026-11-24", "rich_text"), ("/rai book", "rich_text")]
)
def test_names_of_facts_stand_side_by_side_and_lists_do_not(label: str, kind: str) -> None:
    drawn = blocks(Facts(((label, "15:00–15:30"), ("With", "Amina"))))
    assert drawn[1]["type"] == kind


def test_a_time_does_not_take_the_boldness_from_its_label_but_an_emoji_would() -> None:
    for value, drawn in (("15:00–15:30", "mrkdwn"), ("so :tada: so", "plain_text")):
        fields = objects(blocks(Facts((("When", value), ("Then", value))))[1], "fields")
        assert [word(each, "type") for each in fields] == [drawn] * 2


def test_sources_are_links_a_line_each() -> None:
    sources = Sources(
        (Source("Fairlearn: Questions", "https://a.example/x"), Source("Act", "https://b.example/y", "1"))
    )
    (only,) = objects(blocks(sources)[1], "elements")
    assert word(only, "text").splitlines()[1:] == [
        "1 <https://a.example/x|Fairlearn: Questions>",
        "2 <https://b.example/y|Act>, 1",
    ]


def test_things_to_choose_are_lines_and_each_is_opened_by_its_own_button() -> None:
    first, second = (Button(name, Pressed("room.open/1", name), hint="fairness") for name in ("One", "Two"))
    drawn = blocks(Buttons((first, second)), buttons=(Button("None of these", PRESSED),))
    assert [each.label for each in controls(drawn)] == ["One", "Two", "None of these"]
    assert "One: fairness" in said(drawn)
    press = read_press(controls(drawn)[1].action())
    assert (press.pressed, press.thread) == (Pressed("room.open/1", "Two"), "1.5")


def test_one_short_button_stands_beside_the_facts_it_is_for() -> None:
    facts = Facts((("When", "today"), ("With", "Amina")))
    drawn = blocks(facts, Buttons((Button("Cancel", PRESSED),)))
    assert word(drawn[1], "accessory", "text", "text") == "Cancel"
    assert len(drawn) == 2


def test_what_asks_first_is_red_only_in_its_question() -> None:
    ask = Button("Cancel", PRESSED, "danger", confirm=Confirm("Sure?", "Yes"))
    (asking, plain) = elements(blocks(buttons=(ask, Button("Forget it", PRESSED, "danger"))))
    assert "style" not in asking
    assert word(asking, "confirm", "style") == "danger"
    assert word(plain, "style") == "danger"


def test_every_label_is_bold_where_one_value_is_an_address() -> None:
    channels = (("Works council", "room 2.14"), ("Ombudsperson", "ombudsperson@example.org"))
    _, shown = blocks(Facts(channels))
    runs = [run for section in objects(shown, "elements") for run in objects(section, "elements")]
    bold = [word(run, "text") for run in runs if inner(run, "style").get("bold")]
    assert bold == ["Works council", "Ombudsperson"]
    assert "link" not in [word(run, "type") for run in runs]


def test_a_value_to_copy_stands_in_a_frame_of_its_own() -> None:
    drawn = blocks(Facts((("Receipt", "six words"),), exact=True))
    assert [each["type"] for each in elements(drawn)] == ["rich_text_section", "rich_text_preformatted"]


def test_a_menu_takes_the_last_buttons_and_no_others() -> None:
    names = [f"B{number}" for number in range(8)]
    many = tuple(Button(name, Pressed("room.open/1", name), opens_form=name == "B5") for name in names)
    shown = list(elements(blocks(buttons=many)))
    assert [word(each, "text", "text") for each in shown if each["type"] == "button"] == names[:6]
    assert [word(each, "text", "text") for each in objects(shown[-1], "options")] == names[6:]


def test_a_modal_with_a_long_title_bears_the_house_s_name_above_it() -> None:
    view = drawn_view(Card("Your question is with the council", (Text("Yes."),)))
    assert word(view, "title", "text") == "RAI Office Hours"
    assert "Your question is with the council" in seen_blocks(list(objects(view, "blocks")))
