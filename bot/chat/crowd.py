"""How many different people used the bot, and never who: counted under a key that lives in memory only."""

import hashlib
import secrets

from bot.chat.identity import Actor


class Crowd:
    """Counts different people since the last ``forget``.

    A person is a keyed BLAKE2b hash (RFC 7693) under a random key that is never written down and is thrown away with
    each batch. A restart forgets the count: the wait for a release gets longer, never shorter.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._seen: set[bytes] = set()

    def saw(self, actor: Actor) -> None:
        """Count this person, once."""
        self._seen.add(hashlib.blake2b(actor.address.encode(), key=self._key, digest_size=16).digest())

    def size(self) -> int:
        """How many different people were seen."""
        return len(self._seen)

    def forget(self) -> None:
        """Throw the count and its key away."""
        self._key = secrets.token_bytes(32)
        self._seen = set()
