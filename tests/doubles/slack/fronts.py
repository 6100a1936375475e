"""The two ways in which Slack hands something to an app: signed HTTP, and Socket Mode."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import urlencode

import httpx

from tests.doubles.slack.seen import Json
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.workspace import SECRET

Kind = Literal["command", "interactive", "event"]
PATH = "/slack/events"


@dataclass(frozen=True)
class Ack:
    """How the app acknowledged: the status, what it said, and how long that took."""

    status: int
    body: Json
    seconds: float


class Front(Protocol):
    """Hands a payload to the app."""

    async def send(self, kind: Kind, payload: Json, headers: Mapping[str, str] | None = None) -> Ack:
        """Hand it over, and wait for the acknowledgement."""


def signed(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers of a signed request (docs.slack.dev, verifying requests from Slack)."""
    stamp = str(int(time.time() if at is None else at))
    base = b":".join((b"v0", stamp.encode(), body))
    signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}


def written(kind: Kind, payload: Json) -> tuple[bytes, str]:
    """A request's body and content type, as Slack writes them."""
    match kind:
        case "command":
            return urlencode(payload).encode(), "application/x-www-form-urlencoded"
        case "interactive":
            return urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"
        case "event":
            return json.dumps(payload).encode(), "application/json"


@dataclass(frozen=True)
class HttpFront:
    """Signed HTTP."""

    client: httpx.AsyncClient

    async def send(self, kind: Kind, payload: Json, headers: Mapping[str, str] | None = None) -> Ack:
        body, content_type = written(kind, payload)
        begun = time.monotonic()
        sent = {"Content-Type": content_type, **signed(body), **(headers or {})}
        answer = await self.client.post(PATH, content=body, headers=sent)
        told = answer.text
        return Ack(answer.status_code, json.loads(told) if told[:1] == "{" else {}, time.monotonic() - begun)


@dataclass(frozen=True)
class SocketFront:
    """Socket Mode: the same payloads in envelopes; an acknowledgement has no status."""

    double: SlackDouble

    async def send(self, kind: Kind, payload: Json, headers: Mapping[str, str] | None = None) -> Ack:
        envelope = {"command": "slash_commands", "interactive": "interactive", "event": "events_api"}[kind]
        begun = time.monotonic()
        body = await self.double.send(envelope, payload)
        return Ack(200, body, time.monotonic() - begun)
