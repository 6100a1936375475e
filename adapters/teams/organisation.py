"""One organisation's Teams as the house sees it: its service, people, messages, and whether all of it works."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from pydantic import SecretStr

from adapters.teams import names
from adapters.teams.calls import PlainCalls
from adapters.teams.connector import Connector, PatientConnector
from adapters.teams.credentials import Credentials
from adapters.teams.directory import TeamsDirectory
from adapters.teams.endpoints import Endpoints
from adapters.teams.keys import SigningKeys
from adapters.teams.lines import client
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.pace import Pace
from adapters.teams.services import Services
from adapters.teams.tokens import Tokens
from adapters.teams.troubles import BOT, CREDENTIALS, SHARED, Troubles
from bot.chat.errors import Unreachable
from bot.chat.places import Place

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Keys:
    """What opens the door.

    Args:
        tenant: the organisation whose people are answered; empty only while nothing is checked.
        unchecked: whether activities are taken without a token, for development on this machine alone.
    """

    app_id: str
    secret: SecretStr | None
    tenant: str
    unchecked: bool = False


@dataclass(frozen=True)
class Organisation:
    """Made before the house, which posts through it; the door to it is opened behind the house.

    Args:
        messenger: for what is said unasked; what finds no room is said later.
        answers: the same for what somebody waits for.
    """

    keys: Keys
    endpoints: Endpoints
    council: Place
    client: httpx.AsyncClient
    credentials: Credentials
    connector: Connector
    signing_keys: SigningKeys
    tokens: Tokens
    services: Services
    directory: TeamsDirectory
    messenger: TeamsMessenger
    answers: TeamsMessenger
    troubles: Troubles

    @classmethod
    def of(
        cls,
        keys: Keys,
        council: Place,
        seconds: Callable[[], float],
        kept: Path | None = None,
        endpoints: Endpoints | None = None,
    ) -> "Organisation":
        """An organisation by its keys; nothing is called yet.

        Args:
            council: where the council's cases are posted, on whatever platform.
            seconds: a clock that only goes forward.
            kept: the file for where Teams' service is; without it a restart forgets that.
        """
        endpoints = endpoints or Endpoints(open_to_loopback=keys.unchecked)
        troubles = Troubles(council.address if council.platform == names.PLATFORM else "")
        http = client()
        credentials = Credentials(http, endpoints, keys.tenant, keys.app_id, keys.secret, seconds, troubles)
        calls = PlainCalls(http, endpoints, credentials, Pace(seconds), troubles)
        connector = Connector(calls, names.bot(keys.app_id))
        patient = PatientConnector(connector)
        signing_keys = SigningKeys(http, endpoints, seconds)
        services = Services(endpoints.service, kept)
        directory = TeamsDirectory(patient, services, keys.tenant, troubles.council)
        messenger = TeamsMessenger(connector, directory, services, troubles, keys.tenant)
        tokens = Tokens(signing_keys, keys.app_id)
        return cls(
            keys, endpoints, council, http, credentials, connector, signing_keys, tokens, services, directory,
            messenger, replace(messenger, connector=patient), troubles,
        )  # fmt: skip

    async def look(self) -> None:
        """See whether the credentials work and the council's channel can be read; what does not is in the troubles."""
        if self.keys.unchecked and not self.keys.secret:
            return
        try:
            await self.credentials.header()
            if self.troubles.council:
                await self._look_at_council(Place(names.PLATFORM, self.troubles.council))
        except Unreachable as error:
            # What Microsoft refused is in the troubles already.
            log.warning("Teams could not be looked at: %s", type(error).__name__)

    async def _look_at_council(self, place: Place) -> None:
        self.directory.forget(place)
        if await self.directory.is_shared(place, self.keys.tenant):
            self.troubles.seen(place.address, SHARED)
        else:
            self.troubles.looks_well(place.address)

    def problems(self) -> list[str]:
        """What keeps everything here from working."""
        found = self.troubles.found.items()
        return [f"Teams: {sentence}" for where, sentence in found if where in (BOT, CREDENTIALS)]

    def warnings(self) -> list[str]:
        """What keeps something here from working."""
        found = self.troubles.found.items()
        return [f"Teams{self._named(where)}: {told}" for where, told in found if where not in (BOT, CREDENTIALS)]

    def _named(self, where: str) -> str:
        return ", the council's channel" if where == self.troubles.council else ""

    async def close(self) -> None:
        """Close the connections, and keep where Teams is."""
        self.services.keep()
        await self.client.aclose()
