"""The double's connector refuses what Teams refuses, in Teams' words, and keeps what Teams keeps."""

import pytest

from tests.doubles.office import Office, chat_with, message
from tests.doubles.teams.organisation import OTHER_TENANT, SECRET

NOWHERE = "19:nowhere@thread.tacv2"


def shown(office: Office, conversation: str) -> list[tuple[str, str]]:
    """What stands in a conversation, each with the message under which it stands."""
    return [(each.content["text"], each.thread) for each in office.space.conversations[conversation].messages]


@pytest.mark.parametrize(
    ("changed", "status", "number"),
    [
        ({"client_id": "nobody"}, 400, 700016),
        ({"client_secret": "wrong"}, 401, 7000215),
        ({"tenant": OTHER_TENANT}, 400, 90002),
        ({"grant_type": "password"}, 400, 70003),
        ({"scope": "https://else.example/.default"}, 400, 1002012),
    ],
)
async def test_login_says_what_is_wrong_by_a_number(
    office: Office, changed: dict[str, str], status: int, number: int
) -> None:
    answer = await office.login(**changed)
    assert (answer.status_code, answer.json()["error_codes"]) == (status, [number])
    assert f"AADSTS{number}: " in answer.json()["error_description"]


async def test_a_secret_that_has_ended_opens_nothing(office: Office) -> None:
    office.space.secrets[SECRET] = "2026-11-22T00:00:00Z"
    assert (await office.login()).json()["error_codes"] == [7000222]


async def test_a_token_opens_the_connector_for_an_hour(office: Office) -> None:
    await office.posts(office.team.id)
    office.clock.move(3_600)
    assert await office.refused("GET", f"conversations/{office.team.id}/members") == (401, "Unauthorized")


@pytest.mark.parametrize("token", ["", "made-up"])
async def test_without_a_token_nothing_is_done(office: Office, token: str) -> None:
    office.tokens["https://api.botframework.com/.default"] = token
    assert await office.refused("POST", f"conversations/{office.team.id}/activities", message()) == (
        401,
        "Unauthorized",
    )
    assert office.channel.messages == []


async def test_a_token_for_graph_opens_graph_and_no_connector(office: Office) -> None:
    token = await office.token("https://graph.microsoft.com/.default")
    address, headers = f"{office.teams.graph_url}v1.0/applications(appId='x')", {"Authorization": f"Bearer {token}"}
    assert (await office.client.get(address, headers=headers)).status_code == 403
    office.space.graph_allowed = True
    assert (await office.client.get(address, headers=headers)).status_code == 404
    own = address.replace("'x'", "'0c0c0c0c-1111-4222-8333-444455556666'")
    told = (await office.client.get(own, params={"$select": "passwordCredentials"}, headers=headers)).json()
    assert [each["endDateTime"] for each in told["passwordCredentials"]] == ["2027-11-23T00:00:00Z"]
    assert (await office.client.get(own)).status_code == 401
    office.tokens["https://api.botframework.com/.default"] = token
    assert await office.refused("GET", f"conversations/{office.team.id}/members") == (401, "Unauthorized")


async def test_a_message_to_a_channel_begins_a_thread_and_below_it_goes_on(office: Office) -> None:
    root = await office.posts(office.team.id, text="root")
    below = await office.posts(f"{office.team.id};messageid={root}", text="below")
    await office.posts(f"{office.team.id};messageid={below}", text="below that")
    await office.call("POST", f"conversations/{office.team.id}/activities/{root}", message("reply"))
    assert shown(office, office.team.id) == [("root", ""), ("below", root), ("below that", root), ("reply", root)]
    refused = await office.refused("POST", f"conversations/{office.team.id};messageid=1/activities", message())
    assert refused == (404, "ConversationNotFound")


async def test_a_thread_can_be_begun_as_a_conversation(office: Office) -> None:
    body = chat_with("", members=[], isGroup=True, activity=message("root"))
    body["channelData"]["channel"] = {"id": office.team.id}
    told = (await office.call("POST", "conversations", body)).json()
    assert told["id"] == f"{office.team.id};messageid={told['activityId']}"
    assert shown(office, office.team.id) == [("root", "")]


async def test_a_chat_with_somebody_is_always_the_same(office: Office) -> None:
    chat = await office.opens_chat(office.mira)
    again = await office.call("POST", "conversations", chat_with(office.mira.id))
    assert again.json()["id"] == chat
    assert await office.opens_chat(office.ann) != chat
    await office.posts(chat, text="psst")
    assert shown(office, chat) == [("psst", "")]


async def test_a_chat_is_begun_with_one_known_person_of_the_tenant(office: Office) -> None:
    stranger = office.space.person("stranger")
    office.space.installed.discard(stranger.aad)
    wrong = {
        400: [chat_with("29:nobody"), chat_with(office.mira.aad, isGroup=True), chat_with(office.mira.aad, bot={})],
        403: [chat_with(office.mira.aad, OTHER_TENANT), chat_with(stranger.aad)],
    }
    for status, bodies in wrong.items():
        for body in bodies:
            assert (await office.refused("POST", "conversations", body))[0] == status, body


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "GET"])
async def test_an_unknown_conversation_is_not_found(office: Office, verb: str) -> None:
    path = {"POST": "activities", "GET": "members"}.get(verb, "activities/1")
    refused = await office.refused(verb, f"conversations/{NOWHERE}/{path}", message())
    assert refused == (404, "ConversationNotFound")


async def test_a_bot_that_was_taken_out_of_a_team_can_do_nothing_there(office: Office) -> None:
    sent = await office.posts(office.team.id)
    office.space.installed.discard(office.team.id)
    where = f"conversations/{office.team.id}"
    for verb, path in (("POST", "activities"), ("PUT", f"activities/{sent}"), ("GET", "pagedmembers")):
        assert await office.refused(verb, f"{where}/{path}", message()) == (403, "BotNotInConversationRoster")
    assert (await office.call("GET", f"teams/{office.team.id}")).status_code == 404


async def test_who_blocked_the_bot_is_told_nothing(office: Office) -> None:
    chat = await office.opens_chat(office.mira)
    office.space.blocked.add(office.mira.aad)
    assert await office.refused("POST", f"conversations/{chat}/activities", message()) == (403, "MessageWritesBlocked")
    office.space.disabled = True
    assert await office.refused("POST", f"conversations/{chat}/activities", message()) == (403, "BotDisabledByAdmin")


async def test_a_message_is_changed_and_taken_away(office: Office) -> None:
    sent = await office.posts(office.team.id)
    where = f"conversations/{office.team.id};messageid={sent}/activities/{sent}"
    assert (await office.call("PUT", where, message("Better"))).json() == {"id": sent}
    assert shown(office, office.team.id) == [("Better", "")]
    assert (await office.call("DELETE", where)).status_code == 200
    assert await office.refused("PUT", where, message()) == (404, "ActivityNotFoundInConversation")


async def test_a_targeted_message_is_seen_by_one_person_for_a_day(office: Office) -> None:
    where = f"conversations/{office.team.id}/activities"
    sent = (
        await office.call("POST", where, message(recipient={"id": office.mira.aad}), isTargetedActivity="true")
    ).json()["id"]
    people = (office.mira, office.ann)
    assert [len(list(office.space.shown(office.channel, each.aad))) for each in people] == [1, 0]
    assert (await office.refused("PUT", f"{where}/{sent}", message("x")))[0] == 404
    assert (await office.call("PUT", f"{where}/{sent}", message("x"), isTargetedActivity="true")).status_code == 200
    office.clock.move(86_401)
    assert list(office.space.shown(office.channel, office.mira.aad)) == []


async def test_a_targeted_message_needs_a_member_a_channel_and_a_tenant_that_shows_it(office: Office) -> None:
    where, inside = f"conversations/{office.team.id}/activities", message(recipient={"id": office.mira.id})
    outside = message(recipient={"id": office.guest.aad})
    assert (await office.refused("POST", where, outside, isTargetedActivity="true"))[0] == 404
    chat = await office.opens_chat(office.mira)
    path = f"conversations/{chat}/activities"
    assert (await office.refused("POST", path, inside, isTargetedActivity="true"))[0] == 400
    assert "activity: a targeted message in a chat of two" in office.space.complaints
    office.space.supports_targeted, office.space.untargeted = False, (403, "Forbidden")
    assert await office.refused("POST", where, inside, isTargetedActivity="true") == (403, "Forbidden")
    assert office.channel.messages == []


async def test_a_roster_comes_in_pages_of_fifty_to_five_hundred(office: Office) -> None:
    many = office.space.team("Many", *(office.space.person(f"person-{number}") for number in range(520)))
    where = f"conversations/{many.id}/pagedmembers"
    for asked, told in (("2", 50), ("60", 60), ("9000", 500)):
        assert len((await office.call("GET", where, pageSize=asked)).json()["members"]) == told
    first = (await office.call("GET", where, pageSize="500")).json()
    rest = (await office.call("GET", where, pageSize="500", continuationToken=first["continuationToken"])).json()
    assert "continuationToken" not in rest
    assert len({each["id"] for each in first["members"] + rest["members"]}) == 520
    assert (await office.refused("GET", where, continuationToken="x"))[0] == 400
    last = (await office.call("GET", where, pageSize="60", continuationToken="page-460")).json()
    assert (len(last["members"]), "continuationToken" in last) == (60, False)


async def test_a_member_is_told_of_by_either_id(office: Office) -> None:
    where = f"conversations/{office.group.id}/members"
    for who in (office.guest.aad, office.guest.id):
        told = (await office.call("GET", f"{where}/{who}")).json()
        assert (told["name"], told["userRole"], told["tenantId"]) == ("guest", "guest", office.space.tenant)
    assert await office.refused("GET", f"{where}/{office.ann.aad}") == (404, "MemberNotFoundInConversation")
    assert [each["name"] for each in (await office.call("GET", where)).json()] == ["mira", "guest"]


async def test_a_team_tells_its_channels(office: Office) -> None:
    news = office.space.channel("News", office.team)
    told = (await office.call("GET", f"teams/{office.team.id}/conversations")).json()["conversations"]
    assert told == [{"id": office.team.id, "name": None}, {"id": news.id, "name": "News"}]
    assert (await office.call("GET", f"teams/{office.team.id}")).json()["memberCount"] == 2


async def test_a_message_that_is_too_large_or_no_message_is_refused(office: Office) -> None:
    where = f"conversations/{office.team.id}/activities"
    assert await office.refused("POST", where, message("x" * 51_200)) == (413, "MessageSizeTooBig")
    assert await office.refused("POST", where, {"type": "invoke"}) == (400, "BadArgument")
    assert (await office.refused("POST", where, {"type": "message"}))[0] == 400
    assert office.channel.messages == []


async def test_typing_is_seen_and_not_kept(office: Office) -> None:
    await office.call("POST", f"conversations/{office.team.id}/activities", {"type": "typing"})
    assert (office.space.typing, office.channel.messages) == ([office.team.id], [])


async def test_every_call_is_recorded_with_teams_word(office: Office) -> None:
    await office.posts(office.team.id)
    await office.refused("POST", f"conversations/{NOWHERE}/activities", message())
    told = [(each.method, each.error) for each in office.space.calls]
    assert told == [("login", ""), ("send", ""), ("send", "ConversationNotFound")]
