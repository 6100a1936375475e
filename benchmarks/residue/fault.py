"""Something that goes wrong while concerns are raised, by name."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

Around: TypeAlias = Callable[[Any], AbstractAsyncContextManager[None]]
Sends: TypeAlias = Callable[[Any, Any], Awaitable[str]]
Whole: TypeAlias = Callable[[Any, list[Any]], Awaitable[list[str]]]
"""Doors differ in what they offer; ``Fault.doors`` says which a fault knows."""

EVERY, SLACK, WEB = "hstm", "hs", "hst"


@asynccontextmanager
async def calm(_door: object) -> AsyncIterator[None]:
    """Nothing goes wrong around it."""
    yield


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong.

    Args:
        doors: the letters of the doors that know it: Slack over HTTP (h) and by socket (s), Teams (t), terminal (m).
        around: what is wrong while forms are sent.
        sends: how somebody sends the form; as usual, where it is None.
        early: whether half of the forms are opened while it lasts, too.
        most: how many at once.
        whole: how all of them send their forms, where they do it together.
    """

    name: str
    doors: str = EVERY
    around: Around = calm
    sends: Sends | None = None
    early: bool = False
    most: int = 25
    whole: Whole | None = None
