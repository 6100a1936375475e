"""Whose signature counts: what Microsoft publishes now, read no more often than it must be."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from adapters.teams.endpoints import Endpoints
from adapters.teams.keys import REFRESHED_AFTER, SigningKeys
from tests.adapters.teams.microsoft import Microsoft, Seconds, published


@pytest.fixture
def microsoft() -> Microsoft:
    return Microsoft()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def keys(microsoft: Microsoft, seconds: Seconds) -> AsyncIterator[SigningKeys]:
    async with microsoft.client() as http:
        yield SigningKeys(http, Endpoints(), seconds)


async def test_a_key_is_read_once_and_kept(keys: SigningKeys, microsoft: Microsoft) -> None:
    first = await keys.key("first")
    assert first
    assert first.endorsements == {"msteams"}
    assert await keys.key("first") is first
    assert microsoft.asked == {"openidconfiguration": 1, "keys": 1}


async def test_many_who_ask_at_once_cause_one_reading(keys: SigningKeys, microsoft: Microsoft) -> None:
    assert all(await asyncio.gather(*(keys.key("first") for _ in range(50))))
    assert microsoft.asked["keys"] == 1


async def test_a_new_key_of_microsofts_is_found_when_it_is_first_used(
    keys: SigningKeys, microsoft: Microsoft, seconds: Seconds
) -> None:
    assert await keys.key("first")
    microsoft.keys = [published("second", "msteams")]
    seconds.now += 61
    assert await keys.key("second")
    assert await keys.key("first") is None, "what Microsoft withdrew opens nothing any more"


async def test_made_up_keys_cause_one_reading_a_minute(
    keys: SigningKeys, microsoft: Microsoft, seconds: Seconds
) -> None:
    assert await keys.key("first")
    for number in range(600):
        seconds.now += 1
        assert await keys.key(f"made up {number}") is None
    assert microsoft.asked["keys"] == 11


async def test_keys_are_read_anew_after_a_day(keys: SigningKeys, microsoft: Microsoft, seconds: Seconds) -> None:
    await keys.key("first")
    microsoft.keys = [published("second", "msteams")]
    seconds.now += REFRESHED_AFTER - 1
    assert await keys.key("first")
    seconds.now += 1
    assert await keys.key("first") is None


async def test_old_keys_are_kept_while_microsoft_does_not_answer(
    keys: SigningKeys, microsoft: Microsoft, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    assert await keys.key("first")
    microsoft.down = True
    for _ in range(120):
        seconds.now += REFRESHED_AFTER / 60
        assert await keys.key("first")
    assert caplog.messages[0] == "Microsoft's signing keys could not be read: ConnectTimeout"
    microsoft.down, microsoft.keys = False, []
    seconds.now += 61
    assert await keys.key("first"), "a page without keys is no reason to lock everybody out"
    assert caplog.messages[-1] == "Microsoft named no signing key; those that are known are kept"


async def test_as_long_as_none_is_known_microsoft_is_asked_again_soon(
    keys: SigningKeys, microsoft: Microsoft, seconds: Seconds
) -> None:
    microsoft.down = True
    assert await keys.key("first") is None
    assert await keys.key("first") is None
    assert microsoft.asked["openidconfiguration"] == 1
    microsoft.down = False
    seconds.now += 5
    assert await keys.key("first")


def _break_the_metadata(microsoft: Microsoft) -> None:
    microsoft.jwks_uri = ""


def _name_an_open_address(microsoft: Microsoft) -> None:
    microsoft.jwks_uri = "http://login.botframework.com/v1/.well-known/keys"


def _name_a_broken_page(microsoft: Microsoft) -> None:
    microsoft.jwks_uri = "https://login.botframework.com/broken"


@pytest.mark.parametrize("break_it", [_break_the_metadata, _name_an_open_address, _name_a_broken_page])
async def test_keys_from_elsewhere_are_no_keys(
    keys: SigningKeys, microsoft: Microsoft, break_it: Callable[[Microsoft], None]
) -> None:
    break_it(microsoft)
    assert await keys.key("first") is None


async def test_a_key_that_cannot_be_read_keeps_us_from_no_other(keys: SigningKeys, microsoft: Microsoft) -> None:
    odd = [{"kid": "odd", "kty": "RSA"}, {"kid": "curve", "kty": "EC"}, {"kty": "RSA"}, "nonsense", None]
    microsoft.keys = [*odd, {**published("first"), "endorsements": "msteams"}]  # type: ignore[list-item]
    first = await keys.key("first")
    assert first
    assert first.endorsements == frozenset()
    assert await keys.key("odd") is None


async def test_a_page_that_is_no_json_is_named_in_the_log(seconds: Seconds, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, text="<html>"))
    async with httpx.AsyncClient(transport=transport) as http:
        assert await SigningKeys(http, Endpoints(), seconds).key("first") is None
    assert caplog.messages == ["Microsoft's signing keys could not be read: JSONDecodeError"]
