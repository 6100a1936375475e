"""The double's limits, faults, keys and uploads: each as Teams has them."""

import httpx
import jwt
import pytest

from tests.doubles.office import Office, message
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.keys import ISSUER
from tests.doubles.teams.organisation import APP_ID


async def burst(office: Office, count: int, to: str = "") -> list[int]:
    """Send so many messages at once; returns the statuses."""
    path = f"conversations/{to or office.team.id}/activities"
    return [(await office.call("POST", path, message())).status_code for _ in range(count)]


async def test_an_eighth_message_in_a_second_comes_too_fast(office: Office) -> None:
    assert await burst(office, 8) == [201] * 7 + [429]
    assert office.teams.violations == [f"sending {office.team.id}: 8 calls in 1 s, at most 7"]
    assert len(office.channel.messages) == 7
    office.clock.move(2)
    assert await burst(office, 1) == [201]


async def test_messages_are_counted_by_conversation_and_threads_with_it(office: Office) -> None:
    root = await office.posts(office.team.id)
    assert await burst(office, 7, f"{office.team.id};messageid={root}") == [201] * 6 + [429]
    assert await burst(office, 1, office.group.id) == [201]


async def test_sixty_messages_are_the_most_in_half_a_minute(office: Office) -> None:
    for _ in range(10):
        assert await burst(office, 6) == [201] * 6
        office.clock.move(2.5)
    assert await burst(office, 1) == [429]
    office.clock.move(5)
    assert await burst(office, 1) == [201]


async def test_over_all_thirty_calls_a_second_are_taken(office: Office) -> None:
    chats = [await office.opens_chat(office.space.person(f"person-{number}")) for number in range(15)]
    assert [status for chat in chats for status in await burst(office, 1, chat)] == [201] * 15
    assert (await office.call("GET", f"conversations/{office.team.id}/members")).status_code == 429
    assert office.teams.violations == ["over all: 31 calls in 1 s, at most 30"]


async def test_members_are_asked_for_twice_as_often(office: Office) -> None:
    where = f"conversations/{office.team.id}/members/{office.mira.aad}"
    told = [(await office.call("GET", where)).status_code for _ in range(15)]
    assert told == [200] * 14 + [429]


async def test_who_comes_back_before_retry_after_is_noted(office: Office) -> None:
    faults = [Fault("limited", seconds=30)]
    office.teams.faults = lambda method, _args: faults.pop() if faults and method == "send" else None
    refused = await office.call("POST", f"conversations/{office.team.id}/activities", message())
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
    await office.posts(office.group.id)
    assert office.teams.violations == []
    await office.posts(office.team.id)
    assert office.teams.violations == [f"sending {office.team.id}: before Retry-After allowed it"]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault("precondition"), 412, "PreconditionFailed"),
        (Fault("limited"), 429, "TooManyRequests"),
        (Fault("refused", "BotDisabledByAdmin", 403), 403, "BotDisabledByAdmin"),
    ],
)
async def test_a_call_that_is_refused_leaves_nothing(office: Office, fault: Fault, status: int, code: str) -> None:
    office.teams.faults = lambda method, _args: fault if method == "send" else None
    path = f"conversations/{office.team.id}/activities"
    assert await office.refused("POST", path, message()) == (status, code)
    assert office.channel.messages == []


@pytest.mark.parametrize(("kept", "count"), [(False, 0), (True, 1)])
async def test_a_call_that_breaks_may_have_been_done(office: Office, kept: bool, count: int) -> None:
    office.teams.faults = lambda method, _args: Fault("broken", status=504, kept=kept) if method == "send" else None
    answer = await office.call("POST", f"conversations/{office.team.id}/activities", message())
    assert (answer.status_code, answer.text, len(office.channel.messages)) == (504, "<html>Oh no</html>", count)


async def test_an_answer_is_lost_after_the_message_was_kept(office: Office) -> None:
    office.teams.faults = lambda method, _args: Fault("lost") if method == "send" else None
    with pytest.raises(httpx.RemoteProtocolError):
        await office.posts(office.team.id)
    assert len(office.channel.messages) == 1


async def test_a_call_that_hangs_is_never_answered(office: Office) -> None:
    office.teams.faults = lambda method, _args: Fault("hung") if method == "send" else None
    await office.token()
    office.client.timeout = httpx.Timeout(0.05)
    with pytest.raises(httpx.ReadTimeout):
        await office.posts(office.team.id)
    assert office.channel.messages == []


async def test_activities_are_signed_with_published_keys_that_roll_over(office: Office) -> None:
    document = (await office.client.get(office.teams.openid_url)).json()
    assert document["issuer"] == ISSUER
    keys = office.teams.keys
    for kid in ("first", "second"):
        told = (await office.client.get(document["jwks_uri"])).json()
        (known,) = jwt.PyJWKSet.from_dict(told).keys
        assert (known.key_id, told["keys"][0]["endorsements"]) == (kid, ["msteams", "webchat"])
        token = keys.token(office.teams.service_url)
        assert jwt.get_unverified_header(token)["kid"] == kid
        claims = jwt.decode(token, known.key, ["RS256"], audience=APP_ID, issuer=ISSUER)
        assert claims["serviceurl"] == office.teams.service_url
        keys.rolls_over()
    assert keys.fetched == {"openid": 1, "keys": 2}


async def test_a_claim_can_be_left_out(office: Office) -> None:
    told = jwt.decode(office.teams.keys.token("x", exp=None), options={"verify_signature": False})
    assert "exp" not in told
    assert told["serviceurl"] == "x"


async def test_an_upload_is_taken_once_it_was_asked_for_and_says_how_long_it_is(office: Office) -> None:
    address, whole = f"{office.teams.base_url}/upload/file", {"Content-Range": "bytes 0-2/3"}
    assert (await office.client.put(address, content=b"abc", headers=whole)).status_code == 404
    office.space.uploads["file"] = b""
    assert (await office.client.put(address, content=b"abc")).status_code == 400
    assert (await office.client.put(address, content=b"abc", headers=whole)).status_code == 201
    assert office.space.uploads["file"] == b"abc"
