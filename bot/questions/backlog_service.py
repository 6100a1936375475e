"""What the council does with questions that nobody answered: look at them in groups, make a ticket, let them go."""

from collections.abc import Sequence

from bot.chat.actions import new_mark
from bot.chat.errors import Conflict, NotFound
from bot.chat.identity import Actor
from bot.questions.backlog_groups import Group, group_of, groups
from bot.questions.backlog_store import BacklogStore
from bot.questions.model import Gap
from bot.questions.tickets_service import Tickets
from bot.store.db import Transaction


class Backlog:
    """The questions that were refused or answered badly."""

    def __init__(self, store: BacklogStore, tickets: Tickets) -> None:
        self._store = store
        self._tickets = tickets

    async def groups(self, actor: Actor) -> tuple[Group, ...]:
        """Everything that waits, in groups, for a member; raises NotAllowed for everybody else."""
        self._tickets.check_may_answer(actor)
        async with self._store.database.reading() as transaction:
            return groups(await self._store.without_ticket(transaction))

    async def group(self, actor: Actor, name: str) -> Group:
        """The group of one question; raises NotFound where it is done with."""
        self._tickets.check_may_answer(actor)
        async with self._store.database.reading() as transaction:
            return await self._group(transaction, name)

    async def make_ticket(self, actor: Actor, name: str, seen: int) -> Group:
        """Open a ticket in the group's own words; those who wait are told when it is answered.

        Args:
            seen: how many questions the group had when the member looked at it.

        Raises:
            NotFound: it is done with.
            Conflict: it has changed since the member looked, or another member was faster.
        """
        self._tickets.check_may_answer(actor)
        async with self._store.database.writing() as transaction:
            group, ticket = await self._unchanged(transaction, name, seen), new_mark()
            if await self._store.give_ticket(transaction, _names(group.gaps), ticket) < len(group.gaps):
                raise Conflict("Another member was faster. Nothing was changed by you.")
            await self._tickets.open(transaction, ticket, group.wording)
        return group

    async def close(self, actor: Actor, name: str, seen: int) -> Group:
        """Delete a group; raises like ``make_ticket``."""
        self._tickets.check_may_answer(actor)
        async with self._store.database.writing() as transaction:
            group = await self._unchanged(transaction, name, seen)
            await self._store.drop(transaction, _names(group.gaps))
        return group

    async def _unchanged(self, transaction: Transaction, name: str, seen: int) -> Group:
        group = await self._group(transaction, name)
        if len(group.gaps) != seen:
            raise Conflict("The group has changed since you looked at it. Nothing was done; please look again.")
        return group

    async def _group(self, transaction: Transaction, name: str) -> Group:
        group = group_of(await self._store.without_ticket(transaction), name)
        if group is None:
            raise NotFound("Somebody has done with these questions already. Nothing was changed.")
        return group


def _names(gaps: Sequence[Gap]) -> list[str]:
    return [gap.id for gap in gaps]
