"""People at the double's clients: what the app hears of what they do, and what they then see."""

import asyncio

import jwt
import pytest

from tests.doubles.faces import adaptive, bar, box, execute, letters, toggle, words
from tests.doubles.office import Office, message
from tests.doubles.standin import StandIn, redraw, spoken
from tests.doubles.teams.keys import SigningKey
from tests.doubles.teams.organisation import BOT
from tests.doubles.teams.shapes import CONSENT, Json, with_card

CLOSING = adaptive(
    bar(execute("Claim"), toggle("Close", "q", True)),
    box(letters("Really?"), bar(execute("Close it", "close"), toggle("Back", "q", False)), id="q", isVisible=False),
)


async def test_a_message_comes_signed_and_says_who_wrote_it_and_where(office: Office, bot: StandIn) -> None:
    office.mira.zone = "Europe/Berlin"
    mira = bot.at_client(office.mira)
    answer = await mira.message("Hello")
    (heard,) = bot.heard
    assert answer is not None
    assert (answer.status, heard["type"], heard["text"]) == (200, "message", "Hello")
    assert heard["from"] == {"id": office.mira.id, "name": "mira", "aadObjectId": office.mira.aad}
    assert heard["conversation"] == {
        "id": mira.direct.id,
        "conversationType": "personal",
        "tenantId": office.space.tenant,
    }
    assert heard["recipient"]["id"] == BOT
    assert heard["entities"][0]["timezone"] == heard["localTimezone"] == "Europe/Berlin"
    assert (heard["timestamp"][:13], heard["localTimestamp"][:13]) == ("2026-11-23T09", "2026-11-23T10")
    token = bot.tokens[0].removeprefix("Bearer ")
    assert jwt.decode(token, options={"verify_signature": False})["serviceurl"] == heard["serviceUrl"]
    assert mira.sees_in(mira.direct.id) == ["Hello"]


async def test_an_activity_can_come_again_forged_or_unsigned(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    await mira.message("Hello")
    for token in (None, "", office.teams.keys.token("x", SigningKey("forged", 1))):
        await mira.hands(bot.heard[0], token)
    assert len({each["id"] for each in bot.heard}) == 1
    assert [bool(each) for each in bot.tokens] == [True, True, False, True]
    assert jwt.get_unverified_header(bot.tokens[3].removeprefix("Bearer "))["kid"] == "forged"


async def test_a_channel_tells_the_bot_of_mentions_alone(office: Office, bot: StandIn) -> None:
    mira, ann = bot.at_client(office.mira), bot.at_client(office.ann)
    assert await mira.message("Hello, all", office.team.id) is None
    root = office.channel.messages[0].id
    await mira.mention("help", office.team.id, root)
    (heard,) = bot.heard
    assert heard["text"] == "<at>RAI</at> help"
    assert heard["conversation"]["id"] == f"{office.team.id};messageid={root}"
    assert heard["conversation"]["conversationType"] == "channel"
    assert heard["entities"][1]["mentioned"]["id"] == BOT
    assert (heard["channelData"]["team"]["id"], heard["channelData"]["channel"]["id"]) == (office.team.id,) * 2
    assert ann.sees_in(office.team.id) == ["Hello, all"]
    assert ann.sees_in(office.team.id, root) == ["<at>RAI</at> help"]
    assert bot.at_client(office.guest).sees_all_in(office.team.id) == []


async def test_in_a_group_chat_a_mention_stands_by_itself(office: Office, bot: StandIn) -> None:
    await bot.at_client(office.guest).mention("help", office.group.id)
    assert bot.heard[0]["conversation"]["id"] == office.group.id
    assert "team" not in bot.heard[0]["channelData"]


async def test_a_targeted_message_is_seen_by_its_author_and_the_bot(office: Office, bot: StandIn) -> None:
    mira, ann = bot.at_client(office.mira), bot.at_client(office.ann)
    await mira.targeted("psst", office.team.id)
    assert bot.heard[0]["recipient"]["isTargeted"] is True
    assert (mira.sees_in(office.team.id), ann.sees_in(office.team.id)) == (["psst"], [])


async def test_an_installation_is_told_in_two_ways(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    await mira.installs()
    await mira.uninstalls(office.team)
    told = [(each["type"], each["conversation"]["conversationType"], each.get("action")) for each in bot.heard]
    assert told == [
        ("conversationUpdate", "personal", None),
        ("installationUpdate", "personal", "add"),
        ("conversationUpdate", "channel", None),
        ("installationUpdate", "channel", "remove"),
    ]
    assert bot.heard[0]["membersAdded"] == bot.heard[2]["membersRemoved"] == [{"id": BOT}]
    assert bot.heard[2]["channelData"]["eventType"] == "teamMemberRemoved"
    refused = await office.refused("POST", f"conversations/{office.team.id}/activities", message())
    assert refused == (403, "BotNotInConversationRoster")


async def test_a_first_message_can_install_the_app(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    mira.installs_first = True
    office.space.installed.discard(office.mira.aad)
    await mira.message("Hello")
    await mira.message("Hello again")
    assert [each["type"] for each in bot.heard] == ["conversationUpdate", "installationUpdate", "message", "message"]


async def test_a_press_is_executed_and_its_answer_replaces_the_card_for_who_pressed(
    office: Office, bot: StandIn
) -> None:
    mira, ann = bot.at_client(office.mira), bot.at_client(office.ann)
    sent = await office.shows(adaptive(words("Open"), bar(execute("Claim", "claim", case="7"))))
    bot.answers["adaptiveCard/action"] = redraw(adaptive(words("Yours")))
    await mira.presses("Claim")
    (heard,) = bot.heard
    action = {"type": "Action.Execute", "title": "Claim", "verb": "claim", "data": {"case": "7"}}
    assert (heard["name"], heard["value"]) == ("adaptiveCard/action", {"action": action, "trigger": "manual"})
    assert heard["replyToId"] == sent
    assert heard["conversation"]["id"] == f"{office.team.id};messageid={sent}"
    assert (mira.sees(), ann.sees()) == ("Yours", "Open\n\n[Claim]")
    await office.call("PUT", f"conversations/{office.team.id}/activities/{sent}", with_card(adaptive(words("Hers"))))
    assert mira.sees() == ann.sees() == "Hers"


async def test_an_answer_in_words_is_shown_in_passing(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    await office.shows(adaptive(words("Open"), bar(execute("Claim"))))
    bot.answers["adaptiveCard/action"] = spoken("Taken.")
    await mira.presses("Claim")
    assert (mira.toast, mira.sees()) == ("Taken.", "Open\n\n[Claim]")


@pytest.mark.parametrize(
    ("status", "body", "complaints"), [(500, None, 0), (200, None, 1), (200, {"statusCode": 200}, 1)]
)
async def test_an_answer_that_no_client_understands_is_told_to_the_person(
    office: Office, bot: StandIn, status: int, body: Json | None, complaints: int
) -> None:
    mira = bot.at_client(office.mira)
    await office.shows(adaptive(words("Open"), bar(execute("Claim"))))
    bot.status, bot.answers = status, {"adaptiveCard/action": body} if body is not None else {}
    await mira.presses("Claim")
    assert mira.toast == "Unable to reach app. Please try again."
    assert len(office.space.complaints) == complaints


async def test_an_old_client_sends_what_it_knows(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira, executes=False)
    sent = await office.shows(adaptive(bar(execute("Claim", case="7"))))
    await mira.presses("Claim")
    (heard,) = bot.heard
    assert (heard["type"], heard["value"], heard["replyToId"]) == ("message", {"case": "7"}, sent)
    assert "text" not in heard


async def test_a_button_that_asks_first_is_answered_or_taken_back(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    await office.shows(CLOSING)
    assert mira.question("Close") == "Really?"
    assert mira.question("Claim") == ""
    assert await mira.presses("Close", agree=False) is None
    assert mira.labels() == ["Claim", "Close"]
    bot.answers["adaptiveCard/action"] = spoken("Closed.")
    await mira.presses("Close")
    assert [each["value"]["action"]["verb"] for each in bot.heard] == ["close"]
    assert mira.labels() == ["Claim", "Close", "Close it", "Back"]


async def test_a_file_is_accepted_uploaded_and_read(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    content: Json = {"description": "x", "sizeInBytes": 3, "acceptContext": {"a": 1}, "declineContext": {"d": 1}}
    offer = {"contentType": CONSENT, "name": "hour.ics", "content": content}
    await office.posts(mira.direct.id, text="", summary="A file", attachments=[offer])
    assert (mira.offered(), mira.sees()) == (["hour.ics"], "File: hour.ics\nx\n[Accept] [Decline]")
    await mira.declines_file()
    assert bot.heard[0]["value"] == {"type": "fileUpload", "action": "decline", "context": {"d": 1}}
    await mira.accepts_file()
    value = bot.heard[1]["value"]
    assert (bot.heard[1]["name"], value["action"], value["context"]) == ("fileConsent/invoke", "accept", {"a": 1})
    whole = {"Content-Range": "bytes 0-2/3"}
    await office.client.put(value["uploadInfo"]["uploadUrl"], content=b"abc", headers=whole)
    assert mira.received("hour.ics") == b"abc"


async def test_what_is_new_is_seen_once(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    mira.writes("Hello", office.team.id)
    await office.posts(office.team.id, text="One")
    assert mira.sees_new() == ["One"]
    await office.posts(office.team.id, text="Two")
    assert (mira.sees_new(), mira.sees_new()) == (["Two"], [])


async def test_what_comes_later_is_waited_for(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    waiting = asyncio.create_task(mira.appears("Two"))
    await office.posts(office.team.id, text="One")
    assert not waiting.done()
    await office.posts(office.team.id, text="Two")
    await waiting


async def test_an_old_message_can_be_looked_at_and_pressed_after_it_is_gone(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    sent = await office.shows(adaptive(words("Old"), bar(execute("Claim"))))
    await office.posts(office.team.id, text="New")
    assert mira.sees() == "New"
    assert "Old" in mira.looks_at(office.team.id, "Old")
    await office.call("DELETE", f"conversations/{office.team.id}/activities/{sent}")
    bot.answers["adaptiveCard/action"] = spoken("Too late.")
    await mira.presses("Claim")
    assert (mira.toast, bot.heard[0]["replyToId"]) == ("Too late.", sent)
