"""Microsoft as far as it signs and logs in, reached through httpx without a network; one clock, which a test moves."""

import asyncio
import base64
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import HMACAlgorithm, RSAAlgorithm

from adapters.shapes import Json

APP = "00000000-0000-0000-0000-00000000a44a"
SERVICE = "https://smba.trafficmanager.net/emea/"


@dataclass
class Seconds:
    """Seconds that go on when they are told to."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@cache
def private(kid: str) -> rsa.RSAPrivateKey:
    """The private key behind an id; the same in every test, since it takes a while to make one."""
    assert kid
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


def published(kid: str, *endorsements: str) -> Json:
    """A key as Microsoft publishes it."""
    found: Json = RSAAlgorithm.to_jwk(private(kid).public_key(), as_dict=True)
    return {**found, "kid": kid, "use": "sig", "endorsements": list(endorsements)}


def claims(**changed: object) -> Json:
    """What a token of Teams says; None leaves a claim out."""
    now = int(time.time())
    usual = {"iss": "https://api.botframework.com", "aud": APP, "nbf": now, "exp": now + 3_600, "serviceurl": SERVICE}
    return {name: value for name, value in {**usual, **changed}.items() if value is not None}


def token(said: Json | None = None, *, by: str = "first", kid: str | None = "first", alg: str = "RS256") -> str:
    """A token, signed by one key and naming one."""
    head = {"kid": kid} if kid is not None else {}
    return jwt.encode(said if said is not None else claims(), private(by), algorithm=alg, headers=head)


def signed_with_the_public_key() -> str:
    """The classic forgery: HS256, keyed with what everybody can read; made by hand, since PyJWT refuses to."""
    pem = private("first").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    said = unsigned(alg="HS256", typ="JWT", kid="first").rstrip(".")
    signature = HMACAlgorithm(HMACAlgorithm.SHA256).sign(said.encode(), pem)
    return f"{said}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def unsigned(**head: object) -> str:
    """A token without a signature, whose head says this."""
    return f"{_part(head)}.{_part(claims())}."


def _part(found: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(found).encode()).decode().rstrip("=")


@dataclass
class Microsoft:
    """Its pages: OpenID metadata, keys, and the login.

    Args:
        down: whether nothing is answered.
        login: what the login answers; may look at the form that it got.
        asked: how often each page was asked for.
    """

    keys: list[Json] = field(default_factory=lambda: [published("first", "msteams")])
    jwks_uri: str = "https://login.botframework.com/v1/.well-known/keys"
    down: bool = False
    login: Callable[[httpx.Request], httpx.Response] | None = None
    asked: Counter[str] = field(default_factory=Counter)

    def client(self) -> httpx.AsyncClient:
        """A client that reaches nothing else."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        page = request.url.path.rpartition("/")[2]
        self.asked[page] += 1
        await asyncio.sleep(0)  # as a network does, it lets others go on
        if self.down:
            raise httpx.ConnectTimeout("")
        match page:
            case "openidconfiguration":
                return httpx.Response(200, json={"jwks_uri": self.jwks_uri})
            case "broken":
                return httpx.Response(500, json={"keys": self.keys})
            case "keys":
                return httpx.Response(200, json={"keys": self.keys})
            case "token" if self.login:
                return self.login(request)
            case _:
                return httpx.Response(404)
