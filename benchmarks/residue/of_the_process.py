"""What goes wrong with the process: somebody debugs it while it runs, and signals end it in the middle."""

import asyncio
import faulthandler
import logging
import signal
import sys
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks.process import environment, rai
from benchmarks.residue.at_terminal import AtTerminal, TerminalAuthor
from benchmarks.residue.fault import EVERY, Fault, Whole
from bot import logs

STARTING, ENDING = 240, 60
"""Seconds for the program to start and ask (its library is indexed first, on a machine that may be crowded), and to end
once it was told to.
"""

QUESTIONS = 7
"""Of the concern's form; whoever changes it sees that the program does not get to its preview here."""

SHOWN = b"This is what the council will see"


@asynccontextmanager
async def debugging(_door: object) -> AsyncIterator[None]:
    """Somebody switches DEBUG on while it runs, as the program itself sets logs up."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.WARNING)
    await asyncio.sleep(0)
    root.setLevel(logging.DEBUG)
    logs.hush()
    try:
        yield
    finally:
        root.setLevel(before)


@asynccontextmanager
async def debugged_loop(door: Any) -> AsyncIterator[None]:
    """asyncio's own debug mode, in which everything counts as slow."""
    loop = asyncio.get_running_loop()
    before = loop.slow_callback_duration
    loop.set_debug(True)
    loop.slow_callback_duration = 0.000_01
    try:
        yield
        await door.quiet()
    finally:
        loop.set_debug(False)
        loop.slow_callback_duration = before


@asynccontextmanager
async def dumped(door: Any) -> AsyncIterator[None]:
    """Where every thread and task stands is written down, again and again, and every warning goes to the log."""
    logging.captureWarnings(True)

    async def dumps() -> None:
        while True:
            faulthandler.dump_traceback(sys.stderr, all_threads=True)
            for task in asyncio.all_tasks():
                task.print_stack(file=sys.stderr)
                print(repr(task), repr(task.get_coro()), file=sys.stderr)
            await asyncio.sleep(0.005)

    dumping = asyncio.create_task(dumps())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("planted", ResourceWarning, stacklevel=1)
            yield
            await door.quiet()
    finally:
        dumping.cancel()
        logging.captureWarnings(False)


def ended(by: signal.Signals) -> Whole:
    """The program itself, with its log where it keeps it, ended by a signal while somebody looks at the preview."""

    async def whole(door: AtTerminal, authors: list[TerminalAuthor]) -> list[str]:
        return [await _until(by, door.grounds.folder, author) for author in authors]

    return whole


async def _until(by: signal.Signals, folder: Path, author: TerminalAuthor) -> str:
    """Somebody at the program's own terminal; ended by a signal once they were shown their own words again."""
    with (folder / "errors of the child").open("ab") as errors:
        child = await asyncio.create_subprocess_exec(
            *rai("chat"), stdin=-1, stdout=-1, stderr=errors, env=environment(folder / "child"), cwd=folder
        )
    assert child.stdin
    assert child.stdout
    try:
        first = author.words.partition("\n")[0]
        asked = f"/as {author.client.name}\nconcern {first}\n" + "\n" * QUESTIONS
        child.stdin.write(asked.encode())
        async with asyncio.timeout(STARTING):
            await child.stdout.readuntil(SHOWN)
    except (TimeoutError, asyncio.IncompleteReadError) as error:
        return f"the program did not get there: {type(error).__name__}"
    else:
        return await _end(child, child.stdout, by)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


async def _end(child: asyncio.subprocess.Process, said: asyncio.StreamReader, by: signal.Signals) -> str:
    child.send_signal(by)
    try:
        async with asyncio.timeout(ENDING):
            await said.read()
            return f"ended by {await child.wait()}"
    except TimeoutError:
        return f"the program did not end, {ENDING} s after {by.name}"


FAULTS = (
    Fault("DEBUG is switched on while it runs", EVERY, debugging),
    Fault("asyncio's debug mode, in which everything is slow", EVERY, debugged_loop),
    Fault("stacks and tasks are dumped all the time, warnings shown", EVERY, dumped),
    Fault("SIGINT in the middle", "m", whole=ended(signal.SIGINT), most=1),
    Fault("SIGTERM in the middle", "m", whole=ended(signal.SIGTERM), most=1),
    Fault("SIGKILL in the middle", "m", whole=ended(signal.SIGKILL), most=1),
)
