"""Bot Framework's keys: an OpenID document, a key set that can roll over, and the tokens that activities come with."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from tests.doubles.teams.organisation import APP_ID
from tests.doubles.teams.shapes import Json

ISSUER = "https://api.botframework.com"


@cache
def private_key(number: int) -> RSAPrivateKey:
    """One of the session's keys: making one takes long, so each is made once."""
    return generate_private_key(65_537, 2_048)


@dataclass(frozen=True)
class SigningKey:
    """A key that Bot Framework signs with.

    Args:
        endorsements: the channels for which it may speak.
    """

    kid: str
    number: int = 0
    endorsements: tuple[str, ...] = ("msteams", "webchat")

    @property
    def private(self) -> RSAPrivateKey:
        """What signs."""
        return private_key(self.number)

    def public(self) -> Json:
        """How it stands in the key set."""
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        known = {"kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid, "n": told["n"], "e": told["e"]}
        return {**known, "endorsements": list(self.endorsements)}


@dataclass
class Keys:
    """The keys in use, and how often each document was fetched (``openid``, ``keys``).

    Args:
        now: the wall clock that tokens are stamped by.
    """

    keys: list[SigningKey] = field(default_factory=lambda: [SigningKey("first")])
    fetched: Counter[str] = field(default_factory=Counter)
    now: Callable[[], float] = time.time

    def rolls_over(self, kid: str = "second", number: int = 1) -> SigningKey:
        """Sign with a new key from now on; the ones before are no longer published."""
        self.keys = [SigningKey(kid, number)]
        return self.keys[0]

    def key_set(self) -> Json:
        """What stands at the address of the keys."""
        return {"keys": [each.public() for each in self.keys]}

    def document(self, base: str) -> Json:
        """The OpenID document."""
        algorithms = {"id_token_signing_alg_values_supported": ["RS256"]}
        return {"issuer": ISSUER, "jwks_uri": f"{base}/keys", "authorization_endpoint": base, **algorithms}

    def claims(self, service: str, **changed: object) -> Json:
        """What a right token claims; a claim that is changed to None is left out."""
        now = int(self.now())
        told = {"serviceurl": service, "nbf": now - 60, "exp": now + 3_600, "iss": ISSUER, "aud": APP_ID, **changed}
        return {name: value for name, value in told.items() if value is not None}

    def token(self, service: str, by: SigningKey | None = None, **changed: object) -> str:
        """A token for an activity with this service URL, signed with the newest key or another one."""
        key = by or self.keys[-1]
        headers = {"kid": key.kid, "x5t": key.kid}
        return jwt.encode(self.claims(service, **changed), key.private, "RS256", headers)
