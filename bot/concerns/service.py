"""What the safe space can do. Every argument is one of the room's own types: there is no place for a person."""

import asyncio

from nacl.public import PrivateKey

from bot.chat.errors import Conflict, NotFound, StoreProblem
from bot.chat.timing import Clock
from bot.concerns import vault as sealing
from bot.concerns.keyring import Keyring
from bot.concerns.model import (
    UNREADABLE,
    Concern,
    ConcernId,
    FormMark,
    Going,
    MessageId,
    People,
    Released,
    Spoken,
    Thread,
    Words,
)
from bot.concerns.receipt import Hardness, Kept, Keys, Receipt, code_name, derive
from bot.concerns.release import Release
from bot.concerns.schedule import Schedule
from bot.concerns.store import ConcernsStore, Found, Sealed, concern_row, message_row
from bot.concerns.vault import Vault
from bot.store.db import Transaction

MOST_WAITING = 1_000
"""Messages in one batch: more than people write in six days, and less than would bury the council."""

EXAMPLE_BATCH = 1
"""Not the true number: whoever asked for it again and again could count what went at once in between."""


class Concerns:
    """The safe space.

    Args:
        people: how many different people used the bot since the time that the waiting batch is open since, counted in
            the hallway.
        least_people: how many of them a batch waits for.
        hardness: what guessing one receipt costs.
        most_waiting: messages that one batch takes.
    """

    def __init__(
        self,
        store: ConcernsStore,
        vault: Vault,
        keyring: Keyring,
        clock: Clock,
        schedule: Schedule,
        people: People,
        least_people: int,
        hardness: Hardness,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._store = store
        self._vault = vault
        self._keyring = keyring
        self._hardness = hardness
        self._release = Release(store, vault, keyring, clock, schedule, people, least_people, most_waiting)
        # One slow hash at a time: a crowd of receipts may not fill the memory.
        self._hashing = asyncio.Lock()

    async def check_vault(self) -> None:
        """See that the vault key and the keys folder belong to this database; raises StoreProblem where they do not."""
        async with self._store.database.writing() as transaction:
            await self._check_fingerprint(transaction)
            await self._release.check_keys(transaction)

    async def give_up(self) -> int:
        """Delete the messages that wait and that no key opens any more; how many they were.

        Raises:
            StoreProblem: the vault key is another one too, so this is the wrong folder; nothing was deleted.
        """
        async with self._store.database.writing() as transaction:
            await self._check_fingerprint(transaction)
            return await self._release.give_up(transaction)

    async def _check_fingerprint(self, transaction: Transaction) -> None:
        if await self._store.fingerprint(transaction, self._vault.fingerprint) != self._vault.fingerprint:
            raise StoreProblem(
                "The vault key (vault.key in RAI_DATA_DIR) is not the one that this database was sealed with. "
                "Nothing was changed. Put the right key back.",
                permanent=True,
            )

    async def raise_concern(self, concern: Concern, mark: FormMark) -> Kept:
        """Take a concern in; once this returns it is kept.

        Raises:
            Conflict: this form was sent before, and the first one counts; or too many wait already.
        """
        receipt = Receipt.draw()
        keys = await self._keys(receipt)
        await self.take_in(concern, mark, keys)
        return Kept(receipt, code_name(keys.lookup))

    async def take_in(self, concern: Concern, mark: FormMark, keys: Keys) -> None:
        """Keep a concern under the keys of its receipt; the part of the intake that touches the disk."""
        named, once = ConcernId.new(), self._vault.known_again(mark)
        async with self._store.database.writing() as transaction:
            urgent = concern.about.urgent
            batch = await (self._release.urgent_batch if urgent else self._release.open_batch)(transaction)
            await self._store.add_concern(transaction, named, keys.lookup, bytes(keys.private.public_key), batch.number)
            sealed = Sealed("author", sealing.seal_concern(batch.sealing_key, concern))
            if not await self._store.add_message(transaction, named, sealed, batch.number, once, turn=0):
                raise Conflict(
                    "This concern was sent before, and is kept; nothing was added. If you did not see its six words, "
                    "they cannot be shown any more: open the form anew, and say that it replaces an earlier one."
                )
            if urgent:
                await self._release.send_urgent(transaction, batch)
                self._release.traces.leave()

    async def example(self, concern: Concern) -> tuple[dict[str, object], dict[str, object]]:
        """The very rows that a concern becomes, made and not kept."""
        keys = await self._keys(Receipt.draw())
        named, once = ConcernId.new(), self._vault.known_again(FormMark.new())
        sealed = Sealed("author", sealing.seal_concern(bytes(PrivateKey.generate().public_key), concern))
        return (
            concern_row(named, keys.lookup, bytes(keys.private.public_key), EXAMPLE_BATCH),
            message_row(named, sealed, EXAMPLE_BATCH, once, turn=0),
        )

    async def follow(self, receipt: Receipt) -> Thread:
        """What the council wrote to the holder of this receipt.

        Raises:
            NotFound: no concern has this receipt.
        """
        keys = await self._keys(receipt)
        async with self._store.database.reading() as transaction:
            return await self._thread(transaction, keys)

    async def add(self, receipt: Receipt, words: Words, mark: FormMark) -> Thread:
        """Add words of the author to a concern; they go to the council with the next batch.

        Raises:
            NotFound: no concern has this receipt.
            Conflict: this form was sent before; the first one counts.
        """
        keys = await self._keys(receipt)
        async with self._store.database.writing() as transaction:
            batch = await self._release.open_batch(transaction)
            found = await self._by_receipt(transaction, keys, hold=True)
            sealed = Sealed("author", sealing.seal_words(batch.sealing_key, words))
            await self._add_later(transaction, found.id, mark, sealed, batch.number)
            return await self._thread(transaction, keys)

    async def release(self) -> None:
        """Hand the waiting batch to the council if it is due (``bot.concerns.release``)."""
        await self._release.run()

    async def next_release(self) -> Going | None:
        """When what comes now goes to the council; None where everything goes at once."""
        return await self._release.next()

    async def read(self, concern: ConcernId) -> Released:
        """A released concern, for the council.

        Raises:
            NotFound: there is no such concern, or it is not released.
        """
        async with self._store.database.reading() as transaction:
            found = await self._store.by_id(transaction, concern)
            said = await self._store.conversation(transaction, concern)
        if found is None or found.released_at is None:
            raise NotFound("This concern is not here, or has not been released to the council.")
        keys = self._openers(concern)
        first, *rest = (each for each in said if each.released)
        opened = sealing.opened_if(sealing.open_concern, keys, first.for_council)
        words = (sealing.opened_if(sealing.open_words, keys, each.for_council) or UNREADABLE for each in rest)
        spoken = (Spoken(each.voice, written) for each, written in zip(rest, words, strict=True))
        conversation = (Spoken("author", opened.words if opened else UNREADABLE), *spoken)
        # The smallest: whoever wrote all of it was there each time.
        people = min((each.people for each in said if each.people is not None), default=None)
        about = opened.about if opened else None
        return Released(concern, code_name(found.lookup), about, conversation, people, found.released_at)

    async def forget(self, transaction: Transaction, concern: ConcernId) -> None:
        """Forget a concern for good; its key is destroyed, and the files rewritten, by the next run of the release.

        Args:
            transaction: the council's own, so that a concern and its case go together.

        Raises:
            Conflict: its author wrote something that the council has not been told yet.
        """
        # Held first: whoever adds to it by receipt comes either before this, or too late.
        await self._store.by_id(transaction, concern, hold=True)
        if await self._store.untold(transaction, concern):
            raise Conflict("The author has added something that the council does not have yet. Nothing was deleted.")
        await self._store.forget(transaction, concern)
        await self._release.forget_empty(transaction)
        self._release.traces.leave()

    async def added_to(self, message: MessageId) -> ConcernId:
        """The concern that a released message of its author belongs to.

        Raises:
            NotFound: there is no such message, or it is not released.
        """
        async with self._store.database.reading() as transaction:
            concern = await self._store.released_message(transaction, message)
        if concern is None:
            raise NotFound("This message is not here, or has not been released to the council.")
        return concern

    async def reply(self, transaction: Transaction, concern: ConcernId, words: Words, mark: FormMark) -> int:
        """Write to the author: sealed for the receipt's holder and for the council, and for nobody else; returns which
        of the council's messages it is, from 0.

        Args:
            transaction: the council's own, so that the reply and what the council notes of it arrive together.

        Raises:
            NotFound: there is no such concern, or it is not released.
            Conflict: this form was sent before; the first one counts.
        """
        found = await self._store.by_id(transaction, concern, hold=True)
        if found is None or not found.released:
            raise NotFound("This concern is not here any more. Nothing was sent.")
        own = bytes(self._keyring.concern(concern).public_key)
        sealed = Sealed("council", sealing.seal_words(own, words), sealing.seal_words(found.author_key, words))
        await self._add_later(transaction, concern, mark, sealed, batch=None)
        said = await self._store.conversation(transaction, concern)
        return sum(each.voice == "council" for each in said) - 1

    async def _keys(self, receipt: Receipt) -> Keys:
        async with self._hashing:
            return await asyncio.to_thread(derive, receipt, self._vault.salt, self._hardness)

    async def _by_receipt(self, transaction: Transaction, keys: Keys, *, hold: bool = False) -> Found:
        found = await self._store.by_lookup(transaction, keys.lookup, hold=hold)
        if found is None:
            raise NotFound(
                "No concern has this receipt. Please look at the six words again, in their order. Or it was resolved, "
                "and has been deleted since."
            )
        return found

    async def _thread(self, transaction: Transaction, keys: Keys) -> Thread:
        found = await self._by_receipt(transaction, keys)
        said = await self._store.conversation(transaction, found.id)
        replies = tuple(sealing.open_words((keys.private,), each.for_author) for each in said if each.for_author)
        return Thread(code_name(keys.lookup), found.released, replies, sum(not each.released for each in said))

    def _openers(self, concern: ConcernId) -> sealing.Opener:
        """The keys that may open what the council may read of a concern: its own, and what came before such keys."""
        own = self._keyring.known(concern)
        return (own, self._vault.private) if own else (self._vault.private,)

    async def _add_later(
        self, transaction: Transaction, concern: ConcernId, mark: FormMark, sealed: Sealed, batch: int | None
    ) -> None:
        turn = await self._store.next_turn(transaction, concern, waiting=batch is not None)
        once = self._vault.known_again(mark)
        if not await self._store.add_message(transaction, concern, sealed, batch, once, turn):
            raise Conflict("This was sent before; what was sent first counts, and nothing was added.")
