"""The keys that Microsoft signs with: read from its OpenID metadata, kept, read anew when an unknown one appears."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx
from jwt import PyJWK, PyJWTError

from adapters.shapes import Json, objects, word
from adapters.teams.endpoints import Endpoints, is_loopback

log = logging.getLogger(__name__)

TIMEOUT = 3
"""Seconds for one answer: a dialog waits for it."""

REFRESHED_AFTER = 24 * 3_600.0
"""Seconds after which all keys are read anew, so that one that Microsoft withdrew opens nothing for longer."""

APART = 60.0
"""Seconds between two readings for keys that are not known: anybody can name one."""

APART_WITHOUT_ANY = 5.0
"""Seconds between two readings as long as none has gone well: until then nobody is heard."""


@dataclass(frozen=True)
class SigningKey:
    """One public key.

    Args:
        endorsements: the channels that it signs for.
    """

    key: PyJWK
    endorsements: frozenset[str]


@dataclass
class SigningKeys:
    """Keys by their ids. Old ones stay while Microsoft does not answer.

    Args:
        seconds: a clock that only goes forward.
    """

    http: httpx.AsyncClient
    endpoints: Endpoints
    seconds: Callable[[], float]
    _known: dict[str, SigningKey] = field(default_factory=dict)
    _read: float = float("-inf")
    _tried: float = float("-inf")
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def key(self, kid: str) -> SigningKey | None:
        """The key of an id; nothing where Microsoft names none, or does not answer."""
        if self._is_due(kid):
            async with self._turn:
                # Who waited for the turn finds done what the first one did.
                if self._is_due(kid):
                    await self._read_anew()
        return self._known.get(kid)

    def _is_due(self, kid: str) -> bool:
        if kid in self._known and self.seconds() - self._read < REFRESHED_AFTER:
            return False
        return self.seconds() - self._tried >= (APART if self._known else APART_WITHOUT_ANY)

    async def _read_anew(self) -> None:
        try:
            metadata = await self._get(self.endpoints.openid)
            found = dict(_keys(await self._get(self._checked(word(metadata, "jwks_uri")))))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            log.warning("Microsoft's signing keys could not be read: %s", type(error).__name__)
            return
        finally:
            self._tried = self.seconds()
        if found:
            self._known, self._read = found, self._tried
        else:
            log.warning("Microsoft named no signing key; those that are known are kept")

    async def _get(self, address: str) -> object:
        answer = await self.http.get(address, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.json()

    def _checked(self, address: str) -> str:
        """The keys' address, if nobody between Microsoft and us can change what stands there."""
        url = httpx.URL(address)
        if url.scheme == "https" or (is_loopback(url.host) and is_loopback(httpx.URL(self.endpoints.openid).host)):
            return address
        raise ValueError("the keys' address is not encrypted")


def _keys(found: object) -> Iterator[tuple[str, SigningKey]]:
    for each in objects(found, "keys"):
        kid, key = word(each, "kid"), _public(each)
        if kid and key:
            yield kid, SigningKey(key, frozenset(_words(each.get("endorsements"))))


def _public(found: Json) -> PyJWK | None:
    # What is no RSA key belongs to another purpose, and must not keep us from the others.
    try:
        return PyJWK(found, algorithm="RS256")
    except (PyJWTError, ValueError):
        return None


def _words(found: object) -> Iterator[str]:
    yield from (each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
