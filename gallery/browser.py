"""A headless Chromium that takes pictures of one page, driven over its DevTools protocol."""

import asyncio
import base64
import json
import shutil
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import aiohttp

from adapters.shapes import Json, inner, objects, word

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-lcd-text",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
PATIENCE = 60
"""Seconds for Chromium to start, or to do one thing."""


class GalleryProblem(Exception):
    """Something outside is missing or refused; the text says what to do."""


class Page:
    """One page in Chromium."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)

    async def opened(self, address: str) -> None:
        """Load an address, and wait until its scripts have run."""
        await self._ask("Page.enable")
        await self._ask("Page.navigate", url=address)
        while word(await self._message(), "method") != "Page.loadEventFired":
            pass

    async def evaluated(self, script: str) -> Json:
        """The object that a script, or its promise, ends in."""
        answer = await self._ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise GalleryProblem(f"The page failed: {word(answer, 'exceptionDetails', 'exception', 'description')}")
        return inner(answer, "result", "value")

    async def pictured(self, width: float, height: float, sharpness: float) -> bytes:
        """The page's upper left part as PNG, with so many pixels a side for one of the page."""
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": sharpness}
        answer = await self._ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(word(answer, "data"))

    async def _ask(self, method: str, **params: object) -> Json:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while (answer := await self._message()).get("id") != number:
            pass
        if "error" in answer:
            raise GalleryProblem(f"Chromium refused {method}: {word(answer, 'error', 'message')}")
        return inner(answer, "result")

    async def _message(self) -> Json:
        return inner({"": json.loads(await self._socket.receive_str(timeout=PATIENCE))}, "")


@asynccontextmanager
async def browser() -> AsyncIterator[Page]:
    """Chromium with an empty profile and one page, gone afterwards."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise GalleryProblem("Chromium is missing. On Debian or Ubuntu: apt install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program, *QUIETLY, f"--user-data-dir={profile}", "about:blank", stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            port = await asyncio.wait_for(_port(process, Path(profile)), PATIENCE)
            async with aiohttp.ClientSession() as web, web.ws_connect(await _page(web, port), max_msg_size=0) as socket:
                yield Page(socket)
        finally:
            process.terminate()
            await process.wait()


async def _port(process: Process, profile: Path) -> int:
    """Where Chromium listens: it writes that down once it has begun."""
    written = profile / "DevToolsActivePort"
    while not (written.is_file() and "\n" in written.read_text("utf-8")):
        if process.returncode is not None:
            raise GalleryProblem(f"Chromium ended at once, with status {process.returncode}.")
        await asyncio.sleep(0.05)
    return int(written.read_text("utf-8").split()[0])


async def _page(web: aiohttp.ClientSession, port: int) -> str:
    async with web.get(f"http://127.0.0.1:{port}/json/list") as answer:
        targets = {"": await answer.json()}
    return next(word(each, "webSocketDebuggerUrl") for each in objects(targets, "") if word(each, "type") == "page")
