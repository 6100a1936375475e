"""The token of our own calls: fetched once, in time, and where Microsoft gives none, a person learns why."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs

import httpx
import pytest
from pydantic import SecretStr

from adapters.teams.credentials import Credentials
from adapters.teams.endpoints import Endpoints
from adapters.teams.troubles import CREDENTIALS, SILENCE, Refused, Troubles, Unsent
from bot.chat.errors import Busy
from tests.adapters.teams.microsoft import APP, Microsoft, Seconds

TENANT = "00000000-0000-0000-0000-0000000007e4"
SECRET = "the app's secret"


class Login:
    """Microsoft's login: gives tokens by number, or answers what it was told to."""

    def __init__(self) -> None:
        self.given = 0
        self.lasts: object = 3_600
        self.says: httpx.Response | None = None
        self.form: dict[str, list[str]] = {}
        self.address = ""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.form, self.address = parse_qs(request.content.decode()), str(request.url)
        if self.says:
            return self.says
        self.given += 1
        return httpx.Response(200, json={"access_token": f"token-{self.given}", "expires_in": self.lasts})


@pytest.fixture
def login() -> Login:
    return Login()


@pytest.fixture
def microsoft(login: Login) -> Microsoft:
    return Microsoft(login=login)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def troubles() -> Troubles:
    return Troubles()


@pytest.fixture
async def credentials(microsoft: Microsoft, seconds: Seconds, troubles: Troubles) -> AsyncIterator[Credentials]:
    async with microsoft.client() as http:
        yield Credentials(http, Endpoints(), TENANT, APP, SecretStr(SECRET), seconds, troubles)


async def token(credentials: Credentials) -> str:
    return (await credentials.header())["Authorization"].removeprefix("Bearer ")


async def test_microsoft_is_shown_the_apps_secret_and_asked_for_the_bot_frameworks_scope(
    credentials: Credentials, login: Login
) -> None:
    assert await token(credentials) == "token-1"
    assert login.address == f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    assert login.form == {
        "grant_type": ["client_credentials"],
        "client_id": [APP],
        "client_secret": [SECRET],
        "scope": ["https://api.botframework.com/.default"],
    }


async def test_a_token_is_fetched_anew_five_minutes_before_its_end(credentials: Credentials, seconds: Seconds) -> None:
    assert await token(credentials) == "token-1"
    seconds.now += 3_299
    assert await token(credentials) == "token-1"
    seconds.now += 1
    assert await token(credentials) == "token-2"


async def test_many_calls_at_once_fetch_one_token(credentials: Credentials) -> None:
    assert set(await asyncio.gather(*(token(credentials) for _ in range(50)))) == {"token-1"}


async def test_a_token_that_many_calls_were_refused_with_is_thrown_away_once(credentials: Credentials) -> None:
    refused = await credentials.header()
    for _ in range(3):
        credentials.forget(refused)
        assert await token(credentials) == "token-2"


@pytest.mark.parametrize("secret", [None, SecretStr("")])
async def test_without_a_secret_calls_carry_no_token(
    credentials: Credentials, secret: SecretStr | None, login: Login
) -> None:
    credentials.secret = secret
    assert await credentials.header() == {}
    assert not login.given


@pytest.mark.parametrize("lasts", [None, "soon", -1, 60, [3_600]])
async def test_a_token_that_ends_soon_is_used_once(credentials: Credentials, login: Login, lasts: object) -> None:
    login.lasts = lasts
    assert [await token(credentials), await token(credentials)] == ["token-1", "token-2"]


async def test_an_end_written_as_text_is_read(credentials: Credentials, login: Login) -> None:
    login.lasts = "3600"
    assert [await token(credentials), await token(credentials)] == ["token-1", "token-1"]


@pytest.mark.parametrize(
    ("number", "what_a_person_reads"),
    [
        (700016, "Microsoft knows no such app in this organisation. See TEAMS_APP_ID and TEAMS_TENANT_ID."),
        (7000215, "The app's secret is wrong."),
        (7000222, "The app's secret has expired. Make a new one"),
        (90002, "Microsoft knows no such organisation. Set TEAMS_TENANT_ID"),
        (900021, "Microsoft knows no such organisation."),
        (900023, "Microsoft knows no such organisation."),
        (7000112, "The app is switched off in Microsoft Entra."),
    ],
)
async def test_a_refusal_says_what_to_mend_and_is_remembered(
    credentials: Credentials, login: Login, troubles: Troubles, number: int, what_a_person_reads: str
) -> None:
    about = f"AADSTS{number}: Application '{APP}' ..."
    said = {"error": "invalid_client", "error_description": about, "error_codes": [number]}
    login.says = httpx.Response(401, json=said)
    with pytest.raises(Refused) as raised:
        await credentials.header()
    assert raised.value.message_for_person.startswith(what_a_person_reads)
    assert (raised.value.code, raised.value.status, raised.value.permanent) == (f"AADSTS{number}", 401, True)
    assert troubles.found == {CREDENTIALS: raised.value.message_for_person}
    login.says = None
    await credentials.header()
    assert not troubles.found, "a new secret mends it"


@pytest.mark.parametrize("said", [{}, {"error_codes": []}, {"error_codes": ["x"]}, {"error_codes": 7}, []])
async def test_a_refusal_that_says_nothing_known_carries_none_of_its_words(
    credentials: Credentials, login: Login, said: object
) -> None:
    login.says = httpx.Response(400, json=said)
    with pytest.raises(Refused, match=r"Teams took no message \(login\)") as raised:
        await credentials.header()
    assert SECRET not in str(raised.value)


async def test_a_login_that_asks_for_patience_is_given_it(credentials: Credentials, login: Login) -> None:
    login.says = httpx.Response(429, headers={"Retry-After": "17"})
    with pytest.raises(Busy) as raised:
        await credentials.header()
    assert raised.value.wait == timedelta(seconds=17)


@pytest.mark.parametrize("said", [httpx.Response(503, text="<html>"), httpx.Response(200, json={})])
async def test_a_broken_login_sent_nothing(credentials: Credentials, login: Login, said: httpx.Response) -> None:
    login.says = said
    with pytest.raises(Unsent, match="Nothing was sent") as raised:
        await credentials.header()
    assert not raised.value.permanent


async def test_a_login_that_does_not_answer_is_noticed(
    credentials: Credentials, microsoft: Microsoft, troubles: Troubles
) -> None:
    microsoft.down = True
    with pytest.raises(Unsent, match="ConnectTimeout"):
        await credentials.header()
    assert "does not answer" in troubles.found[SILENCE]
    microsoft.down = False
    await credentials.header()
    assert not troubles.found


async def test_a_tenant_that_is_written_wrongly_names_no_other_page(credentials: Credentials, login: Login) -> None:
    credentials.tenant = "../evil/?x="
    await credentials.header()
    assert login.address == "https://login.microsoftonline.com/..%2Fevil%2F%3Fx%3D/oauth2/v2.0/token"
