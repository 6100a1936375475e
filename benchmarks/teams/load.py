"""Signed questions in chats, and a Microsoft that knows everybody, takes every answer and notes when it came."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from benchmarks.load import received
from tests.doubles.teams.keys import Keys
from tests.doubles.teams.organisation import APP_ID, TENANT

PEOPLE = 50
"""Different people who ask, each in a chat of their own."""

_CHAT = re.compile(rb"/v3/conversations/a(?:%3A|:)(\d+)/activities")


def question(text: str, number: int, service: str, token: str) -> bytes:
    """Somebody's message as Teams sends it, signed."""
    person = f"{number % PEOPLE:03d}"
    activity = {
        "type": "message",
        "id": f"{number}",
        "channelId": "msteams",
        "serviceUrl": service,
        "text": text,
        "from": {"id": f"29:{person}", "aadObjectId": f"aad-{person}", "name": "Somebody"},
        "recipient": {"id": f"28:{APP_ID}"},
        "conversation": {"id": f"a:{number}", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "localTimezone": "Europe/Berlin",
    }
    body = json.dumps(activity).encode()
    head = (
        f"POST /api/messages HTTP/1.1\r\nHost: house\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class QuietTeams:
    """Answers every call with a yes, and notes when the first answer came in which chat."""

    keys: Keys = field(default_factory=Keys)
    came: dict[int, float] = field(default_factory=dict)
    port: int = 0

    @property
    def url(self) -> str:
        """The service's address."""
        return f"http://127.0.0.1:{self.port}/"

    def token(self) -> str:
        """A token as Teams sends it with each activity."""
        return self.keys.token(self.url)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["QuietTeams"]:
        """The server from start to end."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1_000_000)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def all_came(self, count: int, seconds: float) -> None:
        """Wait until so many chats were answered; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while len(self.came) < count:
                await asyncio.sleep(0.02)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                line, _ = await received(reader)
                writer.write(_written(self._answered(line.split(b" ")[1])))
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()

    def _answered(self, path: bytes) -> object:
        if found := _CHAT.search(path):
            self.came.setdefault(int(found[1]), time.perf_counter())
            return {"id": "1"}
        if b"openid" in path:
            return self.keys.document(self.url.rstrip("/"))
        if path.endswith(b"/keys"):
            return self.keys.key_set()
        if b"/oauth2/" in path:
            return {"token_type": "Bearer", "expires_in": 3_600, "access_token": "benchmark"}
        return {"id": "29:1", "aadObjectId": "1", "name": "Somebody", "tenantId": TENANT, "userRole": "user"}


def _written(answer: object) -> bytes:
    body = json.dumps(answer).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
