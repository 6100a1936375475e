"""Signed commands, and a Slack that takes every answer and notes when it came."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.load import received

SECRET = "benchmark"


def command(text: str, number: int, slack: str) -> bytes:
    """``/rai text`` as Slack sends it: a whole signed request, its answer due at an address of its own."""
    body = urlencode(
        {
            "command": "/rai",
            "text": text,
            "user_id": f"U{number % 50:03d}",
            "team_id": "T1",
            "channel_id": "C1",
            "api_app_id": "A1",
            "response_url": f"{slack}response/{number}",
            "trigger_id": f"trigger.{number}",
        }
    ).encode()
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), b":".join((b"v0", stamp.encode(), body)), hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: house\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


_TOLD = json.dumps({"ok": True, "team_id": "T1", "user_id": "U0BOT", "bot_id": "B1", "ts": "1.1"}).encode()
_YES = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(_TOLD), _TOLD)


@dataclass
class QuietSlack:
    """Answers every call with a yes, and notes when which answer came."""

    came: dict[int, float] = field(default_factory=dict)
    port: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"

    @asynccontextmanager
    async def running(self) -> AsyncIterator["QuietSlack"]:
        """The server from start to end."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1_000_000)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def all_came(self, numbers: Iterable[int], seconds: float) -> None:
        """Wait until the answers to those commands came; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not self.came.keys() >= set(numbers):
                await asyncio.sleep(0.02)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                line, _ = await received(reader)
                path = line.split(b" ")[1].decode()
                if path.startswith("/response/"):
                    self.came.setdefault(int(path.removeprefix("/response/")), time.perf_counter())
                writer.write(_YES)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()
