"""Teams far away: the double's server in a process of its own, each of whose answers is a while on its way."""

import asyncio
import itertools
import sys

from aiohttp import web

from tests.doubles.teams.organisation import Organisation
from tests.doubles.teams.server import TeamsDouble

LATENCY = 0.2
PEOPLE = 100


def chats(organisation: Organisation) -> list[str]:
    """The chats of everybody with the bot; the same for every organisation that is made like this."""
    return [organisation.direct(organisation.person(f"reader {number}")).id for number in range(PEOPLE)]


class DistantTeams(TeamsDouble):
    """Takes as much as comes: it is the sender that is measured, so every call comes an hour after the last one."""

    def __init__(self) -> None:
        super().__init__(seconds=itertools.count(step=3_600).__next__)
        chats(self.organisation)

    async def _answer(self, method: str, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(LATENCY)
        return await super()._answer(method, request)

    async def serve(self, port: int) -> None:
        """Serve until the process is ended."""
        application = self._application()
        application.router.add_get("/readyz", _ready)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()


async def _ready(_: web.Request) -> web.Response:
    return web.Response(text="ok")


if __name__ == "__main__":
    asyncio.run(DistantTeams().serve(int(sys.argv[1])))
