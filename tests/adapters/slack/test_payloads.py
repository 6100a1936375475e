"""What is read from each kind of payload that Slack sends, as recorded with invented ids in tests/payloads/slack."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.slack import inbound
from adapters.slack.inbound import Arrived, Origin
from bot.chat.events import ButtonPressed, CommandUsed, DeskOpened, FormSubmitted, HomeOpened, Inbound
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from tests.adapters.slack.recorded import RECORDED, recorded

TEAM, MIRA, CHANNEL, DIRECT, BOT = "T0HOUSE01", "U0MIRA001", "C0TEAM001", "D0MIRA001", "U0BOT0001"
ASKED, SHOWN = "1795424400.000100", "1795424410.000100"
WHO = Actor("slack", TEAM, MIRA)
OTTO = Actor("slack", "T0NEIGH01", "U0OTTO001")


def place(channel: str, thread: str = "") -> Place:
    return Place("slack", channel, thread)


def on(channel: str, ts: str) -> MessageRef:
    return MessageRef(place(channel), ts)


def mentioned(payload: dict[str, Any]) -> Arrived | None:
    return inbound.mention(payload, BOT)


ASKS = "does fairness mean?"
READ: dict[str, tuple[Callable[[dict[str, Any]], Arrived | None], Inbound | None]] = {
    "command_question": (
        inbound.command,
        CommandUsed(WHO, place(CHANNEL), "Is", "our training data <fair> to @ann?", others_read=True),
    ),
    "command_verb": (inbound.command, CommandUsed(WHO, place(CHANNEL), "receipt", "one two three", others_read=True)),
    "command_alone": (inbound.command, DeskOpened(WHO)),
    "command_in_direct_messages": (inbound.command, CommandUsed(WHO, place(DIRECT), "help", "")),
    "app_mention": (mentioned, CommandUsed(WHO, place(CHANNEL, ASKED), "what", ASKS, others_read=True)),
    "app_mention_in_thread": (mentioned, CommandUsed(WHO, place(CHANNEL, ASKED), "what", ASKS, others_read=True)),
    "app_mention_alone": (mentioned, CommandUsed(WHO, place(CHANNEL, ASKED), "help", "", others_read=True)),
    "app_mention_edited": (mentioned, None),
    "app_mention_by_a_bot": (mentioned, None),
    "app_mention_from_another_workspace": (
        mentioned,
        CommandUsed(OTTO, place(CHANNEL, ASKED), "what", ASKS, others_read=True),
    ),
    "message_im": (inbound.direct_message, CommandUsed(WHO, place(DIRECT), "receipt", "one two three")),
    "message_im_in_thread": (
        inbound.direct_message,
        CommandUsed(WHO, place(DIRECT, "1795424300.000000"), "receipt", "one two three"),
    ),
    "message_im_file_share": (inbound.direct_message, CommandUsed(WHO, place(DIRECT), "is", "this fair?")),
    "message_im_from_the_bot": (inbound.direct_message, None),
    "message_im_bot_message": (inbound.direct_message, None),
    "message_im_changed": (inbound.direct_message, None),
    "message_im_deleted": (inbound.direct_message, None),
    "message_in_a_channel": (inbound.direct_message, None),
    "app_home_opened_home": (inbound.home, HomeOpened(WHO)),
    "app_home_opened_messages": (inbound.home, None),
    "block_actions_in_a_message": (
        inbound.press,
        ButtonPressed(WHO, on(CHANNEL, SHOWN), "desk.open/1", '{"verb":"concern"}', others_read=True),
    ),
    "block_actions_in_a_thread": (
        inbound.press,
        ButtonPressed(WHO, on(CHANNEL, "1795424420.000100"), "desk.open/1", '{"verb":"concern"}', others_read=True),
    ),
    "block_actions_in_a_whisper": (
        inbound.press,
        ButtonPressed(WHO, None, "questions.share/1", "{}", others_read=True),
    ),
    "block_actions_in_a_menu": (inbound.press, ButtonPressed(WHO, on(DIRECT, SHOWN), "desk.open/1", '{"verb":""}')),
    "block_actions_that_say_a_verb": (inbound.press, CommandUsed(WHO, place(DIRECT), "concern", "")),
    "block_actions_at_home": (inbound.press, ButtonPressed(WHO, None, "desk.open/1", '{"verb":"concern"}')),
    "block_actions_in_a_modal": (inbound.press, ButtonPressed(WHO, None, "desk.open/1", '{"verb":"concern"}')),
    "block_actions_of_a_choice": (inbound.press, None),
    "view_submission": (
        inbound.submission,
        FormSubmitted(WHO, "desk.send/1", {"what": "ask", "words": "What does fairness mean?"}),
    ),
    "view_submission_of_every_field": (
        inbound.submission,
        FormSubmitted(
            WHO,
            "hours.offer/1",
            {
                "text": "",
                "menu": "",
                "day": "2026-12-01",
                "hour": "09:30",
                "host": f"slack:{TEAM}:U0ANN0001",
                "agreed": "yes",
                "not": "",
            },
            "what it hid",
        ),
    ),
    "shortcut": (inbound.shortcut, DeskOpened(WHO)),
    "message_action": (inbound.shortcut, DeskOpened(WHO, "ask", "We weigh <age> too much, see the chart")),
}

NO_EVENT = {"url_verification", "ssl_check", "app_uninstalled", "tokens_revoked", "view_closed"}
"""What is answered without any room: see test_refused_requests and test_gone."""


def test_every_recorded_payload_is_looked_at() -> None:
    assert {each.stem for each in RECORDED.glob("*.json")} == set(READ) | NO_EVENT


@pytest.mark.parametrize("name", READ)
def test_a_payload_is_read_as_what_somebody_did(name: str) -> None:
    read, expected = READ[name]
    arrived = read(recorded(name))
    assert (arrived.event if arrived else None) == expected


def origin(name: str) -> Origin:
    arrived = READ[name][0](recorded(name))
    assert arrived is not None
    return arrived.origin


URL = "https://hooks.slack.example/actions/T0HOUSE01/1/invented"


def test_a_command_is_answered_through_its_address_and_opens_forms_with_its_trigger() -> None:
    found = origin("command_question")
    assert (found.surface, found.channel, found.thread) == ("command", CHANNEL, "")
    assert found.response_url.startswith("https://hooks.slack.example/commands/")
    assert found.trigger.startswith("1234567890123.")


@pytest.mark.parametrize(
    ("name", "thread", "whisper"),
    [("app_mention", ASKED, ""), ("app_mention_in_thread", ASKED, ASKED)],
)
def test_a_mention_is_answered_in_its_thread_and_whispered_to_where_it_is_shown(
    name: str, thread: str, whisper: str
) -> None:
    found = origin(name)
    assert (found.surface, found.thread, found.whisper_thread) == ("mention", thread, whisper)


def test_somebody_of_another_workspace_speaks_through_the_one_that_has_the_app() -> None:
    assert origin("app_mention_from_another_workspace").team == TEAM


@pytest.mark.parametrize(
    ("name", "surface", "message", "thread", "opens"),
    [
        ("block_actions_in_a_message", "message", SHOWN, ASKED, True),
        ("block_actions_in_a_thread", "message", "1795424420.000100", "1795424300.000100", True),
        ("block_actions_in_a_whisper", "message", "", ASKED, False),
        ("block_actions_at_home", "home", "", "", True),
        ("block_actions_in_a_modal", "modal", "", "", True),
    ],
)
def test_a_press_is_answered_where_it_was(name: str, surface: str, message: str, thread: str, opens: bool) -> None:
    found = origin(name)
    assert (found.surface, found.message, found.thread, found.opens_form) == (surface, message, thread, opens)
    assert (found.response_url == URL) is (surface == "message")


def test_a_form_that_was_opened_where_others_read_says_so() -> None:
    assert origin("view_submission_of_every_field").shared
    assert not origin("view_submission").shared


def test_nothing_that_was_read_shows_itself_in_a_log() -> None:
    for name, (read, _) in READ.items():
        shown = repr(read(recorded(name)))
        assert not any(each in shown for each in (MIRA, CHANNEL, "fair", "receipt", "hooks", TEAM, "concern"))
