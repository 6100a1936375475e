"""What is read from each kind of activity that Teams sends."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.teams import inbound
from adapters.teams.inbound import Arrived, Origin, Waited
from bot.chat.events import ButtonPressed, CommandUsed, DeskOpened, HomeOpened
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from tests.adapters.teams.recorded import names, recorded

TENANT, MIRA = "11111111-2222-3333-4444-555555555555", "aaaaaaaa-0000-0000-0000-0000000a1111"
WHO = Actor("teams", TENANT, MIRA)
CHAT, GROUP, CHANNEL = "a:1miraCHAT", "19:groupchat@thread.v2", "19:0f00team@thread.tacv2"
THREAD, FRESH, PRESSED = "1795424400000", "1795424410000", "1795424405000"


def place(conversation: str, thread: str = "") -> Place:
    return Place("teams", conversation, thread)


def on(conversation: str) -> MessageRef:
    return MessageRef(place(conversation), PRESSED)


def pressed(activity: dict[str, Any]) -> Arrived:
    return inbound.press(activity, activity["value"]["action"]["data"])


def said(conversation: str, verb: str, text: str = "", thread: str = "") -> CommandUsed:
    return CommandUsed(WHO, place(conversation, thread), verb, text, others_read=conversation != CHAT)


READ: dict[str, tuple[Callable[[dict[str, Any]], Any], object]] = {
    "message_question": (inbound.message, said(CHAT, "What", "does fairness mean?")),
    "message_verb": (inbound.message, said(CHAT, "hours", "next week")),
    "message_slash_rai": (inbound.message, said(CHAT, "ask", "what is fair?")),
    "message_empty": (inbound.message, HomeOpened(WHO)),
    "message_home": (inbound.message, HomeOpened(WHO)),
    "message_by_a_bot": (inbound.message, None),
    "mention": (inbound.message, said(CHANNEL, "what", "does Ann Other mean?", THREAD)),
    "mention_alone": (inbound.message, said(CHANNEL, "help", "", THREAD)),
    "mention_that_begins_a_thread": (inbound.message, said(CHANNEL, "help", "", FRESH)),
    "mention_in_a_group": (inbound.message, said(GROUP, "is", "it fair?")),
    "targeted_in_a_channel": (inbound.message, CommandUsed(WHO, place(CHANNEL, THREAD), "desk", "")),
    "submit_fallback": (inbound.message, ButtonPressed(WHO, on(CHAT), "desk.open/1", '{"verb":""}')),
    "submit_of_another_bot": (inbound.message, ValueError),
    "card_action": (pressed, ButtonPressed(WHO, on(CHANNEL), "council.claim/1", '{"case":"x"}', others_read=True)),
    "task_fetch": (inbound.dialog, ButtonPressed(WHO, on(CHANNEL), "desk.open/1", '{"verb":""}', others_read=True)),
    "task_fetch_that_says_a_verb": (inbound.dialog, said(CHAT, "book")),
    "task_submit_press": (inbound.dialog, ButtonPressed(WHO, None, "desk.open/1", '{"verb":""}')),
    "task_submit_wait": (inbound.dialog, Waited("abc")),
    "task_submit_of_nothing": (inbound.dialog, ValueError),
    "extension_about_a_message": (inbound.extension, DeskOpened(WHO, "ask", "Is this <fair>?\nAsk now")),
    "extension_desk": (inbound.extension, DeskOpened(WHO)),
    "installation_personal": (inbound.installed, HomeOpened(WHO)),
    "installation_upgraded": (inbound.installed, None),
    "installation_removed": (inbound.installed, None),
    "members_added_the_bot": (inbound.installed, HomeOpened(WHO)),
    "members_added_the_bot_to_a_team": (inbound.installed, said("19:team@thread.tacv2", "help")),
    "members_added_somebody": (inbound.installed, None),
    "members_removed_the_bot": (inbound.installed, None),
    "channel_deleted": (inbound.installed, None),
}


def event_of(found: object) -> object:
    match found:
        case Arrived(event):
            return event
        case other:
            return other


def test_every_recorded_activity_is_looked_at() -> None:
    assert set(names()) == set(READ)


@pytest.mark.parametrize("name", READ)
def test_an_activity_is_read_as_what_somebody_did(name: str) -> None:
    read, expected = READ[name]
    if expected is ValueError:
        with pytest.raises(ValueError, match="none of ours|no button of ours"):
            read(recorded(name))
    else:
        assert event_of(read(recorded(name))) == expected


@pytest.mark.parametrize("name", ["task_submit_press", "extension_desk"])
def test_what_is_pressed_in_a_dialog_is_no_press_of_the_message_that_opened_it(name: str) -> None:
    found = READ[name][0](recorded(name) | {"replyToId": PRESSED})
    assert (event_of(found), found.origin.message) == (READ[name][1], "")


def origin(name: str) -> Origin:
    arrived = READ[name][0](recorded(name))
    assert isinstance(arrived, Arrived)
    return arrived.origin


@pytest.mark.parametrize(
    ("name", "surface", "conversation", "personal", "others_read"),
    [
        ("message_question", "chat", CHAT, True, False),
        ("mention", "channel", f"{CHANNEL};messageid={THREAD}", False, True),
        ("mention_that_begins_a_thread", "channel", f"{CHANNEL};messageid={FRESH}", False, True),
        ("mention_in_a_group", "chat", GROUP, False, True),
        ("targeted_in_a_channel", "channel", f"{CHANNEL};messageid={THREAD}", False, False),
        ("card_action", "channel", f"{CHANNEL};messageid={THREAD}", False, True),
        ("task_submit_press", "dialog", CHAT, True, False),
    ],
)
def test_an_answer_goes_to_where_it_was_asked(
    name: str, surface: str, conversation: str, personal: bool, others_read: bool
) -> None:
    found = origin(name)
    assert (found.surface, found.conversation) == (surface, conversation)
    assert (found.personal, found.others_read) == (personal, others_read)


def test_a_time_zone_is_known_by_what_the_client_tells() -> None:
    assert inbound.zone(recorded("message_question")) == "Europe/Berlin"
    assert inbound.zone(recorded("message_question") | {"localTimezone": None}) == "Europe/Berlin"
    assert inbound.zone(recorded("message_question") | {"localTimezone": None, "entities": None}) == ""


def test_nothing_that_was_read_shows_itself_in_a_log() -> None:
    for name, (read, expected) in READ.items():
        if expected is not ValueError:
            shown = repr(read(recorded(name)))
            assert not any(each in shown for each in (MIRA, CHANNEL, CHAT, "fair", TENANT, "Ann", "29:"))
