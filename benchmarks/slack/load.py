"""Signed commands in large numbers, and a Slack that takes every answer and notes when it came."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

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


@dataclass
class Lines:
    """Open connections to a server; each carries one request at a time.

    Args:
        refused: how many requests got another status than 200.
    """

    port: int
    refused: int = 0
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=asyncio.Queue)

    @asynccontextmanager
    async def opened(self, count: int) -> AsyncIterator["Lines"]:
        """With that many connections, from start to end."""
        made = [await asyncio.open_connection("127.0.0.1", self.port) for _ in range(count)]
        for each in made:
            self.free.put_nowait(each)
        yield self
        for _, writer in made:
            writer.close()
            await writer.wait_closed()

    async def send(self, request: bytes) -> None:
        """Send a request and wait until it is acknowledged."""
        reader, writer = await self.free.get()
        writer.write(request)
        status, _ = await _received(reader)
        self.free.put_nowait((reader, writer))
        self.refused += b" 200 " not in status


async def at_once(lines: Lines, requests: Iterable[bytes]) -> list[float]:
    """Send all, each line as soon as it is free; how long each took, in seconds."""
    waiting = iter(requests)

    async def work() -> list[float]:
        return [await _timed(lines, request, time.perf_counter()) for request in waiting]

    return [each for taken in await asyncio.gather(*(work() for _ in range(lines.free.qsize()))) for each in taken]


async def steadily(lines: Lines, requests: Iterable[bytes], a_second: float) -> list[float]:
    """Send so many a second, whether or not earlier ones were acknowledged; how long each took since it was due."""
    begun, tasks = time.perf_counter(), []
    for number, request in enumerate(requests):
        due = begun + number / a_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(_timed(lines, request, due)))
    return list(await asyncio.gather(*tasks))


async def _timed(lines: Lines, request: bytes, since: float) -> float:
    await lines.send(request)
    return time.perf_counter() - since


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
                line, _ = await _received(reader)
                path = line.split(b" ")[1].decode()
                if path.startswith("/response/"):
                    self.came.setdefault(int(path.removeprefix("/response/")), time.perf_counter())
                writer.write(_YES)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()


async def _received(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The first line and the body of what came."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *headers = head.split(b"\r\n")
    length = next((int(each[15:]) for each in headers if each.lower().startswith(b"content-length:")), 0)
    return first, await reader.readexactly(length)
