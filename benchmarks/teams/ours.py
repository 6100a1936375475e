"""The house behind Teams' door in a process of its own, its Microsoft on this machine."""

import asyncio
import gc
import sys
import time

import uvicorn
from pydantic import SecretStr

from adapters.teams.app import TeamsApp
from adapters.teams.endpoints import Endpoints
from adapters.teams.organisation import Keys, Organisation
from bot.app import App, Ports, build
from bot.chat.timing import SystemClock
from bot.settings import read
from bot.upkeep import prepare_folder, upgrade
from bot.web import web
from tests.doubles.teams.organisation import APP_ID, TENANT


def main(port: int, microsoft: str) -> None:
    """Serve until the process is ended."""
    settings = read()
    prepare_folder(settings.data_dir)
    asyncio.run(upgrade(settings))
    endpoints = Endpoints(login=microsoft, openid=f"{microsoft}openid", service=microsoft, graph=microsoft)
    keys = Keys(APP_ID, SecretStr("benchmark"), TENANT)
    organisation = Organisation.of(keys, settings.council_place, time.monotonic, endpoints=endpoints)
    app: App = build(settings, Ports(organisation.messenger, organisation.directory, SystemClock()))
    door = TeamsApp(organisation, app.router, app.arrivals, step=0)
    # As in `rai serve`.
    gc.collect()
    gc.freeze()
    uvicorn.run(web(app, (door,)), port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
