"""One look: a concern, a scan, many requests of others, another scan."""

import asyncio
import re
import secrets
from dataclasses import dataclass
from typing import Protocol

from benchmarks.traces.scan import Canary, counted
from benchmarks.traces.servers import Running

WARM = 100
"""Requests before the concern: a server that has just begun finds room where nobody was yet."""


class Behind(Protocol):
    """A server behind its platform."""

    @property
    def running(self) -> Running:
        """The server."""

    async def concern(self, name: str, words: str) -> str:
        """Let somebody raise a concern; returns what they see in the end."""

    def id_of(self, name: str) -> str:
        """How the platform calls somebody."""

    async def questions(self, asked: list[str]) -> list[float]:
        """Let others ask; returns how long each took to be acknowledged."""


@dataclass(frozen=True)
class Left:
    """Copies that were found; None where there was nothing to look for."""

    words: int
    receipt: int | None
    id: int

    def over(self, words: int, receipt: int, person: int) -> bool:
        """Whether there are more of any."""
        return self.words > words or (self.receipt or 0) > receipt or self.id > person

    def cells(self) -> str:
        """For the table."""
        return f"{self.words} / {'-' if self.receipt is None else self.receipt} / {self.id}"


@dataclass(frozen=True)
class Looked:
    """What was found in a server."""

    name: str
    way: str
    soon: Left
    later: Left
    megabytes: float


async def look(name: str, way: str, behind: Behind, requests: int, asked: list[str]) -> Looked:
    """Raise a concern that nobody else has, and look for it half a second later and in the end.

    Args:
        asked: questions; one request in ten is one of them, which takes the longest way through the house.
    """
    await behind.questions(["help"] * WARM)
    seed = secrets.token_hex(6)
    person, words = f"qz{seed}", f"wv{seed}kx"
    shown = await behind.concern(person, f"They said: “{words}” — and nobody looked at it.")
    await asyncio.sleep(0.5)
    canaries = [Canary("words", words), Canary("id", behind.id_of(person)), *_receipt(shown)]
    # In a thread: the platform's side answers meanwhile, or the server would take its socket for dead.
    soon = await asyncio.to_thread(_left, behind.running, canaries)
    for begun in range(0, requests, STEP):
        some = range(begun, min(begun + STEP, requests))
        await behind.questions([asked[number % len(asked)] if number % 10 == 0 else "help" for number in some])
    later = await asyncio.to_thread(_left, behind.running, canaries)
    return Looked(name, way, soon, later, behind.running.megabytes())


STEP = 500
"""Requests that are under way at once, as far as there are connections for them."""


def _receipt(shown: str) -> list[Canary]:
    found = re.search(r"Receipt\s+([a-z-]+( [a-z-]+){5})\b", shown.replace(":", " "))
    return [Canary("receipt", found[1])] if found else []


def _left(running: Running, canaries: list[Canary]) -> Left:
    found = counted(running.process, canaries)
    return Left(found["words"], found.get("receipt"), found["id"])
