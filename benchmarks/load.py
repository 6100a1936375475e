"""Requests in large numbers over open connections, at once or steadily, each timed."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


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
        status, _ = await received(reader)
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


async def received(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The first line and the body of what came over a connection; raises asyncio.IncompleteReadError at its end."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *headers = head.split(b"\r\n")
    length = next((int(each[15:]) for each in headers if each.lower().startswith(b"content-length:")), 0)
    return first, await reader.readexactly(length)
