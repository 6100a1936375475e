"""Cards and forms on the screen: all of them drawn, and nothing hostile gets through."""

import io
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from adapters.terminal.render import WIDEST, Harmless, drawn_card, drawn_frame, drawn_problem, one_line, visible
from adapters.terminal.render_form import drawn_fault, drawn_field, drawn_form, shown
from bot.chat.actions import Pressed
from bot.chat.cards import Attachment, Button, Buttons, Card, Facts, Quote, Source, Sources, Text
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from tests.adapters.terminal.house import everything
from tests.adapters.terminal.strategies import cards, hostile_words

STYLE = re.compile(r"\x1b\[[0-9;]*m")


def on_screen(drawn: RenderableType, width: int = 80, *, colours: bool = False, no_color: bool = False) -> str:
    screen = io.StringIO()
    console = Console(
        file=screen,
        width=width,
        force_terminal=colours,
        color_system="truecolor" if colours else None,
        no_color=no_color,
    )
    console.print(Harmless(drawn))
    return screen.getvalue()


def dangers(text: str) -> list[str]:
    turning = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    return [
        sign
        for sign in text
        if (unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n") or unicodedata.bidirectional(sign) in turning
    ]


@settings(max_examples=60, deadline=None)
@given(cards(hostile_words), st.sampled_from((60, 80, 120)), st.booleans())
def test_no_word_of_a_card_moves_the_cursor(card: Card, width: int, colours: bool) -> None:
    screen = on_screen(drawn_card(card, min(width, WIDEST), note="for you"), width, colours=colours)
    assert dangers(STYLE.sub("", screen)) == []
    assert "\x1b" not in screen or colours


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_word_of_a_form_moves_the_cursor(data: st.DataObject) -> None:
    word = hostile_words
    options = st.lists(st.tuples(word, word), max_size=3).map(tuple)
    fields: st.SearchStrategy[Field] = st.one_of(
        st.builds(TextField, word, word, word, word, st.booleans(), multiline=st.booleans()),
        st.builds(ChoiceField, word, word, options, word, word),
        *(st.builds(kind, word, word, word, word) for kind in (DateField, TimeField, PersonField, ToggleField)),
    )
    field = data.draw(fields)
    form = Form("a.b/1", data.draw(word), (field,), data.draw(word), intro=(Quote(data.draw(word)),))
    for drawn in (
        drawn_form(form, 80),
        drawn_field(field, data.draw(word), "1/2", 80),
        drawn_fault(data.draw(word)),
        drawn_problem(data.draw(word), 80),
    ):
        assert dangers(STYLE.sub("", on_screen(drawn, colours=True))) == []
        assert dangers(on_screen(drawn)) == []


@pytest.mark.parametrize("width", [60, 80, 110, 120])
def test_nothing_is_wider_than_the_screen(width: int) -> None:
    screen = on_screen(drawn_card(everything("Mira " * 40), min(width, WIDEST)), width)
    assert max(cell_len(line) for line in screen.splitlines()) <= min(width, WIDEST)


def test_a_card_with_everything_says_everything() -> None:
    screen = on_screen(drawn_card(everything("Mira"), 80, first=4, note="only you see this"))
    for words in (
        "╭─ Is our hiring model fair? ─",
        "It depends.",
        "• the base rates",
        "who decides (https://example.org/who)",
        "Owner                         Mira",
        " │ [bold]They[/bold] said",
        " │ **no** to `me`, @channel",
        "— Mira",
        "Picture: Two bars, one higher",
        "Source, as of 2026-11-01",
        "1 NIST AI RMF, section 3.7",
        "  https://www.nist.gov/itl/ai-risk-management-framework",
        "File: hour.ics",
        "─ only you see this ─╯",
        "[4] Claim   [5] Order   [6] Delete (!)",
    ):
        assert words in screen


def test_several_sources_without_a_day() -> None:
    card = Card("Title", (Sources((Source("One", "https://one.example"), Source("", "https://two.example"))),))
    screen = on_screen(drawn_card(card, 80))
    assert "Sources  " in screen
    assert "2 https://two.example" in screen


def test_a_quote_keeps_its_bar_on_every_line_however_it_wraps() -> None:
    screen = on_screen(drawn_card(Card("Title", (Quote("word " * 60),)), 60), 60)
    quoted = [line for line in screen.splitlines() if "word" in line]
    assert len(quoted) > 4
    assert all(line.startswith("│  │ ") for line in quoted)


def test_a_long_title_wraps_inside_the_frame_and_a_lone_one_stands_there() -> None:
    long = "words " * 20 + "end"
    assert "end" in on_screen(drawn_card(Card(long, (Text("Body"),)), 60), 60)
    assert "│ Done" in on_screen(drawn_card(Card("Done"), 60), 60)
    assert "│ Body" in on_screen(drawn_frame("", [visible("Body")], 60), 60)


def test_many_buttons_stand_one_under_the_other() -> None:
    buttons = tuple(Button("A rather long label for a button " * 2, Pressed("a.b/1", "{}")) for _ in range(2))
    lines = on_screen(drawn_card(Card("Title", buttons=buttons), 60), 60).splitlines()
    assert [line[:7] for line in lines[-4:]] == ["  [1] A", "      l", "  [2] A", "      l"]


def test_numbers_of_many_choices_stand_under_each_other() -> None:
    field = ChoiceField("a", "Label", tuple((str(n), f"option number {n}") for n in range(10)))
    lines = on_screen(drawn_field(field, "", "", 80)).splitlines()
    assert (lines[3], lines[-1]) == ("   [1] option number 0", "  [10] option number 9")


def test_facts_without_labels_need_no_column_for_them() -> None:
    assert "│ just words" in on_screen(drawn_card(Card("Title", (Facts((("", "just words"),)),)), 60), 60)


def test_without_colours_there_is_no_escape_at_all() -> None:
    drawn = drawn_card(everything("Mira"), 80)
    assert "\x1b" in on_screen(drawn, colours=True)
    assert "\x1b" not in on_screen(drawn, colours=True, no_color=True)
    assert "\x1b" not in on_screen(drawn)


def test_what_is_dangerous_stands_out_without_colours() -> None:
    assert "Delete (!)" in on_screen(drawn_card(everything("Mira"), 80))


def test_words_are_kept_and_only_signs_that_move_things_go() -> None:
    assert visible("a\tb\x1b[31mc\u202ed\nÉ👩‍👩‍👧") == "a   b[31mcd\nÉ👩‍👩‍👧"
    assert one_line(" a \n b ") == "a b"


FIELDS = (
    (TextField("a", "Label", hint="A hint.", multiline=True, required=False), "words\nwords", "words words"),
    (TextField("a", "Label"), "x" * 100, "x" * 39 + "…"),
    (ChoiceField("a", "Label", (("30", "Half an hour"),)), "30", "Half an hour"),
    (ChoiceField("a", "Label", ()), "free", "free"),
    (DateField("a", "Label"), "2026-11-23", "2026-11-23"),
    (TimeField("a", "Label"), "09:30", "09:30"),
    (PersonField("a", "Label"), "terminal:local:mira", "mira"),
    (ToggleField("a", "Label"), "yes", "yes"),
)


@pytest.mark.parametrize(("field", "value", "words"), FIELDS)
def test_a_question_shows_what_stands_already(field: Field, value: str, words: str) -> None:
    assert shown(field, value) == words
    assert f"Enter keeps [{words}]" in on_screen(drawn_field(field, value, "2/3", 80))
    assert shown(ToggleField("a", "Label"), "") == "no"


def test_a_question_shows_its_place_its_hint_and_its_options() -> None:
    screen = on_screen(drawn_field(FIELDS[2][0], "", "2/3", 80))
    assert screen.splitlines() == ["", "2/3  Label", "  Its number or its words.", "  [1] Half an hour"]
    screen = on_screen(drawn_field(FIELDS[0][0], "", "", 80))
    assert screen.splitlines() == [
        "",
        "Label (optional)",
        "  A hint.",
        "  A line that ends in \\ goes on in the next one.",
    ]


def test_a_form_shows_what_it_is_about_and_how_to_leave() -> None:
    form = Form("a.b/1", "Order", (DateField("a", "Day"),), "Book it", intro=(Text("Hello."),))
    screen = on_screen(drawn_form(form, 80))
    assert "Order" in screen
    assert "Hello." in screen
    assert "One question, then “Book it”. /cancel leaves and sends nothing." in screen


def test_the_day_of_sources_and_the_name_of_a_file_are_drawn() -> None:
    card = Card("T", (Sources((), as_of=date(2026, 1, 2)), Attachment("x\x1b.ics", "text/calendar", "")))
    screen = on_screen(drawn_card(card, 80))
    assert "as of 2026-01-02" in screen
    assert "File: x.ics" in screen


def test_buttons_among_the_blocks_stand_in_the_frame_and_numbers_run_on_below_it() -> None:
    press = Pressed("room.open/1", "{}")
    inside = Buttons((Button("One", press, hint="fairness"), Button("Two", press)))
    card = Card("Title", (Text("Choose:"), inside, Text("Or:")), (Button("Neither", press),))
    screen = on_screen(drawn_card(card, 60, first=3), 60)
    assert "[3] One  fairness   [4] Two" in screen
    assert screen.index("Or:") < screen.index("╰") < screen.index("[5] Neither")


def test_a_box_is_answered_with_yes_or_no_and_what_may_be_left_out_can_be_emptied() -> None:
    box, words = ToggleField("a", "Send it as it stands?"), TextField("a", "More", required=False)
    assert "empties it" not in on_screen(drawn_field(box, "yes", "", 80))
    assert "Enter keeps [so]; a single - empties it." in on_screen(drawn_field(words, "so", "", 80))


def test_a_form_that_is_filled_in_says_that_one_answer_is_asked() -> None:
    fields = tuple(TextField(name, name) for name in ("a", "b"))
    asks, looks_over = (Form("x", "A form", fields, "Send it", ready=ready) for ready in (False, True))
    assert "2 questions, then “Send it”." in on_screen(drawn_form(asks, 80))
    assert "Yes or no, then “Send it”." in on_screen(drawn_form(looks_over, 80))
