"""A server in a process of its own, from when it answers until it is ended."""

import asyncio
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from benchmarks.process import environment


@asynccontextmanager
async def serving(
    words: list[str], port: int, settings: dict[str, str], data: Path = Path("var")
) -> AsyncIterator[None]:
    """A server in a process of its own, once it answers."""
    process = subprocess.Popen(words, env=environment(data) | settings, stderr=subprocess.DEVNULL)
    try:
        async with asyncio.timeout(60), httpx.AsyncClient() as client:
            while not await _answers(client, port):
                await asyncio.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(60)


async def _answers(client: httpx.AsyncClient, port: int) -> bool:
    try:
        return (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200
    except httpx.HTTPError:
        return False


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
