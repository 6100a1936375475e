"""What goes wrong inside the house: defects that shout the words, broken clocks, work that is cut off, limits."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from operator import attrgetter
from typing import Any

from sqlalchemy import text

from benchmarks.residue.canary import AT_TERMINAL, NAME, new_words
from benchmarks.residue.doors import Author, Door, reopened
from benchmarks.residue.fault import EVERY, WEB, Fault
from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.forms import Values
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.replies import Reply
from bot.chat.sealed import SealedForm
from bot.concerns.receipt import Hardness

Context = Callable[[Any], AbstractAsyncContextManager[None]]
FORM = "concerns.raise/2"
SLOW = Hardness(memory=32_768, passes=2)


def shout() -> str:
    """What no error may say."""
    return f"{NAME} {AT_TERMINAL} {new_words()}"


def replaced(path: str, by: Callable[[Any], Any]) -> Context:
    """What stands at a path from the door is another thing for a while."""
    owner, _, name = path.rpartition(".")

    @asynccontextmanager
    async def around(door: Door) -> AsyncIterator[None]:
        whose = attrgetter(owner)(door)
        before = getattr(whose, name)
        object.__setattr__(whose, name, by(before))
        try:
            yield
            await door.quiet()
        finally:
            object.__setattr__(whose, name, before)

    return around


def defect(*, in_check: bool = False, chained: bool = False) -> Context:
    """The room of the safe space raises what it was given."""

    def broken(forms: dict[str, Any]) -> dict[str, Any]:
        real = forms[FORM]

        def check(values: Values, hidden: str) -> Any:
            local = dict(values)
            if in_check:
                raise ValueError(f"{local} {hidden} {shout()}")
            return real.check(values, hidden)

        async def submit(values: Values, hidden: str) -> Reply:
            local = f"{dict(values)} {hidden} {shout()}"
            try:
                raise KeyError(local)
            except KeyError as error:
                if chained:
                    raise RuntimeError(local) from error
                raise
            finally:
                sys.exc_info()

        return {**forms, FORM: SealedForm(FORM, check, submit, "words")}

    return replaced("app.router._forms", broken)


class Shouting:
    """A messenger that says everything it was given in its errors."""

    def __init__(self, error: Callable[[str], Exception]) -> None:
        self._error = error

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        raise self._error(f"{place.address} {card.title} {card.blocks} {vars(card)} {key} {shout()}")

    async def edit(self, ref: MessageRef, card: Card) -> None:
        raise self._error(f"{ref} {card.blocks} {shout()}")

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        raise self._error(f"{actor.user} {card.blocks} {key} {shout()}")

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        raise self._error(f"{where} {key} {shout()}")


def shouting(error: Callable[[str], Exception]) -> Context:
    """While the release goes out, too."""

    @asynccontextmanager
    async def around(door: Door) -> AsyncIterator[None]:
        async with replaced("app.courier._messenger", lambda _: Shouting(error))(door):
            yield
            await door.settles()

    return around


@asynccontextmanager
async def broken_clock(door: Door) -> AsyncIterator[None]:
    """The clock raises the words; a platform's own goes on."""
    now = door.clock.now().timestamp()
    space: Any = getattr(getattr(door, "stage", None), "double", None)
    platform = (getattr(space, "workspace", None) or getattr(space, "organisation", None)) if space else None
    if platform:
        follows, platform.clock.follows = platform.clock.follows, lambda: now
    door.clock.broken = RuntimeError(shout())
    try:
        yield
        await door.quiet()
    finally:
        door.clock.broken = None
        if platform:
            platform.clock.follows = follows


class Nameless:
    """A directory of which nothing can be asked: what says so holds the person."""

    def __getattr__(self, _name: str) -> Any:
        raise LookupError(shout())


@asynccontextmanager
async def broken_directory(door: Door) -> AsyncIterator[None]:
    """Names and zones cannot be asked for."""
    desk = "stage.workspace.directory" if door.letter in "hs" else "stage.organisation.directory"
    async with replaced(desk, lambda _: Nameless())(door):
        yield


@asynccontextmanager
async def impatient(door: Door) -> AsyncIterator[None]:
    """The hash of a receipt takes longer than the platform waits."""
    patience = "stage.door._sent_patience" if door.letter in "hs" else "stage.door._invokes._patience"
    slow = replaced("app.concerns._hardness", lambda _: SLOW)
    async with replaced(patience, lambda _: 0.02)(door), slow(door):
        yield


async def cut_off(door: Door, authors: list[Author]) -> list[str]:
    """Everything under way is cancelled, each a moment later than the one before."""
    tasks = [asyncio.create_task(door.sends(author)) for author in authors]
    for task in tasks:
        for _ in range(3):
            await asyncio.sleep(0)
        task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    if door.letter == "m":
        await reopened(door)
    await door.quiet()
    return ["cut off" if isinstance(each, BaseException) else each for each in done]


async def stopped(door: Door, authors: list[Author]) -> list[str]:
    """The house stops in the middle, and starts again on the same data."""
    tasks = [asyncio.create_task(door.sends(author)) for author in authors]
    await asyncio.sleep(0.02)
    for task in tasks[::2]:
        task.cancel()
    await reopened(door)
    for task in tasks:
        task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    return ["cut off" if isinstance(each, BaseException) else each for each in done]


@asynccontextmanager
async def busy_database(door: Door) -> AsyncIterator[None]:
    """Others read all the time, so that the write-ahead log cannot be emptied."""
    async with door.app.database.reading() as transaction:
        await transaction.execute(text("SELECT count(*) FROM concerns_message"))
        yield
        await door.quiet()


FULL = replaced("app.concerns._release._most_waiting", lambda _: 0)
LIMIT = replaced("app.router._uses._most", lambda _: 0)

FAULTS = (
    Fault("nothing goes wrong"),
    Fault("the room raises an error that holds the words", EVERY, defect()),
    Fault("the room raises an error with another one behind it", EVERY, defect(chained=True)),
    Fault("looking at a form raises an error that holds the words", EVERY, defect(in_check=True)),
    Fault("the messenger raises an error that holds person and words", EVERY, shouting(RuntimeError)),
    Fault("the messenger cannot reach anybody, and says whom", EVERY, shouting(Unreachable)),
    Fault("the clock raises an error that holds person and words", EVERY, broken_clock),
    Fault("the names of people cannot be asked for", WEB, broken_directory, early=True),
    Fault("a receipt's hash takes longer than the platform waits", WEB, impatient, most=10),
    Fault("the work is cut off in the middle", EVERY, whole=cut_off),
    Fault("the house stops in the middle and starts again", EVERY, whole=stopped),
    Fault("somebody has used the bot too often today", EVERY, LIMIT),
    Fault("too many concerns wait already", EVERY, FULL),
    Fault("somebody reads the database all the time", EVERY, busy_database),
)
