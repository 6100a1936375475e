"""Who may come in from where: the safe space and the council are for the organisation alone, in its own places."""

import logging
from asyncio import gather, timeout
from dataclasses import dataclass

from adapters.rooms import Closed, Rooms
from adapters.teams import names
from adapters.teams.inbound import Arrived, Origin
from adapters.teams.organisation import Organisation
from bot.chat.errors import Unreachable

log = logging.getLogger(__name__)

LOOK_UP = 1
"""Seconds that Teams has to say who else reads a place: somebody waits for a dialog."""

GUEST = (
    "The safe space and the council are for members of this organisation; a guest account, or one of another "
    "organisation, can give its owner away. Nothing was kept. Please use the account of your own organisation."
)
SHARED = (
    "People of another organisation can read this chat too, so the safe space and the council stay closed here. "
    "Nothing was kept. Please write to me in our own chat."
)
UNKNOWN = (
    "Teams does not say at the moment who you are here, and the council's doors stay closed until it does. Nothing was "
    "changed. Please try again in a moment."
)
CLOSED = Closed(SHARED, GUEST, UNKNOWN)


@dataclass(frozen=True)
class Guard:
    """Looks at everything that comes in, before any room does. It asks Teams the same of all of it: who sees what is
    asked must not see from that what somebody came for.
    """

    rooms: Rooms
    organisation: Organisation

    async def check(self, arrived: Arrived) -> bool:
        """Whether somebody is surely of this organisation; raises NotAllowed where this may not come in from here."""
        shared, guest = await gather(self._is_shared(arrived.origin), self._is_guest(arrived))
        self.rooms.let_inside(arrived.event, CLOSED, shared=shared, guest=guest)
        return guest is False

    async def _is_shared(self, origin: Origin) -> bool:
        """Whether another organisation reads where this began; not where Teams does not say."""
        if origin.personal or not origin.conversation:
            return False
        try:
            async with timeout(LOOK_UP):
                # Whoever asks may be of elsewhere themselves: it is the house's own organisation that counts.
                place, tenant = names.place(origin.conversation), self.organisation.keys.tenant
                return await self.organisation.directory.is_shared(place, tenant)
        except (Unreachable, TimeoutError):
            log.warning("who reads a conversation could not be looked up")
            return False

    async def _is_guest(self, arrived: Arrived) -> bool | None:
        """Whether somebody is a guest or of another organisation; None where Teams does not say."""
        actor, origin = arrived.event.actor, arrived.origin
        if self.organisation.keys.tenant and actor.tenant != self.organisation.keys.tenant:
            return True
        try:
            async with timeout(LOOK_UP):
                return await self.organisation.directory.is_guest(actor, origin.conversation, origin.account)
        except (Unreachable, TimeoutError):
            log.warning("whether somebody is a guest could not be looked up")
            return None
