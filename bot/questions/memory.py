"""A short memory: bounded, in this process alone, under hashes whose key is never written down."""

import hashlib
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.timing import Clock

MOST_KEPT = 1_000
SUBJECT_LASTS = timedelta(hours=1)

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Keeps the newest values, each for a while. What they are kept under cannot be read back."""

    def __init__(self, clock: Clock, most: int, lasts: timedelta) -> None:
        self._clock, self._most, self._lasts = clock, most, lasts
        self._key = secrets.token_bytes(32)
        self._kept: OrderedDict[bytes, tuple[datetime, Value]] = OrderedDict()

    def keep(self, under: str, value: Value) -> None:
        """Keep a value; the oldest one goes where there are too many."""
        name = self._hash(under)
        self._kept.pop(name, None)
        self._kept[name] = (self._clock.now() + self._lasts, value)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def recall(self, under: str) -> Value | None:
        """What was kept under this, unless its time is over."""
        until, value = self._kept.get(self._hash(under), (None, None))
        return value if until is not None and self._clock.now() < until else None

    def __len__(self) -> int:
        return len(self._kept)

    def _hash(self, under: str) -> bytes:
        return hashlib.blake2b(under.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()


class Subjects:
    """What the talk was about: the entry that a person was last answered with in a place. Ids alone, never words."""

    def __init__(self, clock: Clock) -> None:
        self._subjects: Memory[str] = Memory(clock, MOST_KEPT, SUBJECT_LASTS)
        # A press in a whisper does not say where it stands: it is taken for the place where the person asked last.
        self._last: Memory[bytes] = Memory(clock, MOST_KEPT, SUBJECT_LASTS)
        self._salt = secrets.token_bytes(32)

    def came(self, actor: Actor, place: Place) -> None:
        """Somebody asks in a place."""
        where = f"{place.key} {place.thread}".encode()
        self._last.keep(actor.address, hashlib.blake2b(where, key=self._salt, digest_size=16).digest())

    def answered(self, actor: Actor, entry: str) -> None:
        """They were answered with this entry, where they asked last."""
        if (place := self._last.recall(actor.address)) is not None:
            self._subjects.keep(f"{place.hex()} {actor.address}", entry)

    def of(self, actor: Actor) -> str | None:
        """The entry that the talk is about where they asked last."""
        place = self._last.recall(actor.address)
        return self._subjects.recall(f"{place.hex()} {actor.address}") if place is not None else None
