"""The receipt: six words that only the author has, and the keys that come from them."""

import re
import secrets
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from argon2.low_level import Type, hash_secret_raw
from nacl.encoding import RawEncoder
from nacl.hash import blake2b
from nacl.public import PrivateKey

LENGTH = 6
"""Six words of 7,776 are 77.5 bits."""


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words of the EFF long list (eff.org/dice, CC BY 3.0 US), as the xkcdpass package carries them."""
    listed = resources.files("xkcdpass").joinpath("static/eff-long").read_text("utf-8").split()
    return tuple(listed)


@dataclass(frozen=True)
class Receipt:
    """Six words of the list."""

    words: tuple[str, ...] = field(repr=False)

    @classmethod
    def draw(cls) -> "Receipt":
        """A fresh receipt from the operating system's random source."""
        return cls(tuple(secrets.choice(word_list()) for _ in range(LENGTH)))

    @classmethod
    def parse(cls, text: str) -> "Receipt":
        """The receipt somebody typed, whatever its case, numbers, signs or spaces.

        Raises:
            ValueError: it cannot be one; says why, in a sentence for who typed it.
        """
        words, known = _words_in(text), frozenset(word_list())
        unknown = [word for word in words if word not in known]
        if len(words) != LENGTH:
            raise ValueError(f"A receipt is six words, as they were shown; here are {len(words)}. Please look again.")
        if unknown:
            raise ValueError(f"“{unknown[0]}” is none of the words that receipts are made of. Please look again.")
        return cls(words)

    def stands_in(self, text: str) -> bool:
        """Whether somebody wrote it into a text."""
        return f" {self.text} " in f" {' '.join(_words_in(text))} "

    @property
    def text(self) -> str:
        """The words as they are shown."""
        return " ".join(self.words)


def _words_in(text: str) -> tuple[str, ...]:
    """Its words, without numbers and signs; a few on the list have a hyphen of their own."""
    found = (word.strip("-") for word in re.findall(r"[^\W\d_](?:[^\W\d_]|-)*", text.lower()))
    known = frozenset(word_list())
    return tuple(part for word in found for part in ([word] if word in known else word.split("-")) if part)


@dataclass(frozen=True)
class Kept:
    """What an author gets for a concern: the receipt, and the name it goes by."""

    receipt: Receipt
    code: str


@dataclass(frozen=True)
class Hardness:
    """What guessing one receipt costs (Argon2id, RFC 9106 section 3.1).

    Args:
        memory: KiB that one try fills.
        passes: how often it goes over them.
    """

    memory: int = 64 * 1024
    passes: int = 3


@dataclass(frozen=True)
class Keys:
    """What comes from a receipt: the name its concern is found by, and the key that opens the replies to it."""

    lookup: str = field(repr=False)
    private: PrivateKey = field(repr=False)


def derive(receipt: Receipt, salt: bytes, hardness: Hardness) -> Keys:
    """The keys of a receipt: one Argon2id output of 64 bytes, half a name and half an X25519 key.

    Args:
        salt: 16 random bytes of this installation.
    """
    secret = hash_secret_raw(
        receipt.text.encode(), salt, hardness.passes, hardness.memory, parallelism=1, hash_len=64, type=Type.ID
    )
    return Keys(secret[:32].hex(), PrivateKey(secret[32:]))


def code_name(lookup: str) -> str:
    """Two words that a concern is called by, to its author and to the council: from the hash of what is a hash already,
    so they tell nothing of the receipt, and need not be stored.
    """
    digest = blake2b(lookup.encode(), digest_size=16, person=b"code name", encoder=RawEncoder)
    words = word_list()
    return "-".join(words[int.from_bytes(half) % len(words)] for half in (digest[:8], digest[8:]))
