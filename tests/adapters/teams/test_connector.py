"""What is sent to Teams: where it goes, what it carries, and what comes back."""

import asyncio
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.shapes import Json
from adapters.teams.connector import Connector
from adapters.teams.lines import CONNECTIONS, CONNECTIONS_EACH
from adapters.teams.pace import Limits
from adapters.teams.troubles import CREDENTIALS, Refused
from bot.chat.errors import Unreachable
from tests.adapters.teams.exchange import COUNCIL, TENANT, Exchange, exchange, hangs_up, refuses, says
from tests.adapters.teams.microsoft import APP

PEOPLE: list[Json] = [{"id": "29:mira", "aadObjectId": "mira", "name": "Mira"}, {"id": "29:tom", "name": "Tom"}]

WIDE = Limits(((10_000, 1),), ((10_000, 1),), ((10_000, 1),), ((10_000, 1),))


async def test_a_message_is_posted_with_our_token_and_its_id_comes_back(teams: Exchange) -> None:
    teams.answers = [says(201, {"id": "1700000000001"})]
    assert await teams.posts(text="Hello") == "1700000000001"
    (came,) = teams.came
    assert (came.method, came.path) == ("POST", "/teams/v3/conversations/19%3Acouncil%40thread.tacv2/activities")
    assert came.content == {"type": "message", "text": "Hello"}
    assert came.token == "token-1"
    assert came.query == {}


async def test_a_thread_is_part_of_its_conversations_name(teams: Exchange) -> None:
    await teams.posts(f"{COUNCIL};messageid=17")
    assert teams.came[0].path.endswith("/19%3Acouncil%40thread.tacv2%3Bmessageid%3D17/activities")


async def test_a_targeted_message_says_so(teams: Exchange) -> None:
    activity: Json = {"type": "message", "text": "For you alone", "recipient": {"id": "29:mira"}}
    await teams.connector.send(teams.url, COUNCIL, activity, targeted=True)
    assert teams.came[0].query == {"isTargetedActivity": "true"}


async def test_a_targeted_message_is_changed_for_whom_it_was_meant(teams: Exchange) -> None:
    await teams.connector.update(teams.url, COUNCIL, "17", {"type": "message", "text": "Changed"}, targeted=True)
    assert (teams.came[0].method, teams.came[0].query) == ("PUT", {"isTargetedActivity": "true"})


async def test_a_message_is_changed_and_taken_away(teams: Exchange) -> None:
    teams.answers = [says(200, {"id": "17"}), says(200)]
    await teams.connector.update(teams.url, COUNCIL, "17", {"type": "message", "text": "Changed"})
    await teams.connector.delete(teams.url, COUNCIL, "17")
    changed, taken_away = teams.came
    assert (changed.method, taken_away.method) == ("PUT", "DELETE")
    assert changed.path == taken_away.path == "/teams/v3/conversations/19%3Acouncil%40thread.tacv2/activities/17"
    assert (changed.content, taken_away.content) == ({"type": "message", "text": "Changed"}, None)


async def test_a_conversation_with_one_person_is_made(teams: Exchange) -> None:
    teams.answers = [says(201, {"id": "a:mira"})]
    assert await teams.connector.create_personal(teams.url, TENANT, "mira") == "a:mira"
    assert teams.came[0].path == "/teams/v3/conversations"
    assert teams.came[0].content == {
        "bot": {"id": f"28:{APP}"},
        "members": [{"id": "mira"}],
        "tenantId": TENANT,
        "channelData": {"tenant": {"id": TENANT}},
        "isGroup": False,
    }


async def test_one_member_is_looked_up(teams: Exchange) -> None:
    teams.answers = [says(200, PEOPLE[0])]
    assert await teams.connector.member(teams.url, COUNCIL, "mira") == PEOPLE[0]
    assert teams.came[0].path == "/teams/v3/conversations/19%3Acouncil%40thread.tacv2/members/mira"


async def test_all_members_are_read_page_by_page(teams: Exchange) -> None:
    teams.answers = [says(200, {"members": PEOPLE[:1], "continuationToken": "more&"}), says(200, {"members": PEOPLE})]
    assert [each async for each in teams.connector.members(teams.url, COUNCIL)] == [PEOPLE[0], *PEOPLE]
    assert [each.query for each in teams.came] == [
        {"pageSize": "500"},
        {"pageSize": "500", "continuationToken": "more&"},
    ]


@pytest.mark.parametrize("said", [[], "words", None, {"id": 7}])
async def test_an_answer_that_holds_no_id_is_none(teams: Exchange, said: object) -> None:
    teams.answers = [says(201, said)]
    assert await teams.posts() == ""


async def test_a_service_url_that_is_not_microsofts_gets_neither_message_nor_token(teams: Exchange) -> None:
    with pytest.raises(Refused) as raised:
        await teams.connector.send("https://evil.example/", COUNCIL, {"type": "message"})
    assert raised.value.permanent
    assert teams.tokens == 0


async def test_without_a_secret_no_token_is_shown() -> None:
    async with exchange(secret=None) as teams:
        await teams.posts()
        assert (teams.came[0].token, teams.tokens) == ("", 0)


async def test_a_token_that_teams_takes_no_more_is_fetched_anew_and_the_message_posted(teams: Exchange) -> None:
    teams.answers = [refuses(401, "Unauthorized")]
    assert await teams.posts() == "2"
    assert [each.token for each in teams.came] == ["token-1", "token-2"]


async def test_where_teams_takes_no_token_at_all_a_person_learns_what_to_look_at(teams: Exchange) -> None:
    teams.answers = [refuses(401, "Unauthorized"), refuses(401, "Unauthorized")]
    with pytest.raises(Refused, match="Teams does not take the bot's token") as raised:
        await teams.posts()
    assert (raised.value.code, raised.value.permanent, len(teams.came)) == (CREDENTIALS, True, 2)
    assert CREDENTIALS in teams.troubles.found
    await teams.posts()
    assert not teams.troubles.found


async def test_many_messages_share_a_token_and_a_few_connections() -> None:
    async with exchange(limits=WIDE) as teams:
        posted = await asyncio.gather(*(teams.posts(f"a:{number}") for number in range(200)))
        assert len(set(posted)) == 200
        assert teams.tokens == 1
        assert CONNECTIONS_EACH < len(teams.lines) <= CONNECTIONS


@pytest.mark.parametrize("name", ["", ".", ".."])
async def test_a_name_that_is_a_way_through_the_address_is_none(teams: Exchange, name: str) -> None:
    for attempt in (teams.posts(name), teams.connector.delete(teams.url, COUNCIL, name)):
        with pytest.raises(Refused) as raised:
            await attempt
        assert raised.value.permanent
    assert not teams.came


class Paths:
    """Takes every call and keeps the paths alone."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    async def make(self, call: object) -> Json:
        self.kept.append(httpx.URL(f"https://smba.trafficmanager.net{call.path}").raw_path.decode())  # type: ignore[attr-defined]
        return {}


@settings(max_examples=60)
@example("a/b")
@example("../..")
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(lambda name: name not in (".", "..")))
async def test_whatever_a_conversation_is_called_it_stays_one_part_of_the_address(name: str) -> None:
    paths = Paths()
    await Connector(paths, "28:bot").send("", name, {})
    *before, conversation, last = paths.kept[0].split("/")
    assert (before, unquote(conversation), last) == (["", "v3", "conversations"], name, "activities")


async def test_errors_hold_nothing_of_what_was_sent(teams: Exchange) -> None:
    for answer in (refuses(403, "MessageWritesBlocked"), says(502), says(412), hangs_up):
        teams.answers = [answer]
        with pytest.raises(Unreachable) as raised:
            await teams.posts("a:mira", "a secret of Mira's")
        assert "mira" not in str(raised.value).lower()
        assert raised.value.__cause__ is None
        assert raised.value.__suppress_context__ or raised.value.__context__ is None
        teams.seconds.now += 60
