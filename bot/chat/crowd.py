"""How many different people used the bot, and how often, and never who: counted under keys that live in memory only."""

import hashlib
import secrets
from collections import Counter
from datetime import date

from bot.chat.identity import Actor
from bot.chat.timing import Clock


class _Tokens:
    """Names people by keyed BLAKE2b hashes (RFC 7693) under a random key that is never written down."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, actor: Actor) -> bytes:
        return hashlib.blake2b(actor.address.encode(), key=self._key, digest_size=16).digest()


class Crowd:
    """Counts different people since the last ``forget``, and since the start.

    The first count's key is thrown away with each batch. A restart forgets both counts: the wait for a release gets
    longer, never shorter, since of the members the database keeps the largest number.
    """

    def __init__(self) -> None:
        self._all, self._members = _Tokens(), set[bytes]()
        self.forget()

    def saw(self, actor: Actor) -> None:
        """Count this person, once."""
        self._seen.add(self._tokens.of(actor))
        self._members.add(self._all.of(actor))

    def size(self) -> int:
        """How many different people were seen since the last ``forget``."""
        return len(self._seen)

    def members(self) -> int:
        """How many different people were seen since the start."""
        return len(self._members)

    def forget(self) -> None:
        """Throw the count and its key away."""
        self._tokens, self._seen = _Tokens(), set[bytes]()


class Uses:
    """How often each person said or sent something today, whatever it was, so that nobody can drown the others out.

    The key changes with each day (UTC), and nothing is written down: whoever reads the memory learns who used the bot
    today, and not for what.

    Args:
        most: uses of one person on one day.
    """

    def __init__(self, clock: Clock, most: int) -> None:
        self._clock = clock
        self._most = most
        self._day: date | None = None

    def one_more(self, actor: Actor) -> bool:
        """Count one use; whether it is still allowed."""
        today = self._clock.now().date()
        if today != self._day:
            self._day, self._tokens, self._counts = today, _Tokens(), Counter[bytes]()
        token = self._tokens.of(actor)
        self._counts[token] += 1
        return self._counts[token] <= self._most
