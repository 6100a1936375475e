"""What is sent to Teams, and what becomes of it when Teams is slow, refuses, breaks, or says nothing."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.shapes import Json
from adapters.teams.calls import PATIENCE
from adapters.teams.connector import Connector
from adapters.teams.lines import CONNECTIONS, CONNECTIONS_EACH
from adapters.teams.pace import Limits
from adapters.teams.troubles import BOT, CREDENTIALS, SILENCE, Refused, Unsent, Unsure
from bot.chat.errors import Busy, Unreachable
from tests.adapters.teams.exchange import COUNCIL, TENANT, Exchange, exchange, hangs_up, refuses, says, waited
from tests.adapters.teams.microsoft import APP

PEOPLE: list[Json] = [{"id": "29:mira", "aadObjectId": "mira", "name": "Mira"}, {"id": "29:tom", "name": "Tom"}]
WIDE = Limits(((10_000, 1),), ((10_000, 1),), ((10_000, 1),), ((10_000, 1),))


@pytest.fixture
async def teams() -> AsyncIterator[Exchange]:
    async with exchange() as opened:
        yield opened


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


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "BadSyntax"),
        (403, "MessageWritesBlocked"),
        (403, "BotDisabledByAdmin"),
        (403, "BotNotInConversationRoster"),
        (404, "ConversationNotFound"),
        (404, "ActivityNotFoundInConversation"),
        (413, "MessageSizeTooBig"),
    ],
)
async def test_what_teams_refuses_for_good_is_tried_no_more(teams: Exchange, status: int, code: str) -> None:
    teams.answers = [refuses(status, code)]
    with pytest.raises(Refused) as raised:
        await teams.answers_somebody()
    assert (raised.value.code, raised.value.status, raised.value.permanent) == (code, status, True)
    assert "names somebody" not in str(raised.value)
    assert len(teams.came) == 1


@pytest.mark.parametrize(
    "said",
    [None, [], {"error": "Mira is not here"}, {"error": {"code": "x" * 61}}, {"error": {"code": 7}}, {"error": None}],
)
async def test_a_refusal_in_other_words_carries_none_of_them(teams: Exchange, said: object) -> None:
    teams.answers = [says(403, said)]
    with pytest.raises(Refused) as raised:
        await teams.posts()
    assert raised.value.code == "unknown"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked."\r\n}', "MessageWritesBlocked"),
        ('{"subCode": "Mira is not here"}', "unknown"),
        ("[", "unknown"),
    ],
)
async def test_a_code_inside_of_a_message_is_read_as_microsoft_writes_it(
    teams: Exchange, message: str, code: str
) -> None:
    teams.answers = [says(403, {"errorCode": 209, "message": message})]
    with pytest.raises(Refused) as raised:
        await teams.posts()
    assert raised.value.code == code
    assert bool(teams.troubles.found) == (code != "unknown")


async def test_a_code_that_stands_alone_is_read(teams: Exchange) -> None:
    teams.answers = [says(403, {"error": "BotNotInConversationRoster"})]
    with pytest.raises(Refused, match="The bot is not in this conversation"):
        await teams.posts()


async def test_a_bot_that_was_taken_out_of_the_councils_team_is_in_the_health_check_until_it_is_back(
    teams: Exchange,
) -> None:
    teams.answers = [refuses(403, "BotNotInConversationRoster")]
    with pytest.raises(Refused):
        await teams.posts(f"{COUNCIL};messageid=17")
    assert "not in the council's team any more" in teams.troubles.found[COUNCIL]
    teams.answers = [says(200, PEOPLE[0])]
    await teams.connector.member(teams.url, COUNCIL, "mira")
    assert COUNCIL in teams.troubles.found, "to read there is no sign that it takes messages"
    await teams.posts()
    assert not teams.troubles.found


async def test_a_targeted_message_that_is_refused_says_nothing_of_the_channel(teams: Exchange) -> None:
    teams.answers = [refuses(404, "BotNotInConversationRoster"), refuses(403, "BotDisabledByAdmin")]
    with pytest.raises(Refused):
        await teams.connector.send(teams.url, COUNCIL, {"type": "message"}, targeted=True)
    assert not teams.troubles.found
    with pytest.raises(Refused):
        await teams.connector.send(teams.url, COUNCIL, {"type": "message"}, targeted=True)
    assert BOT in teams.troubles.found


async def test_the_eighth_message_of_a_second_is_not_sent_and_told_when(teams: Exchange) -> None:
    for _ in range(7):
        await teams.posts(f"{COUNCIL};messageid=17")
    with pytest.raises(Busy) as raised:
        await teams.posts()
    assert raised.value.wait == waited(1.101)
    assert len(teams.came) == 7
    await teams.posts("19:other@thread.tacv2")


async def test_retry_after_is_obeyed(teams: Exchange) -> None:
    teams.answers = [says(429, Retry_After="30")]
    with pytest.raises(Busy) as raised:
        await teams.posts()
    assert raised.value.wait == waited(30)
    teams.seconds.now += 29
    with pytest.raises(Busy):
        await teams.posts()
    assert len(teams.came) == 1
    teams.seconds.now += 1
    await teams.posts()


@pytest.mark.parametrize("answer", [says(429), says(429, Retry_After="Sat, 28 Nov 2026 10:00:00 GMT"), says(412)])
async def test_where_teams_names_no_time_each_pause_is_longer(teams: Exchange, answer: object) -> None:
    told = []
    for _ in range(4):
        teams.answers = [answer]  # type: ignore[list-item]
        with pytest.raises(Busy) as raised:
            await teams.posts()
        told.append(raised.value.wait)
        teams.seconds.now += told[-1].total_seconds()
    assert told == [waited(2), waited(4), waited(8), waited(16)]
    await teams.posts()
    teams.answers = [answer]  # type: ignore[list-item]
    with pytest.raises(Busy) as raised:
        await teams.posts()
    assert raised.value.wait == waited(2)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_what_broke_inside_teams_may_have_arrived(teams: Exchange, status: int) -> None:
    teams.answers = [says(status)]
    with pytest.raises(Unsure) as raised:
        await teams.posts()
    assert (raised.value.status, raised.value.permanent) == (status, False)
    assert not teams.troubles.found, "Microsoft answered"


async def test_a_message_whose_answer_was_lost_may_have_arrived(teams: Exchange) -> None:
    teams.answers = [hangs_up]
    with pytest.raises(Unsure, match="see whether it arrived") as raised:
        await teams.posts()
    assert raised.value.status is None
    assert SILENCE in teams.troubles.found
    await teams.posts()
    assert not teams.troubles.found


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


async def test_a_message_that_found_no_connection_was_not_sent(teams: Exchange) -> None:
    with pytest.raises(Unsent, match="Nothing was sent"):
        await teams.connector.send(f"http://127.0.0.1:{closed_port()}/", COUNCIL, {"type": "message"})
    assert SILENCE in teams.troubles.found


@pytest.mark.parametrize(
    ("error", "becomes"),
    [
        (httpx.ConnectError, Unsent),
        (httpx.ConnectTimeout, Unsent),
        (httpx.PoolTimeout, Unsent),
        (httpx.ReadTimeout, Unsure),
        (httpx.ReadError, Unsure),
        (httpx.WriteTimeout, Unsure),
        (httpx.WriteError, Unsure),
        (httpx.RemoteProtocolError, Unsure),
    ],
)
async def test_a_call_that_broke_was_sent_unless_its_connection_never_came_about(
    error: type[httpx.TransportError], becomes: type[Unreachable]
) -> None:
    def breaks(_: httpx.Request) -> httpx.Response:
        raise error("the address, with a person in it")

    async with exchange(secret=None) as teams, httpx.AsyncClient(transport=httpx.MockTransport(breaks)) as http:
        connector = Connector(replace(teams.plain, http=http), "28:bot")
        with pytest.raises(becomes) as raised:
            await connector.send(teams.url, COUNCIL, {"type": "message"})
        assert error.__name__ in raised.value.message_for_person
        assert "person" not in raised.value.message_for_person


async def test_somebody_who_waits_gets_their_answer_once_the_conversation_takes_it(teams: Exchange) -> None:
    teams.answers = [says(429, Retry_After="3"), says(412)]
    assert await teams.answers_somebody() == "3"
    assert teams.slept == [3, 2]


async def test_nobody_waits_longer_than_half_a_minute(teams: Exchange) -> None:
    teams.answers = [says(429, Retry_After="20"), says(429, Retry_After="20")]
    with pytest.raises(Busy) as raised:
        await teams.answers_somebody()
    assert raised.value.wait == waited(20)
    assert sum(teams.slept) == 20 < PATIENCE


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_an_answer_that_teams_could_not_finish_is_sent_again_soon(teams: Exchange, status: int) -> None:
    teams.answers = [says(status), says(status)]
    assert await teams.answers_somebody() == "3"
    assert len(teams.slept) == 2
    assert all(0 <= each <= 4 for each in teams.slept)


async def test_it_is_sent_three_times_at_most(teams: Exchange) -> None:
    teams.answers = [says(502) for _ in range(9)]
    with pytest.raises(Unsure):
        await teams.answers_somebody()
    assert len(teams.came) == 3


@pytest.mark.parametrize("answer", [hangs_up, says(500)])
async def test_an_answer_that_may_have_been_taken_is_sent_again_rather_than_missed(
    teams: Exchange, answer: object
) -> None:
    teams.answers = [answer]  # type: ignore[list-item]
    assert await teams.answers_somebody()
    assert (len(teams.came), len(teams.slept)) == (2, 1)


async def test_an_answer_that_found_no_connection_is_sent_again(teams: Exchange) -> None:
    with pytest.raises(Unsent):
        await teams.patient.send(f"http://127.0.0.1:{closed_port()}/", COUNCIL, {"type": "message"})
    assert len(teams.slept) == 2


async def test_an_answer_overtakes_what_nobody_waits_for(teams: Exchange) -> None:
    for number in range(20):
        await teams.posts(f"a:{number}")
    with pytest.raises(Busy):
        await teams.posts("a:20")
    await teams.answers_somebody()
    assert teams.slept == []


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


async def test_a_login_that_cannot_be_reached_keeps_the_message_from_being_sent(teams: Exchange) -> None:
    teams.plain.credentials.endpoints = replace(teams.plain.endpoints, login=f"http://127.0.0.1:{closed_port()}/")
    with pytest.raises(Unsent):
        await teams.posts()
    assert not teams.came
