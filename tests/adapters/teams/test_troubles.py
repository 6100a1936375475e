"""What the health check says of Teams: what a person must mend, and no longer than it is broken."""

import pytest

from adapters.teams.troubles import BOT, CREDENTIALS, SHARED, SILENCE, Refused, Troubles, Unsent, Unsure

COUNCIL = "19:council@thread.tacv2"
OTHER = "19:other@thread.tacv2"


@pytest.fixture
def troubles() -> Troubles:
    return Troubles(COUNCIL)


@pytest.mark.parametrize(
    ("code", "what_a_person_reads"),
    [
        (
            "BotNotInConversationRoster",
            "The bot is not in the council's team any more. Add the app to that team again.",
        ),
        ("ConversationNotFound", "Teams knows no such channel. Set RAI_COUNCIL_PLACE"),
        ("NotEnoughPermissions", "The bot may not write in this channel."),
        ("ConversationBlockedByUser", "The channel's settings keep the bot from writing."),
        ("MessageWritesBlocked", "The channel takes no messages from the bot."),
    ],
)
def test_what_the_councils_channel_refuses_is_remembered_until_it_takes_a_message(
    troubles: Troubles, code: str, what_a_person_reads: str
) -> None:
    troubles.met(code, COUNCIL)
    assert troubles.found[COUNCIL].startswith(what_a_person_reads)
    troubles.went_well(OTHER)
    troubles.went_well()
    assert COUNCIL in troubles.found
    troubles.went_well(COUNCIL)
    assert not troubles.found


def test_what_another_conversation_refuses_concerns_those_who_asked_there_alone(troubles: Troubles) -> None:
    troubles.met("BotNotInConversationRoster", OTHER)
    troubles.met("ConversationNotFound")
    troubles.met("SomethingNew", COUNCIL)
    Troubles().met("ConversationNotFound")
    assert not troubles.found


def test_where_the_council_is_on_another_platform_no_conversation_is_its(troubles: Troubles) -> None:
    elsewhere = Troubles()
    elsewhere.met("ConversationNotFound", "")
    assert not elsewhere.found


def test_an_administrator_who_blocked_the_bot_is_named_until_anything_is_taken(troubles: Troubles) -> None:
    troubles.met("BotDisabledByAdmin", OTHER)
    assert troubles.found[BOT].startswith("An administrator has blocked the bot")
    troubles.went_well()
    assert not troubles.found


def test_a_bot_that_teams_does_not_know_is_not_mended_by_a_token(troubles: Troubles) -> None:
    troubles.met(CREDENTIALS)
    troubles.logged_in()
    assert troubles.found[CREDENTIALS].startswith("Teams does not take the bot's token.")
    troubles.went_well()
    assert not troubles.found


@pytest.mark.parametrize("code", ["BotNotInConversationRoster", "ConversationNotFound"])
def test_a_channel_whose_members_can_be_read_is_there_and_has_the_bot(troubles: Troubles, code: str) -> None:
    troubles.met(code, COUNCIL)
    troubles.looks_well(COUNCIL)
    assert not troubles.found


def test_a_channel_whose_members_can_be_read_may_still_take_no_messages(troubles: Troubles) -> None:
    troubles.met("NotEnoughPermissions", COUNCIL)
    troubles.looks_well(COUNCIL)
    assert COUNCIL in troubles.found


def test_a_channel_that_others_read_is_remembered_until_it_looks_well(troubles: Troubles) -> None:
    troubles.seen(COUNCIL, SHARED)
    troubles.seen(OTHER, SHARED)
    assert troubles.found == {COUNCIL: SHARED}
    troubles.looks_well(COUNCIL)
    assert not troubles.found


def test_silence_is_over_once_microsoft_says_anything(troubles: Troubles) -> None:
    troubles.silent()
    assert troubles.found[SILENCE].startswith("Microsoft does not answer. What is still to be said is kept")
    troubles.heard()
    assert not troubles.found


@pytest.mark.parametrize(
    ("code", "status", "what_a_person_reads"),
    [
        ("BotNotInConversationRoster", 403, "The bot is not in this conversation. Add the app to it, and try again."),
        ("MessageWritesBlocked", 403, "This person takes no messages from the bot."),
        ("ConversationBlockedByUser", 403, "This person takes no messages from the bot."),
        ("ForbiddenOperationException", 403, "This person has not installed the app"),
        ("BotDisabledByAdmin", 403, "An administrator has blocked the bot"),
        ("InvalidBotApiHost", 403, "The organisation is in Microsoft's GCC cloud"),
        ("MessageSizeTooBig", 413, "The message is too long for Teams."),
        ("BotNotRegistered", 401, "Teams does not take the bot's token."),
        ("ActivityNotFoundInConversation", 404, "Teams took no message (ActivityNotFoundInConversation)."),
    ],
)
def test_a_refusal_is_a_sentence_and_final(code: str, status: int, what_a_person_reads: str) -> None:
    refused = Refused(code, status)
    assert refused.message_for_person.startswith(what_a_person_reads)
    assert refused.permanent


def test_what_may_have_arrived_and_what_was_not_sent_are_told_apart() -> None:
    assert "see whether it arrived" in Unsure("504", 504).message_for_person
    assert "Nothing was sent" in Unsent("ConnectError").message_for_person
    assert not Unsure("504").permanent
    assert not Unsent("ConnectError").permanent
    assert not Refused("RequestTimeout", 408).permanent
