"""The double's validator: every documented limit is taken to the last character, and refused one beyond it."""

from collections.abc import Callable

import pytest

from tests.doubles.blocks import Make, actions, asked, button, confirm, menu, mrkdwn, option, plain, said, table
from tests.doubles.slack.limits import problems_of_blocks, problems_of_message, problems_of_view
from tests.doubles.slack.limits_blocks import Surface
from tests.doubles.slack.seen import Json

IN_MESSAGE: dict[str, tuple[int, Make]] = {
    "header": (150, lambda n: {"type": "header", "text": plain(n)}),
    "section": (3_000, lambda n: {"type": "section", "text": mrkdwn(n)}),
    "field": (2_000, lambda n: {"type": "section", "fields": [mrkdwn(n)]}),
    "fields": (10, lambda n: {"type": "section", "fields": [mrkdwn(1)] * n}),
    "block id": (255, lambda n: {"type": "divider", "block_id": "x" * n}),
    "action id": (255, lambda n: actions(button(action_id="x" * n))),
    "button": (75, lambda n: actions(button(text=plain(n)))),
    "button's value": (2_000, lambda n: actions(button(value="x" * n))),
    "button's accessibility label": (75, lambda n: actions(button(accessibility_label="x" * n))),
    "actions": (25, lambda n: actions(*(button(number) for number in range(n)))),
    "context": (10, lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}),
    "confirm's title": (100, confirm("title")),
    "confirm's text": (300, confirm("text")),
    "confirm's yes": (30, confirm("confirm")),
    "confirm's no": (30, confirm("deny")),
    "menu": (5, lambda n: actions(menu("overflow", n))),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    "table's rows": (100, lambda n: table(n, 1)),
    "table's columns": (20, lambda n: table(1, n)),
    "alt text": (2_000, lambda n: {"type": "image", "image_url": "https://x.example/", "alt_text": "x" * n}),
    "picture's address": (3_000, lambda n: {"type": "image", "image_url": f"https://{'x' * (n - 8)}", "alt_text": "x"}),
    "rich text": (3_000, lambda n: {"type": "rich_text", "elements": [said(n)]}),
}

IN_MODAL: dict[str, tuple[int, Make]] = {
    "label": (2_000, lambda n: asked({"type": "plain_text_input"}, label=plain(n))),
    "hint": (2_000, lambda n: asked({"type": "plain_text_input"}, hint=plain(n))),
    "placeholder": (150, lambda n: asked({"type": "plain_text_input", "placeholder": plain(n)})),
    "longest input": (3_000, lambda n: asked({"type": "plain_text_input", "max_length": n})),
    "initial value": (20, lambda n: asked({"type": "plain_text_input", "max_length": 20, "initial_value": "x" * n})),
    "options": (100, lambda n: asked(menu("static_select", n))),
    "radio buttons": (10, lambda n: asked(menu("radio_buttons", n))),
    "checkboxes": (10, lambda n: asked(menu("checkboxes", n))),
    "option": (75, lambda n: asked({"type": "static_select", "options": [option(text=plain(n))]})),
    "option's value": (150, lambda n: asked({"type": "static_select", "options": [option(value="x" * n)]})),
    "option's description": (75, lambda n: asked({"type": "static_select", "options": [option(description=plain(n))]})),
}


@pytest.mark.parametrize(
    ("what", "surface"), [*((each, "message") for each in IN_MESSAGE), *((each, "modal") for each in IN_MODAL)]
)
def test_a_limit_of_blocks_is_taken_to_the_last_and_no_further(what: str, surface: Surface) -> None:
    most, make = IN_MESSAGE[what] if surface == "message" else IN_MODAL[what]
    assert problems_of_blocks([make(most)], surface) == []
    assert problems_of_blocks([make(most + 1)], surface)


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_takes_so_many_blocks(surface: Surface, most: int) -> None:
    assert problems_of_blocks([{"type": "divider"}] * most, surface) == []
    assert problems_of_blocks([{"type": "divider"}] * (most + 1), surface)


def view(**given: object) -> Json:
    return {
        "type": "modal",
        "title": plain(1),
        "blocks": [asked({"type": "plain_text_input"})],
        "submit": plain(1),
        **given,
    }


@pytest.mark.parametrize(
    ("name", "most", "make"),
    [
        ("title", 24, plain),
        ("submit", 24, plain),
        ("close", 24, plain),
        ("private_metadata", 3_000, lambda n: "x" * n),
        ("callback_id", 255, lambda n: "x" * n),
    ],
)
def test_a_limit_of_a_view_is_taken_to_the_last_and_no_further(
    name: str, most: int, make: Callable[[int], object]
) -> None:
    assert problems_of_view(view(**{name: make(most)})) == []
    assert problems_of_view(view(**{name: make(most + 1)}))


def test_a_view_of_250_kilobytes_is_the_largest() -> None:
    large = [{"type": "section", "text": mrkdwn(3_000)}] * 84
    assert problems_of_view({"type": "home", "blocks": large[:80]}) == []
    assert problems_of_view({"type": "home", "blocks": large}) == ["view: more than 250 KB"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "sheet", "title": plain(1)},
        {"title": plain(0)},
        {"submit": None},
        {"blocks": [{"type": "divider"}]},
        {"blocks": []},
        {"private_metadata": 7},
        {"notify_on_close": "yes"},
        {"hash": "1"},
    ],
)
def test_a_view_of_another_shape_is_refused(wrong: Json) -> None:
    assert problems_of_view(view(**wrong))


def test_a_form_on_the_home_page_has_nothing_to_send_it_with() -> None:
    assert problems_of_view({"type": "home", "blocks": [asked({"type": "plain_text_input"})]})


MESSAGES: dict[str, Json] = {
    "no text": {"blocks": [{"type": "divider"}]},
    "an empty text": {"text": " "},
    "a text that is too long": {"text": "x" * 40_001},
    "everybody is called": {"text": "<!channel> look"},
    "somebody is called": {"text": "by <@U0BOB>"},
    "a channel is named": {"text": "in <#C0TEAM>"},
    "half a mark": {"text": "a < b"},
    "an open ampersand": {"text": "you & me"},
    "blocks that are no list": {"text": "x", "blocks": "[]"},
    "too much in all": {"text": "x", "blocks": [{"type": "section", "text": mrkdwn(2_376)}] * 4},
    "metadata of another shape": {"text": "x", "metadata": {"event_type": "e"}},
    "metadata with a list": {"text": "x", "metadata": {"event_type": "e", "event_payload": {"k": ["x"]}}},
    "metadata with words": {"text": "x", "metadata": {"event_type": "e", "event_payload": {"k": "their own words"}}},
    "metadata that is long": {"text": "x", "metadata": {"event_type": "e", "event_payload": {"k": "x" * 600}}},
}


@pytest.mark.parametrize("what", MESSAGES)
def test_a_message_that_slack_or_a_reader_would_not_take_is_refused(what: str) -> None:
    assert problems_of_message(MESSAGES[what])


def test_a_message_that_is_right_is_taken() -> None:
    mark = {"event_type": "rai_message", "event_payload": {"key": "0f" * 16, "whole": True, "part": 1}}
    assert problems_of_message({"text": "a &lt; b &amp; c", "blocks": [{"type": "divider"}], "metadata": mark}) == []
    assert problems_of_message({"text": "x", "blocks": [{"type": "section", "text": mrkdwn(2_375)}] * 4}) == []
