"""Who is let in: Teams itself, and nobody who only says so; each way to pretend has its reason in the log."""

import time
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from adapters.shapes import Json
from adapters.teams.endpoints import Endpoints
from adapters.teams.keys import SigningKeys
from adapters.teams.tokens import Tokens, Unauthorized
from tests.adapters.teams.microsoft import (
    APP,
    SERVICE,
    Microsoft,
    Seconds,
    claims,
    private,
    published,
    signed_with_the_public_key,
    token,
    unsigned,
)

ACTIVITY: Json = {"type": "message", "channelId": "msteams", "serviceUrl": SERVICE}


def now() -> int:
    """The time of the test, which may come long after its file was read."""
    return int(time.time())


@pytest.fixture
def microsoft() -> Microsoft:
    return Microsoft([published("first", "msteams", "webchat"), published("not ours", "webchat")])


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def tokens(microsoft: Microsoft, seconds: Seconds) -> AsyncIterator[Tokens]:
    async with microsoft.client() as http:
        yield Tokens(SigningKeys(http, Endpoints(), seconds), APP)


def bearer(**changed: object) -> str:
    """A header whose token says something else than usual."""
    return f"Bearer {token(claims(**changed))}"


GOOD: dict[str, Callable[[], str]] = {
    "a token of Teams": bearer,
    "the scheme in small letters": lambda: f"bearer {token()}",
    "expired within the leeway": lambda: bearer(exp=now() - 240),
    "valid within the leeway": lambda: bearer(nbf=now() + 240),
}

BAD: dict[str, tuple[str, Callable[[], str]]] = {
    "no header": ("no token", lambda: ""),
    "no token": ("no token", lambda: "Bearer "),
    "another scheme": ("no token", lambda: f"Basic {token()}"),
    "a bare token": ("no token", token),
    "garbage": ("unreadable", lambda: "Bearer garbage"),
    "three parts of garbage": ("unreadable", lambda: "Bearer a.b.c"),
    "garbage beyond ASCII": ("unreadable", lambda: "Bearer \udcff.ÿ.ÿ"),
    "a head too deep to read": ("unreadable", lambda: f"Bearer {'W1tb' * 20_000}.e30.e30"),
    "a key's id that is no text": ("unreadable", lambda: f"Bearer {unsigned(alg='RS256', kid=7)}"),
    "expired": ("expired", lambda: bearer(nbf=now() - 7_200, exp=now() - 360)),
    "not yet valid": ("not yet valid", lambda: bearer(nbf=now() + 360)),
    "no expiry": ("claim missing", lambda: bearer(exp=None)),
    "no beginning": ("claim missing", lambda: bearer(nbf=None)),
    "an expiry that is no number": ("unreadable", lambda: bearer(exp="tomorrow")),
    "another's signature": ("signature", lambda: f"Bearer {token(by='forger')}"),
    "a changed signature": ("signature", lambda: f"Bearer {token()[:-8]}AAAAAAAA"),
    "no signature": ("signature", lambda: f"Bearer {token().rpartition('.')[0]}."),
    "an unknown key": ("unknown key", lambda: f"Bearer {token(kid='forger', by='forger')}"),
    "no key named": ("unknown key", lambda: f"Bearer {token(kid=None)}"),
    "a key that signs for other channels": ("channel", lambda: f"Bearer {token(by='not ours', kid='not ours')}"),
    "algorithm none": ("algorithm", lambda: f"Bearer {unsigned(alg='none', kid='first')}"),
    "HS256 with the public key": ("algorithm", lambda: f"Bearer {signed_with_the_public_key()}"),
    "RS512": ("algorithm", lambda: f"Bearer {token(alg='RS512')}"),
    "another issuer": ("issuer", lambda: bearer(iss="https://sts.windows.net/")),
    "no issuer": ("claim missing", lambda: bearer(iss=None)),
    "for another bot": ("audience", lambda: bearer(aud="00000000-0000-0000-0000-000000000bad")),
    "for us among others": ("audience", lambda: bearer(aud=[APP, "another"])),
    "for nobody": ("claim missing", lambda: bearer(aud=None)),
    "no service URL in the token": ("service URL", lambda: bearer(serviceurl=None)),
    "an empty service URL in the token": ("service URL", lambda: bearer(serviceurl="")),
    "another service URL in the token": ("service URL", lambda: bearer(serviceurl="https://evil.example/")),
}


@pytest.mark.parametrize("header", GOOD.values(), ids=GOOD.keys())
async def test_teams_is_let_in(tokens: Tokens, header: Callable[[], str]) -> None:
    await tokens.check(header(), ACTIVITY)


@pytest.mark.parametrize(("reason", "header"), BAD.values(), ids=BAD.keys())
async def test_nobody_else_is(tokens: Tokens, reason: str, header: Callable[[], str]) -> None:
    with pytest.raises(Unauthorized) as raised:
        await tokens.check(header(), ACTIVITY)
    assert raised.value.reason == str(raised.value) == reason


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("service URL", {"serviceUrl": "https://evil.example/"}),
        ("service URL", {"serviceUrl": f"{SERVICE}x"}),
        ("service URL", {"serviceUrl": ""}),
        ("service URL", {"serviceUrl": None}),
        ("service URL", {"serviceUrl": [SERVICE]}),
        ("channel", {"channelId": "webchat"}),
        ("channel", {"channelId": ""}),
        ("channel", {"channelId": None}),
    ],
)
async def test_a_good_token_carries_no_other_activity(tokens: Tokens, reason: str, changed: Json) -> None:
    with pytest.raises(Unauthorized) as raised:
        await tokens.check(bearer(), {**ACTIVITY, **changed})
    assert raised.value.reason == reason


@pytest.mark.parametrize("claim", [None, ""])
async def test_a_token_without_a_service_url_fits_no_activity_without_one(tokens: Tokens, claim: str | None) -> None:
    with pytest.raises(Unauthorized, match="service URL"):
        await tokens.check(bearer(serviceurl=claim), {"type": "message", "channelId": "msteams"})


async def test_a_new_key_of_microsofts_is_believed_within_a_minute(
    tokens: Tokens, microsoft: Microsoft, seconds: Seconds
) -> None:
    await tokens.check(bearer(), ACTIVITY)
    microsoft.keys.append(published("second", "msteams"))
    with pytest.raises(Unauthorized, match="unknown key"):
        await tokens.check(f"Bearer {token(by='second', kid='second')}", ACTIVITY)
    seconds.now += 60
    await tokens.check(f"Bearer {token(by='second', kid='second')}", ACTIVITY)


async def test_a_key_that_another_one_took_the_name_of_is_not_believed(
    tokens: Tokens, microsoft: Microsoft, seconds: Seconds
) -> None:
    await tokens.check(bearer(), ACTIVITY)
    microsoft.keys = [{**published("second", "msteams"), "kid": "first"}]
    seconds.now += 24 * 3_600
    with pytest.raises(Unauthorized, match="signature"):
        await tokens.check(bearer(), ACTIVITY)


async def test_as_long_as_microsofts_keys_are_not_known_nobody_is_let_in(
    tokens: Tokens, microsoft: Microsoft, seconds: Seconds
) -> None:
    microsoft.down = True
    with pytest.raises(Unauthorized, match="unknown key"):
        await tokens.check(bearer(), ACTIVITY)
    microsoft.down = False
    seconds.now += 5
    await tokens.check(bearer(), ACTIVITY)


async def test_what_cannot_be_read_makes_us_ask_microsoft_nothing(tokens: Tokens, microsoft: Microsoft) -> None:
    for header in ("", "Bearer garbage", f"Bearer {unsigned(alg='none', kid='first')}", f"Bearer {token(kid=None)}"):
        with pytest.raises(Unauthorized):
            await tokens.check(header, ACTIVITY)
    assert not microsoft.asked


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None), max_size=200), st.sampled_from(["", "Bearer ", "Bearer e30.", "Basic "]))
async def test_whatever_is_sent_as_a_token_there_is_one_answer(tokens: Tokens, text: str, before: str) -> None:
    with pytest.raises(Unauthorized):
        await tokens.check(before + text, ACTIVITY)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_whatever_is_changed_in_a_token_it_counts_no_more(tokens: Tokens, data: st.DataObject) -> None:
    good = token()
    # Nothing drawn depends on the token, which is another one each second; its last letter's bits mean nothing.
    place = data.draw(st.integers(0, 10_000)) % (len(good) - 1)
    other = data.draw(st.sampled_from("Az09-_."))
    assume(other != good[place])
    with pytest.raises(Unauthorized):
        await tokens.check(f"Bearer {good[:place]}{other}{good[place + 1 :]}", ACTIVITY)


def test_the_keys_of_these_tests_are_not_the_same() -> None:
    assert private("first").private_numbers() != private("forger").private_numbers()
