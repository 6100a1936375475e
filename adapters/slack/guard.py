"""Who may come in from where: the safe space and the council are for the workspace's own people, in its own places."""

import logging
from asyncio import gather, timeout
from dataclasses import dataclass

from adapters.rooms import Closed, Rooms
from adapters.slack.inbound import Arrived, Origin
from adapters.slack.workspace import Workspace
from bot.chat.errors import NotAllowed, Unreachable

log = logging.getLogger(__name__)

LOOK_UP = 1
"""Seconds that Slack has to say who else reads a place: a form's trigger lives for three."""

FOREIGN = (
    "This bot belongs to another workspace and answers its people alone. Nothing was kept. Whoever looks after your "
    "workspace can run one of your own."
)
GUEST = (
    "The safe space and the council are for members of this workspace; a guest account, or one of another "
    "organisation, can give its owner away. Nothing was kept. Please use the account of your own organisation."
)
SHARED_CHANNEL = (
    "Another organisation reads this channel too (Slack Connect), so the safe space and the council stay closed here. "
    "Nothing was kept. Please use /rai in a channel of your own organisation, or write to me directly."
)


UNKNOWN = (
    "Slack does not say at the moment who you are here, and the council's doors stay closed until it does. Nothing was "
    "changed. Please try again in a moment."
)
CLOSED = Closed(SHARED_CHANNEL, GUEST, UNKNOWN)


@dataclass(frozen=True)
class Guard:
    """Looks at everything that comes in, before any room does. It asks Slack the same of all of it: who sees what is
    asked must not see from that what somebody came for.
    """

    rooms: Rooms
    workspace: Workspace

    async def check(self, arrived: Arrived) -> bool:
        """Whether somebody is surely of this workspace; raises NotAllowed where this may not come in from here."""
        ours, theirs = self.workspace.identity.team, arrived.origin.team
        if ours and theirs != ours:
            raise NotAllowed(FOREIGN)
        shared, guest = await gather(self.is_shared(arrived.origin), self._is_guest(arrived))
        self.rooms.let_inside(arrived.event, CLOSED, shared=shared, guest=guest)
        return guest is False

    async def is_shared(self, origin: Origin) -> bool:
        """Whether another organisation reads where this began; not where Slack does not say."""
        if origin.shared or not origin.channel:
            return origin.shared
        try:
            async with timeout(LOOK_UP):
                return await self.workspace.directory.is_shared(origin.channel)
        except (Unreachable, TimeoutError):
            log.warning("who reads a channel could not be looked up")
            return False

    async def _is_guest(self, arrived: Arrived) -> bool | None:
        """Whether somebody is a guest or of another organisation; None where Slack does not say."""
        if arrived.event.actor.tenant != arrived.origin.team:
            return True
        try:
            async with timeout(LOOK_UP):
                return await self.workspace.directory.is_guest(arrived.event.actor)
        except (Unreachable, TimeoutError):
            log.warning("whether somebody is a guest could not be looked up")
            return None
