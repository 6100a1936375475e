"""Who may come in from where: the safe space and the council are for the workspace's own people, in its own places."""

import logging
from asyncio import timeout
from dataclasses import dataclass

from adapters.slack.inbound import Arrived, Origin
from adapters.slack.workspace import Workspace
from bot.chat.errors import NotAllowed, Unreachable
from bot.chat.router import Router

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


@dataclass(frozen=True)
class Guard:
    """Looks at everything that comes in, before any room does."""

    router: Router
    workspace: Workspace

    async def check(self, arrived: Arrived) -> None:
        """Raise NotAllowed where this may not come in from here."""
        ours, theirs = self.workspace.identity.team, arrived.origin.team
        if ours and theirs != ours:
            raise NotAllowed(FOREIGN)
        if not self.router.inside(arrived.event):
            return
        if await self.is_shared(arrived.origin):
            raise NotAllowed(SHARED_CHANNEL)
        if await self._is_guest(arrived):
            raise NotAllowed(GUEST)

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

    async def _is_guest(self, arrived: Arrived) -> bool:
        if arrived.event.actor.tenant != arrived.origin.team:
            return True
        try:
            async with timeout(LOOK_UP):
                return await self.workspace.directory.is_guest(arrived.event.actor)
        except (Unreachable, TimeoutError):
            # Slack does not say. Whoever must speak is not kept from it by that.
            log.warning("whether somebody is a guest could not be looked up")
            return False
