"""The two programs that are played with: the house, and Microsoft's Agents Playground."""

import asyncio
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from benchmarks.process import environment, rai
from benchmarks.teams.client import CONFIG, Played

VERSION = "0.2.28"
PACKAGE = f"@microsoft/m365agentsplayground@{VERSION}"

COMES_UP_WITHIN = 60.0
"""Seconds; npx may have to fetch the package first."""


class Missing(Exception):
    """Something that is needed is not there; its text says what, and how to get it."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def house(folder: Path, port: int) -> AsyncIterator[None]:
    """The house in a folder of its own, open to whoever is on this machine."""
    played = Played()
    given = {
        "TEAMS_DEV_NO_AUTH": "1",
        "TEAMS_TENANT_ID": played.tenant,
        "RAI_PORT": str(port),
        "RAI_RELEASE": "at-once",
        "RAI_COUNCIL_FILE": str(_council(folder, played)),
        "RAI_COUNCIL_PLACE": f"teams:{played.council}",
    }
    variables = environment(folder / "data") | given
    async with _child(rai("serve"), folder, variables, f"http://127.0.0.1:{port}/healthz"):
        yield


@asynccontextmanager
async def client(folder: Path, port: int, endpoint: str) -> AsyncIterator[None]:
    """The Playground, playing who is in our file; raises Missing where it does not come up."""
    npx = shutil.which("npx")
    if npx is None:
        raise Missing("npx is missing: it comes with Node.js 20 or newer (https://nodejs.org). Nothing was tried.")
    shutil.copy(CONFIG, folder)
    told = ["start", "-e", endpoint, "-c", "msteams", "-p", str(port), "--disable-telemetry"]
    variables = {**os.environ, "npm_config_update_notifier": "false"}
    async with _child([npx, "--yes", PACKAGE, *told], folder, variables, f"http://127.0.0.1:{port}/_debug/ping"):
        yield


def _council(folder: Path, played: Played) -> Path:
    """The sample's council with a chair in Teams."""
    from bot.council.charter import SAMPLE

    seat = f'members = ["teams:{played.tenant}:{played.person("The chair")["aadObjectId"]}"]'
    council = folder / "council.toml"
    council.write_text(SAMPLE.read_text("utf-8").replace('members = ["terminal:local:chair"]', seat), "utf-8")
    return council


@asynccontextmanager
async def _child(command: list[str], folder: Path, variables: dict[str, str], address: str) -> AsyncIterator[None]:
    """A program from when it answers until it is stopped, with whatever it began."""
    said = folder / f"{Path(command[0]).name}.log"
    with said.open("wb") as log:
        child = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=variables, stdout=log, stderr=log, start_new_session=True
        )
        try:
            await _answers(child, address, said)
            yield
        finally:
            if child.returncode is None:
                os.killpg(child.pid, signal.SIGTERM)
            await child.wait()


async def _answers(child: asyncio.subprocess.Process, address: str, said: Path) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(int(COMES_UP_WITHIN * 10)):
            if child.returncode is not None:
                break
            try:
                if (await http.get(address)).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)
    sys.stderr.write(said.read_text("utf-8", "replace")[-2_000:])
    raise Missing(f"{address} did not come up: see the lines above. Nothing more was tried.")
