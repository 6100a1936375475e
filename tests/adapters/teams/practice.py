"""A Teams with a council, the house's keys to it, and the doctor who looks at it."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import httpx
from pydantic import SecretStr

from adapters.teams import names
from adapters.teams.doctor import examine
from adapters.teams.endpoints import Endpoints
from adapters.teams.organisation import Keys, Organisation
from bot.chat.health import Finding
from bot.chat.identity import Actor
from bot.chat.places import Place
from tests.doubles.teams.organisation import APP_ID, SECRET, TENANT, Person, Team
from tests.doubles.teams.server import TeamsDouble


@dataclass
class Practice:
    """A Teams with a council of two, and the house's keys to it."""

    double: TeamsDouble
    council: Team
    mira: Person
    keys: Keys

    @property
    def endpoints(self) -> Endpoints:
        return Endpoints(self.double.login_url, self.double.openid_url, self.double.service_url, self.double.graph_url)

    async def found(
        self,
        *seats: Actor,
        place: Place | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        **keys: object,
    ) -> dict[str, Finding]:
        """What the doctor finds, by name; with other keys, another place or another way there."""
        given = replace(self.keys, **keys)  # type: ignore[arg-type]
        where = place or names.place(self.council.id)
        opened = Organisation.of(given, where, time.monotonic, endpoints=self.endpoints)
        looking = replace(opened, client=httpx.AsyncClient(transport=transport)) if transport else opened
        try:
            return {each.name: each for each in await examine(looking, seats or (self.seat(self.mira),))}
        finally:
            await looking.close()
            await opened.close()

    async def wrong(self, *seats: Actor, **given: object) -> dict[str, str]:
        """The sentences of what is not well, by name."""
        found = await self.found(*seats, **given)  # type: ignore[arg-type]
        return {name: each.sentence for name, each in found.items() if not each.well}

    def seat(self, person: Person, tenant: str = TENANT) -> Actor:
        return names.actor(tenant, person.aad)


@asynccontextmanager
async def practice() -> AsyncIterator[Practice]:
    async with TeamsDouble().running() as double:
        space = double.organisation
        mira, ann = space.person("Mira"), space.person("Ann")
        yield Practice(double, space.team("Council", mira, ann), mira, Keys(APP_ID, SecretStr(SECRET), TENANT))


@dataclass
class Changed(httpx.AsyncBaseTransport):
    """The way to Microsoft, with answers changed on it."""

    change: Callable[[httpx.Request, httpx.Response], httpx.Response]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        async with httpx.AsyncHTTPTransport(verify=False) as way:
            answer = await way.handle_async_request(request)
            await answer.aread()
            return self.change(request, answer)
