"""The double refuses what Slack refuses, in Slack's words: seen through the SDK's plain client."""

import httpx
import pytest

from tests.doubles.blocks import mrkdwn
from tests.doubles.conftest import OTHER_APP, SECOND, Desk
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import APP_TOKEN, BOT_TOKEN

SAYS_WHO = {"event_type": "e", "event_payload": {"who": "Mira of the team"}}
MARK = {"event_type": "rai_message", "event_payload": {"key": "0f" * 16}}


async def test_what_reads_takes_get_and_form_alike_and_no_json(desk: Desk) -> None:
    ts = await desk.posts()
    for verb in ("GET", "form"):
        page = await desk.call("conversations.history", verb=verb, channel="CTEAM", limit=5)
        assert [each["ts"] for each in page["messages"]] == [ts]
        assert (await desk.call("users.info", verb=verb, user="UMIRA"))["user"]["tz"] == "UTC"
    assert await desk.refused("users.info", user="UMIRA") == "invalid_arguments"


async def test_what_writes_takes_get_form_and_json_alike(desk: Desk) -> None:
    for verb in ("GET", "form", "JSON"):
        answer = await desk.call("chat.postMessage", verb=verb, channel="CTEAM", text=verb)
        assert answer["message"]["text"] == verb
    blocks = '[{"type": "divider"}]'
    answer = await desk.call("chat.postMessage", verb="form", channel="CTEAM", text="x", blocks=blocks)
    assert answer["message"]["blocks"] == [{"type": "divider"}]


async def test_a_method_or_argument_that_slack_does_not_know_is_refused(desk: Desk) -> None:
    assert await desk.refused("chat.shout", channel="CTEAM") == "unknown_method"
    assert await desk.refused("chat.postMessage", channel="CTEAM", text="x", client_msg_id="1") == "invalid_arguments"
    assert await desk.refused("chat.postMessage", channel="CTEAM", text="x", link_names=True) == "invalid_arguments"
    assert await desk.refused("chat.postMessage", text="x") == "invalid_arguments"
    assert await desk.refused("views.open", trigger_id="1") == "invalid_arguments"
    assert len(desk.space.complaints) == 4


async def test_a_token_opens_what_it_is_for(desk: Desk) -> None:
    assert await desk.refused("auth.test", by="") == "not_authed"
    assert await desk.refused("auth.test", by="xoxb-nobody") == "invalid_auth"
    assert await desk.refused("auth.test", by="", verb="GET") == "not_authed"
    assert await desk.refused("auth.test", by=APP_TOKEN) == "not_allowed_token_type"
    assert await desk.refused("apps.connections.open") == "not_allowed_token_type"
    assert (await desk.call("apps.connections.open", by=APP_TOKEN))["url"].startswith("ws://127.0.0.1")


async def test_a_token_in_an_address_is_none(desk: Desk) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{desk.slack.api_url}auth.test", params={"token": BOT_TOKEN})
    assert answer.json()["error"] == "not_authed"


async def test_a_token_that_was_revoked_opens_nothing(desk: Desk) -> None:
    desk.space.revoked()
    assert await desk.refused("auth.test") == "token_revoked"
    desk.space.uninstalled()
    assert await desk.refused("chat.postMessage", channel="CTEAM", text="x") == "account_inactive"


@pytest.mark.parametrize(
    ("scope", "method", "given"),
    [
        ("chat:write", "chat.postMessage", {"channel": "CTEAM", "text": "x"}),
        ("chat:write", "chat.postEphemeral", {"channel": "CTEAM", "user": "UMIRA", "text": "x"}),
        ("chat:write", "chat.update", {"channel": "CTEAM", "ts": "1", "text": "x"}),
        ("channels:history", "conversations.history", {"channel": "CTEAM"}),
        ("groups:history", "conversations.history", {"channel": "CSECRET"}),
        ("im:history", "conversations.history", {"channel": "DUMIRA"}),
        ("channels:read", "conversations.info", {"channel": "CTEAM"}),
        ("groups:read", "conversations.info", {"channel": "CSECRET"}),
        ("im:read", "conversations.info", {"channel": "DUMIRA"}),
        ("channels:read", "conversations.members", {"channel": "CTEAM"}),
        ("im:write", "conversations.open", {"users": "UMIRA"}),
        ("users:read", "users.info", {"user": "UMIRA"}),
        ("users:read", "users.list", {}),
        ("files:write", "files.getUploadURLExternal", {"filename": "x.ics", "length": 1}),
        ("assistant:write", "assistant.threads.setSuggestedPrompts", {"channel_id": "DUMIRA", "prompts": []}),
    ],
)
async def test_a_method_without_its_scope_is_refused_and_slack_says_which(
    desk: Desk, scope: str, method: str, given: Json
) -> None:
    desk.space.direct("UMIRA")
    desk.space.tokens[BOT_TOKEN].scopes.discard(scope)
    verb = (
        "GET"
        if method.startswith(("conversations.h", "conversations.i", "conversations.m", "users", "files"))
        else "JSON"
    )
    answer = await desk.call(method, verb=verb, **given)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("CNOWHERE", "channel_not_found"),
        ("CPUBLIC", "not_in_channel"),
        ("CCLOSED", "channel_not_found"),
        ("COLD", "is_archived"),
        ("CTHEIR", "channel_not_found"),
    ],
)
async def test_who_is_not_in_a_channel_cannot_write_there_and_does_not_know_a_private_one(
    desk: Desk, channel: str, error: str
) -> None:
    assert await desk.refused("chat.postMessage", channel=channel, text="x") == error
    assert await desk.refused("chat.postEphemeral", channel=channel, user="UMIRA", text="x") == error
    if error != "is_archived":
        assert await desk.refused("conversations.history", verb="GET", channel=channel) == error


async def test_what_a_channel_tells_of_itself(desk: Desk) -> None:
    told = (await desk.call("conversations.info", verb="GET", channel="CSHARED"))["channel"]
    assert (told["is_ext_shared"], told["is_member"], told["is_archived"]) == (True, True, False)
    assert (await desk.call("conversations.info", verb="GET", channel="CPUBLIC"))["channel"]["is_member"] is False
    assert await desk.refused("conversations.info", verb="GET", channel="CCLOSED") == "channel_not_found"


async def test_guests_and_people_of_another_workspace_are_told_apart(desk: Desk) -> None:
    assert (await desk.call("users.info", verb="GET", user="UGUEST"))["user"]["is_restricted"]
    theirs = (await desk.call("users.info", verb="GET", user="UNEIGHBOUR"))["user"]
    assert (theirs["team_id"], theirs["is_stranger"]) == ("T2", False)
    assert await desk.refused("users.info", verb="GET", user="UNOBODY") == "user_not_found"
    assert await desk.refused("conversations.open", users="UNOBODY") == "user_not_found"


async def test_members_and_everybody_are_told_in_small_pages(desk: Desk) -> None:
    for number in range(4):
        desk.space.channels["CTEAM"].members.add(desk.space.person(f"more{number}").id)
    first = await desk.call("conversations.members", verb="GET", channel="CTEAM", limit=500)
    rest = await desk.call(
        "conversations.members", verb="GET", channel="CTEAM", cursor=first["response_metadata"]["next_cursor"]
    )
    assert {*first["members"], *rest["members"]} == desk.space.channels["CTEAM"].members
    assert rest["response_metadata"]["next_cursor"] == ""
    everybody = await desk.call("users.list", verb="GET", limit=2)
    told = [(each["id"], each["is_bot"]) for each in everybody["members"]]
    assert told == [("U0BOT", True), ("USLACKBOT", False)]  # Slack's own helper is no bot to it
    assert await desk.refused("conversations.members", verb="GET", channel="CCLOSED") == "channel_not_found"


async def test_two_workspaces_know_nothing_of_each_other(desk: Desk) -> None:
    assert (await desk.call("auth.test", by=SECOND))["team_id"] == "T2"
    assert (await desk.call("chat.postMessage", by=SECOND, channel="CTHEIR", text="x"))["ok"]
    assert await desk.refused("chat.postMessage", by=SECOND, channel="CTEAM", text="x") == "channel_not_found"
    assert await desk.refused("users.info", by=SECOND, verb="GET", user="UMIRA") == "user_not_found"
    trigger = desk.space.trigger("UMIRA")
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "x", "emoji": False},
        "blocks": [{"type": "divider"}],
    }
    assert await desk.refused("views.open", by=SECOND, trigger_id=trigger, view=view) == "invalid_trigger_id"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "<!channel>"}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "section", "text": mrkdwn(2_376)}] * 4}, "msg_blocks_too_long"),
        ({"text": "x", "blocks": [{"type": "marquee"}]}, "invalid_blocks"),
        ({"blocks": [{"type": "divider"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": {"key": "1"}}, "invalid_metadata_format"),
        (
            {"text": "x", "metadata": SAYS_WHO},
            "invalid_metadata_format",
        ),
    ],
)
async def test_a_message_that_is_wrong_is_refused_and_stands_nowhere(desk: Desk, given: Json, error: str) -> None:
    assert await desk.refused("chat.postMessage", channel="CTEAM", **given) == error
    assert desk.space.channels["CTEAM"].messages == []
    assert desk.space.complaints


async def test_metadata_is_told_on_request_and_to_every_app(desk: Desk) -> None:
    await desk.posts(metadata=MARK)
    plain = await desk.call("conversations.history", verb="GET", channel="CTEAM")
    asked = await desk.call("conversations.history", OTHER_APP, "GET", channel="CTEAM", include_all_metadata="true")
    assert "metadata" not in plain["messages"][0]
    assert asked["messages"][0]["metadata"] == MARK


async def test_a_thread_is_no_part_of_the_channels_history(desk: Desk) -> None:
    root = await desk.posts()
    below = await desk.posts(thread_ts=root)
    page = await desk.call("conversations.history", verb="GET", channel="CTEAM")
    thread = await desk.call("conversations.replies", verb="GET", channel="CTEAM", ts=root)
    assert [each["ts"] for each in page["messages"]] == [root]
    assert [each["ts"] for each in thread["messages"]] == [root, below]
    assert await desk.refused("chat.postMessage", channel="CTEAM", text="x", thread_ts="1.0") == "thread_not_found"
    assert await desk.refused("conversations.replies", verb="GET", channel="CTEAM", ts="1.0") == "thread_not_found"


async def test_a_history_comes_in_pages_the_newest_first(desk: Desk) -> None:
    sent = [await desk.posts(text=str(number)) for number in range(5)]
    first = await desk.call("conversations.history", verb="GET", channel="CTEAM", limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await desk.call("conversations.history", verb="GET", channel="CTEAM", limit=3, cursor=cursor)
    assert [each["ts"] for each in first["messages"] + rest["messages"]] == sent[::-1]
    since = await desk.call("conversations.history", verb="GET", channel="CTEAM", oldest=sent[2])
    assert [each["ts"] for each in since["messages"]] == [sent[4], sent[3]]
    assert await desk.refused("conversations.history", verb="GET", channel="CTEAM", limit=1_000) == "invalid_limit"
    assert await desk.refused("conversations.history", verb="GET", channel="CTEAM", cursor="x") == "invalid_cursor"


async def test_only_its_own_message_can_be_edited_or_taken_away(desk: Desk) -> None:
    ts = await desk.posts(metadata=MARK)
    assert (await desk.call("chat.update", channel="CTEAM", ts=ts, text="Better"))["text"] == "Better"
    assert desk.space.channels["CTEAM"].messages[0]["metadata"] == MARK
    assert (await desk.call("chat.update", channel="CTEAM", ts=ts, text="x" * 4_000))["ok"]
    assert await desk.refused("chat.update", channel="CTEAM", ts=ts, text="ü" * 2_001) == "msg_too_long"
    assert await desk.refused("chat.update", OTHER_APP, channel="CTEAM", ts=ts, text="Mine") == "cant_update_message"
    assert await desk.refused("chat.delete", OTHER_APP, channel="CTEAM", ts=ts) == "cant_delete_message"
    assert (await desk.call("chat.delete", channel="CTEAM", ts=ts))["ok"]
    assert await desk.refused("chat.update", channel="CTEAM", ts=ts, text="x") == "message_not_found"


async def test_a_whisper_stands_in_no_history_and_in_no_dead_thread(desk: Desk) -> None:
    root = await desk.posts()
    ts = (await desk.call("chat.postEphemeral", channel="CTEAM", user="UMIRA", text="psst"))["message_ts"]
    await desk.call("chat.postEphemeral", channel="CTEAM", user="UMIRA", text="lost", thread_ts=root)
    await desk.posts(thread_ts=root)
    await desk.call("chat.postEphemeral", channel="CTEAM", user="UMIRA", text="below", thread_ts=root)
    assert [each.message["text"] for each in desk.space.whispers if each.shown] == ["psst", "below"]
    assert await desk.refused("chat.update", channel="CTEAM", ts=ts, text="x") == "message_not_found"
    page = await desk.call("conversations.history", verb="GET", channel="CTEAM")
    assert ts not in [each["ts"] for each in page["messages"]]
    refused = await desk.refused("chat.postEphemeral", channel="CTEAM", user="UGUEST", text="x")
    assert refused == "user_not_in_channel"


async def test_a_file_stands_in_a_channel_once_it_was_sent_whole(desk: Desk) -> None:
    ticket = await desk.call("files.getUploadURLExternal", verb="GET", filename="x.ics", length=3)
    files = [{"id": ticket["file_id"], "title": "x.ics"}]
    assert await desk.refused("files.completeUploadExternal", files=files, channel_id="CTEAM") == "file_not_found"
    desk.space.uploads[ticket["file_id"]]["content"] = b"abc"
    assert (await desk.call("files.completeUploadExternal", files=files, channel_id="CTEAM"))["ok"]
    assert desk.space.channels["CTEAM"].messages[0]["files"] == ["x.ics"]


async def test_prompts_are_one_to_four(desk: Desk) -> None:
    where, prompt = desk.space.direct("UMIRA").id, {"title": "Ask", "message": "What is fairness?"}
    method = "assistant.threads.setSuggestedPrompts"
    for wrong in ([], [prompt] * 5, [{"title": "Ask"}], "Ask"):
        assert await desk.refused(method, channel_id=where, prompts=wrong) == "invalid_arguments"
    assert (await desk.call(method, channel_id=where, prompts=[prompt]))["ok"]
