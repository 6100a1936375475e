"""Two opinions on planted faults: our validator sees them all, the SDK's own walk sees some."""

import pytest

from tests.doubles.blocks import actions, asked, button, confirm, menu, mrkdwn, option, plain, rich, section, table
from tests.doubles.slack.limits import problems_of_blocks
from tests.doubles.slack.limits_blocks import Surface
from tests.doubles.slack.sdk_opinion import sdk_problems
from tests.doubles.slack.seen import Json

BROKEN: dict[str, tuple[bool, Surface, list[Json]]] = {
    # What is planted: whether the SDK's own walk sees it too, where, and the blocks.
    "an unknown block": (True, "message", [{"type": "marquee"}]),
    "a header of 151 characters": (True, "message", [{"type": "header", "text": plain(151)}]),
    "a section of 3,001 characters": (True, "message", [section("x" * 3_001)]),
    "a section without anything": (True, "message", [{"type": "section"}]),
    "eleven fields": (True, "message", [{"type": "section", "fields": [mrkdwn(1)] * 11}]),
    "a field of 2,001 characters": (False, "message", [{"type": "section", "fields": [mrkdwn(2_001)]}]),
    "a button of 76 characters": (True, "message", [actions(button(text=plain(76)))]),
    "a button's value of 2,001 characters": (True, "message", [actions(button(value="x" * 2_001))]),
    "a button in a colour of its own": (True, "message", [actions(button(style="green"))]),
    "26 buttons": (True, "message", [actions(*(button(number) for number in range(26)))]),
    "two buttons of one name": (False, "message", [actions(button(), button())]),
    "101 options": (True, "modal", [asked(menu("static_select", 101))]),
    "an option of 76 characters": (
        False,
        "modal",
        [asked({"type": "static_select", "options": [option(text=plain(76))]})],
    ),
    "an option's value of 151 characters": (
        False,
        "modal",
        [asked({"type": "static_select", "options": [option(value="x" * 151)]})],
    ),
    "a menu of six": (True, "message", [actions(menu("overflow", 6))]),
    "eleven in a context": (True, "message", [{"type": "context", "elements": [mrkdwn(1)] * 11}]),
    "a question of 301 characters": (True, "message", [confirm("text")(301)]),
    "a picture without words": (
        False,
        "message",
        [{"type": "image", "image_url": "https://x.example/", "alt_text": ""}],
    ),
    "a picture over http": (False, "message", [{"type": "image", "image_url": "http://x.example/", "alt_text": "x"}]),
    "an input in a message": (False, "message", [asked({"type": "plain_text_input"})]),
    "an input of 3,001 characters": (False, "modal", [asked({"type": "plain_text_input", "max_length": 3_001})]),
    "a button to fill in": (True, "modal", [asked(button())]),
    "two blocks of one name": (False, "message", [{"type": "divider", "block_id": "b"}] * 2),
    "a choice that is none": (False, "modal", [asked({**menu("radio_buttons", 2), "initial_option": option(3)})]),
    "a broken date": (True, "modal", [asked({"type": "datepicker", "initial_date": "tomorrow"})]),
    "a time of no clock": (True, "modal", [asked({"type": "timepicker", "initial_time": "25:00"})]),
    "mrkdwn that calls everybody": (False, "message", [section("<!channel> look")]),
    "mrkdwn that calls somebody": (False, "message", [section("ask <@U0BOB>")]),
    "mrkdwn with a mark of a person's": (False, "message", [section("a < b")]),
    "mrkdwn in which Slack looks for names": (False, "message", [section("ask @bob", verbatim=False)]),
    "words that become emoji": (
        False,
        "message",
        [{"type": "header", "text": {"type": "plain_text", "text": ":tada:"}}],
    ),
    "rich text that calls everybody": (False, "message", [rich({"type": "broadcast", "range": "channel"})]),
    "rich text that calls somebody": (False, "message", [rich({"type": "user", "user_id": "U0BOB"})]),
    "rich text with an empty run": (False, "message", [rich({"type": "text", "text": ""})]),
    "rich text with half a letter": (False, "message", [rich({"type": "text", "text": "\ud83d"})]),
    "rich text without elements": (False, "message", [{"type": "rich_text", "elements": []}]),
    "a link to no page": (False, "message", [rich({"type": "link", "text": "x", "url": "javascript:x()"})]),
    "a quote in a list": (
        False,
        "message",
        [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_list",
                        "style": "bullet",
                        "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]}],
                    }
                ],
            }
        ],
    ),
    "a second table": (False, "message", [table(1, 1)] * 2),
    "a table in a modal": (False, "modal", [table(1, 1)]),
    "12,001 characters of markdown": (False, "message", [{"type": "markdown", "text": "x" * 6_001}] * 2),
    "a key that Slack does not know": (False, "message", [{"type": "divider", "colour": "red"}]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_ours_sees_every_planted_fault_and_the_sdk_some(what: str) -> None:
    known_to_sdk, surface, blocks = BROKEN[what]
    assert problems_of_blocks(blocks, surface)
    assert bool(sdk_problems(blocks)) is known_to_sdk
