"""The servers that are looked into, each a process of its own, with its platform on this machine."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.process import environment, rai
from benchmarks.serving import free_port

BEGINS_WITHIN = 300
"""Seconds; a busy machine takes its time."""


@dataclass(frozen=True)
class Server:
    """A program that can be looked into.

    Args:
        words: its command line.
        means: what is set for it beside its platform's keys.
    """

    name: str
    words: tuple[str, ...]
    means: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    process: int
    port: int

    def megabytes(self) -> float:
        """Its resident set, in millions of bytes."""
        lines = Path(f"/proc/{self.process}/status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1_024 / 1e6


def ours(name: str, **means: str) -> Server:
    """Our server."""
    return Server(name, tuple(rai("serve")), means)


def naive(name: str, *words: str) -> Server:
    """The peer."""
    return Server(name, (sys.executable, "-m", "benchmarks.traces.naive", *words))


@asynccontextmanager
async def started(server: Server, folder: Path, settings: Mapping[str, str]) -> AsyncIterator[Running]:
    """A server from when it answers until it is ended."""
    port = free_port()
    variables = {**environment(folder / "var"), "RAI_PORT": str(port), **settings, **server.means}
    with (folder / "said.txt").open("ab") as said:
        process = subprocess.Popen(server.words, env=variables, stderr=said)
    try:
        await _answers(server, process, port)
        yield Running(process.pid, port)
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 60)  # it may still be telling something to a platform of this loop


async def _answers(server: Server, process: "subprocess.Popen[bytes]", port: int) -> None:
    async with asyncio.timeout(BEGINS_WITHIN), httpx.AsyncClient() as client:
        while process.poll() is None:
            try:
                if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)
    raise SystemExit(f"A server did not begin: {server.name}")
