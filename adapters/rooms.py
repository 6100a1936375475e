"""What every door does with what comes in: hands it to the rooms, a few at a time, and puts trouble into words."""

import asyncio
import logging
import secrets
from asyncio import Semaphore
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.actions import Pressed
from bot.chat.cards import Button, Card, Text
from bot.chat.errors import HouseError, NotAllowed
from bot.chat.events import DeskOpened, FormSubmitted, Inbound
from bot.chat.forms import FormErrors
from bot.chat.replies import Reply
from bot.chat.router import Router

log = logging.getLogger(__name__)

Outcome: TypeAlias = Reply | HouseError

DEFECT = (
    "Something went wrong on our side, and it was noted. Please try again; if it happens again, tell whoever runs me."
)

SEALED_DEFECT = (
    "Something went wrong on our side. I cannot say whether what you sent was kept. Copy your words and send the form "
    "again: if it is kept already, I say so. Nothing that you wrote stands in the log."
)
"""For what the safe space takes: its author must neither be frightened nor told to ask somebody."""

AT_ONCE = 4
"""How many events the rooms work on at once: in a rush, what came must be acknowledged before it is answered."""

SEALED_AT_ONCE = 2
"""The same for forms of the safe space, whose receipts take long to hash, one after the other."""

STEP = 1.0
"""Seconds: a sent form is answered so long after it came, or a multiple of that. Who times requests on the network, or
in a proxy's log, must not see from it whether a question was looked up or a receipt hashed.
"""

JITTER = 0.1
"""Seconds, at most, of chance on top: what is left of a difference, such as in writing the answer out, drowns in it."""

LARGE = 16_384
"""Bytes of which an answer that can hold a receipt has a multiple, so that its size does not tell it either."""


def padded(body: bytes) -> bytes:
    """JSON with spaces at its end, which mean nothing there."""
    return body + b" " * (-len(body) % LARGE)


@dataclass(frozen=True)
class Closed:
    """Why the safe space and the council stay closed, in a platform's words: others read along, somebody is a guest, or
    the platform does not say who they are.
    """

    shared: str
    guest: str
    unknown: str


class Rooms:
    """The rooms as a door knows them.

    Args:
        step: see STEP; 0 answers at once, for tests.
    """

    def __init__(self, router: Router, step: float = STEP) -> None:
        self._router = router
        self._step = step
        self._turns, self._sealed_turns = Semaphore(AT_ONCE), Semaphore(SEALED_AT_ONCE)

    async def outcome(self, event: Inbound, let_in: Callable[[], Awaitable[bool]]) -> Outcome:
        """What the house answers, or what went wrong, in words for a person. Raises nothing.

        Args:
            let_in: says whether they are of the house, or raises NotAllowed.
        """
        try:
            of_the_house = await let_in()
            async with self._turn(event):
                return await self._router.handle(event, of_the_house=of_the_house)
        except HouseError as error:
            return error
        except Exception as error:
            return self._defect(error, event)

    @asynccontextmanager
    async def evenly(self, event: Inbound) -> AsyncIterator[None]:
        """Make what is done within take an even time, where it answers a sent form: the last thing before the answer
        leaves, since all that comes before takes its own time.
        """
        began = asyncio.get_running_loop().time()
        yield
        if self._step and isinstance(event, FormSubmitted):
            took = asyncio.get_running_loop().time() - began
            chance = secrets.randbelow(1_000) / 1_000 * min(JITTER, self._step)
            await asyncio.sleep(-took % self._step + chance)

    def check(self, event: Inbound) -> Outcome | None:
        """What is wrong with a sent form, without doing anything."""
        if not isinstance(event, FormSubmitted):
            return None
        try:
            return self._router.check(event)
        except HouseError as error:
            return error
        except Exception as error:
            return self._defect(error, event)

    def sealed(self, event: Inbound) -> bool:
        """Whether this goes to a room that may not know who speaks."""
        return self._router.sealed(event)

    def let_inside(self, event: Inbound, closed: Closed, *, shared: bool, guest: bool | None) -> None:
        """Raise NotAllowed where the safe space and the council are asked for by, or before, people of elsewhere.

        Args:
            shared: whether others than the organisation's own people read along.
            guest: whether who asks is one of them; None where the platform does not say.
        """
        if not self._router.inside(event):
            return
        if shared:
            raise NotAllowed(closed.shared)
        if guest:
            raise NotAllowed(closed.guest)
        # Whoever must speak is not kept from it by a platform that does not answer; the council can wait.
        if guest is None and not self._router.sealed(event):
            raise NotAllowed(closed.unknown, permanent=False)

    def apology(self, event: Inbound) -> str:
        """What to say where this failed for a reason of ours: of what the safe space takes, nothing we cannot know."""
        return SEALED_DEFECT if isinstance(event, FormSubmitted) and self.sealed(event) else DEFECT

    def _defect(self, error: Exception, event: Inbound) -> HouseError:
        # The class alone: the text of an unknown error may hold words or people.
        log.error("an event failed: %s", type(error).__name__)
        return HouseError(self.apology(event))

    def _turn(self, event: Inbound) -> AbstractAsyncContextManager[object]:
        """A place among those that the rooms work on at once. What only opens a form takes none, since whoever pressed
        waits for it; what hashes a receipt has places of its own, since it takes long.
        """
        sealed = self._router.sealed(event)
        match event:
            case FormSubmitted() if sealed:
                return self._sealed_turns
            case DeskOpened():
                return nullcontext()
            case _:
                return nullcontext() if sealed else self._turns


def problem(outcome: HouseError | FormErrors) -> str:
    """What is wrong, in words for a person."""
    return outcome.message_for_person if isinstance(outcome, HouseError) else "\n".join(outcome.by_field.values())


def problem_card(sentence: str) -> Card:
    """What went wrong, in words for a person."""
    return Card("Sorry", (Text(_literal(sentence)),))


def way_to_form(title: str, words: str, pressed: Pressed) -> Card:
    """The way to a form that cannot open by itself: a button can always open one."""
    return Card(title, (Text(words),), (Button("Open the form", pressed, "primary", opens_form=True),))


def _literal(sentence: str) -> str:
    """A sentence of ours as CommonMark that shows it as it is."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#+-.!|&~" else sign for sign in sentence)
