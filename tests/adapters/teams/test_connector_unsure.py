"""What becomes of a message when Teams breaks or says nothing, and how often it is sent again."""

import socket
from dataclasses import replace

import httpx
import pytest

from adapters.teams.calls import PATIENCE
from adapters.teams.connector import Connector
from adapters.teams.troubles import SILENCE, Unsent, Unsure
from bot.chat.errors import Busy, Unreachable
from tests.adapters.teams.exchange import COUNCIL, Exchange, exchange, hangs_up, says, waited


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


async def test_a_login_that_cannot_be_reached_keeps_the_message_from_being_sent(teams: Exchange) -> None:
    teams.plain.credentials.endpoints = replace(teams.plain.endpoints, login=f"http://127.0.0.1:{closed_port()}/")
    with pytest.raises(Unsent):
        await teams.posts()
    assert not teams.came
