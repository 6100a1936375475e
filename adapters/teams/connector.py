"""What the house asks of Teams' connector: messages, conversations with one person, and who is a member."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from adapters.shapes import Json, objects, word
from adapters.teams.calls import Call, Calls, PatientCalls
from adapters.teams.troubles import Refused

PAGE = "500"
"""Members on a page, the most that Teams gives."""

_TARGETED = {"isTargetedActivity": "true"}


@dataclass(frozen=True)
class Connector:
    """The connector's methods. Each raises what ``Calls.make`` says.

    A conversation is named as it stands in addresses, ``;messageid=`` and all.

    Args:
        bot: the bot's own id, ``28:`` and the app's.
    """

    calls: Calls
    bot: str

    async def send(self, service_url: str, conversation: str, activity: Json, *, targeted: bool = False) -> str:
        """Post an activity; its id. A targeted one is seen by its recipient alone."""
        path, query = _path(conversation, "activities"), _TARGETED if targeted else None
        where = _without_thread(conversation)
        call = Call("POST", service_url, path, where, "send", activity, query, targeted)
        return word(await self.calls.make(call), "id")

    async def update(
        self, service_url: str, conversation: str, activity_id: str, activity: Json, *, targeted: bool = False
    ) -> None:
        """Put another activity in the place of one."""
        path, query = _path(conversation, "activities", activity_id), _TARGETED if targeted else None
        await self.calls.make(
            Call("PUT", service_url, path, _without_thread(conversation), "send", activity, query, targeted)
        )

    async def delete(self, service_url: str, conversation: str, activity_id: str) -> None:
        """Take an activity away."""
        path = _path(conversation, "activities", activity_id)
        await self.calls.make(Call("DELETE", service_url, path, _without_thread(conversation), "send"))

    async def create_personal(self, service_url: str, tenant: str, user: str) -> str:
        """The id of the conversation between one person and the bot, which is made where there is none yet."""
        wanted: Json = {
            "bot": {"id": self.bot},
            "members": [{"id": user}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
            "isGroup": False,
        }
        return word(await self.calls.make(Call("POST", service_url, _path(), user, "create", wanted)), "id")

    async def member(self, service_url: str, conversation: str, user: str) -> Json:
        """What Teams tells about one member."""
        path = _path(conversation, "members", user)
        return await self.calls.make(Call("GET", service_url, path, _without_thread(conversation), "members"))

    async def members(self, service_url: str, conversation: str) -> AsyncIterator[Json]:
        """What Teams tells about each member, page by page."""
        path, query = _path(conversation, "pagedmembers"), {"pageSize": PAGE}
        while True:
            call = Call("GET", service_url, path, _without_thread(conversation), "members", query=query)
            page = await self.calls.make(call)
            for each in objects(page, "members"):
                yield each
            if not (more := word(page, "continuationToken")):
                return
            query = {"pageSize": PAGE, "continuationToken": more}


class PatientConnector(Connector):
    """The same, for answers that somebody waits for; see PatientCalls."""

    def __init__(self, connector: Connector, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        super().__init__(PatientCalls(connector.calls, sleep), connector.bot)


def _path(*names: str) -> str:
    """An address below the service URL; each name stays one part of it, whatever it holds."""
    if any(name in ("", ".", "..") for name in names):
        raise Refused("BadArgument", 400)
    return "/".join(("/v3/conversations", *(quote(name, safe="") for name in names)))


def _without_thread(conversation: str) -> str:
    return conversation.partition(";")[0]
