"""Whether a request comes from Teams: the rule for the token that it carries, line by line."""

from dataclasses import dataclass
from types import MappingProxyType

import jwt

from adapters.shapes import Json, word
from adapters.teams.keys import SigningKey, SigningKeys

CHANNEL = "msteams"
ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"
LEEWAY = 300
"""Seconds by which Microsoft's clock and this machine's may differ."""

_REASONS = MappingProxyType(
    {
        jwt.ExpiredSignatureError: "expired",
        jwt.ImmatureSignatureError: "not yet valid",
        jwt.InvalidSignatureError: "signature",
        jwt.MissingRequiredClaimError: "claim missing",
        jwt.InvalidIssuerError: "issuer",
        jwt.InvalidAudienceError: "audience",
    }
)


class Unauthorized(Exception):  # not a HouseError: nobody reads it, a program is answered 401
    """A request does not come from Teams.

    Args:
        reason: a word or two for the log; never a part of the token.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Tokens:
    """Checks the tokens of incoming requests.

    Args:
        app_id: whom they must be meant for.
    """

    keys: SigningKeys
    app_id: str

    async def check(self, header: str, activity: Json) -> None:
        """See that Teams sent this activity to us.

        Args:
            header: the request's ``Authorization``; empty where it had none.

        Raises:
            Unauthorized: it did not, or that cannot be known.
        """
        token = _bearer(header)
        key = await self._key(token)
        if word(activity, "channelId") != CHANNEL or CHANNEL not in key.endorsements:
            raise Unauthorized("channel")
        service_url = self._claims(token, key).get("serviceurl")
        if not service_url or service_url != word(activity, "serviceUrl"):
            raise Unauthorized("service URL")

    async def _key(self, token: str) -> SigningKey:
        head = _head(token)
        if word(head, "alg") != ALGORITHM:
            raise Unauthorized("algorithm")
        kid = word(head, "kid")
        key = await self.keys.key(kid) if kid else None
        if key is None:
            raise Unauthorized("unknown key")
        return key

    def _claims(self, token: str, key: SigningKey) -> Json:
        try:
            return jwt.decode(
                token,
                key.key,
                algorithms=[ALGORITHM],
                audience=self.app_id,
                issuer=ISSUER,
                leeway=LEEWAY,
                options={"require": ["exp", "nbf", "iss", "aud"], "strict_aud": True},
            )
        except jwt.PyJWTError as error:
            raise Unauthorized(_REASONS.get(type(error), "unreadable")) from None


def _bearer(header: str) -> str:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized("no token")
    return token


def _head(token: str) -> Json:
    """What a token says of itself, which is believed only once its signature holds."""
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError):
        raise Unauthorized("unreadable") from None
