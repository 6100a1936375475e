"""The bearer token of our own calls: fetched with the app's secret, kept until shortly before it expires."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote

import httpx
from pydantic import SecretStr

from adapters.shapes import Json, word
from adapters.teams.endpoints import Endpoints
from adapters.teams.troubles import Refused, Troubles, Unsent
from bot.chat.errors import Busy

SCOPE = "https://api.botframework.com/.default"
EARLY = 300
"""Seconds before its end at which a token is fetched anew."""


@dataclass
class Credentials:
    """What opens Teams to our calls.

    Args:
        secret: None, or empty, for development: then calls carry no token.
        seconds: a clock that only goes forward.
    """

    http: httpx.AsyncClient
    endpoints: Endpoints
    tenant: str
    app_id: str
    secret: SecretStr | None
    seconds: Callable[[], float]
    troubles: Troubles
    _header: Mapping[str, str] = field(default_factory=dict, repr=False)
    _until: float = float("-inf")
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def header(self) -> Mapping[str, str]:
        """What a call carries.

        Raises:
            Refused: Microsoft takes no such app, secret or organisation.
            Busy: Microsoft's login asks for patience.
            Unsent: it did not answer.
        """
        if not self.secret or not self.secret.get_secret_value():
            return {}
        if self.seconds() >= self._until:
            async with self._turn:
                # Who waited for the turn finds what the first one fetched.
                if self.seconds() >= self._until:
                    await self._fetch(self.secret.get_secret_value())
        return self._header

    def forget(self, header: Mapping[str, str]) -> None:
        """Teams did not take this token, so the next call fetches another; unless that was done already."""
        if header is self._header:
            self._until = float("-inf")

    async def _fetch(self, secret: str) -> None:
        form = {"grant_type": "client_credentials", "client_id": self.app_id, "client_secret": secret, "scope": SCOPE}
        try:
            answer = await self.http.post(
                f"{self.endpoints.login}{quote(self.tenant, safe='')}/oauth2/v2.0/token", data=form
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self.troubles.silent()
            raise Unsent(type(error).__name__) from None
        self.troubles.heard()
        said = body(answer)
        token = word(said, "access_token")
        if not answer.is_success or not token:
            raise self._refusal(answer, said)
        self.troubles.logged_in()
        self._header = {"Authorization": f"Bearer {token}"}
        self._until = self.seconds() + _lasts(said) - EARLY

    def _refusal(self, answer: httpx.Response, said: Json) -> Exception:
        if answer.status_code == 429:
            return Busy(timedelta(seconds=retry_after(answer) or 1))
        if answer.status_code >= 500 or answer.is_success:
            return Unsent(f"login {answer.status_code}")
        refused = Refused(_code(said), answer.status_code)
        self.troubles.met(refused.code)
        return refused


def body(answer: httpx.Response) -> Json:
    """The JSON object of an answer; empty where it has none."""
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def retry_after(answer: httpx.Response) -> float | None:
    """The seconds for which an answer asks to be left alone; nothing where it names none."""
    try:
        return min(max(0.0, float(answer.headers.get("Retry-After", ""))), 3_600.0)
    except ValueError:
        return None


def _lasts(said: Json) -> float:
    lasts = said.get("expires_in")
    return float(lasts) if isinstance(lasts, int | str) and str(lasts).isdecimal() else 0.0


def _code(said: Json) -> str:
    """Microsoft's number for what is wrong; its words name the app and the organisation, and are carried nowhere."""
    numbers = said.get("error_codes")
    first = numbers[0] if isinstance(numbers, list) and numbers else None
    return f"AADSTS{first}" if isinstance(first, int) else "login"
