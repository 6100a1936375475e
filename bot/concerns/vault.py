"""The vault: seals what people wrote with keys that are kept outside the database, all to one size."""

import json
import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox

from bot.chat.errors import StoreProblem
from bot.chat.private import make_once
from bot.concerns.model import About, Concern, FormMark, Words

log = logging.getLogger(__name__)

SIZE = 8_192
"""Bytes every message is padded to before it is sealed: its length says nothing."""

_KEY, _SALT = 32, 16

Opened = TypeVar("Opened")

Opener: TypeAlias = Iterable[PrivateKey]
"""The keys that may fit, tried in turn."""


@dataclass(frozen=True)
class Vault:
    """One installation's salt, and the key that opens what was sealed before batches had keys of their own."""

    private: PrivateKey = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def open(cls, file: Path) -> "Vault":
        """The vault whose key is in ``file``; made there, readable by its owner alone, where there is none yet.

        Raises:
            StoreProblem: the file cannot be read or written, or is no vault key.
        """
        try:
            make_once(file, _write_key)
            return cls._from_bytes(file.read_bytes())
        except (OSError, ValueError) as error:
            raise StoreProblem(
                "The vault key (vault.key in RAI_DATA_DIR) cannot be used. Concerns stay sealed. "
                "Put the key back from its backup, or give the bot the right to read it.",
                permanent=True,
            ) from error

    @classmethod
    def _from_bytes(cls, content: bytes) -> "Vault":
        if len(content) != _KEY + _SALT:
            raise ValueError("a vault key has 48 bytes")
        return cls(PrivateKey(content[:_KEY]), content[_KEY:])

    @property
    def fingerprint(self) -> str:
        """What the database remembers of the key, to notice another one."""
        return blake2b(bytes(self.private.public_key) + self.salt, digest_size=16).decode()

    def known_again(self, mark: FormMark) -> str:
        """What is kept of a form's mark: enough to know it again, and only with this vault's salt."""
        return blake2b(mark.value.encode(), digest_size=16, key=self.salt, encoder=RawEncoder).hex()


def seal_concern(public: bytes, concern: Concern) -> bytes:
    """A concern that only the holder of the private half opens."""
    return _sealed(public, {"words": concern.words.text, "about": astuple(concern.about)})


def seal_words(public: bytes, words: Words) -> bytes:
    """Words that only the holder of the private half opens."""
    return _sealed(public, {"words": words.text})


def open_concern(private: Opener, sealed: bytes) -> Concern:
    """The concern that was sealed; raises StoreProblem where no key fits."""
    content = json.loads(_opened(private, sealed))
    # Before version 0.2 a concern told its value alone.
    return Concern(Words(content["words"]), About(*content.get("about", (content.get("value"),))))


def open_words(private: Opener, sealed: bytes) -> Words:
    """The words that were sealed; raises StoreProblem where no key fits."""
    return Words(json.loads(_opened(private, sealed))["words"])


def opened_if(opens: Callable[[Opener, bytes], Opened], private: Opener, sealed: bytes) -> Opened | None:
    """What was sealed; None where no key fits, which may keep nobody from the rest of a concern, and from its end."""
    try:
        return opens(private, sealed)
    except StoreProblem:
        log.error("a message of a concern cannot be opened: its key is gone, or it is damaged")
        return None


def seal_anew(private: Opener, public: bytes, sealed: bytes) -> bytes:
    """The same message under another key."""
    return SealedBox(PublicKey(public)).encrypt(sodium_pad(_opened(private, sealed), SIZE))


def _sealed(public: bytes, content: Mapping[str, object]) -> bytes:
    # SealedBox (libsodium crypto_box_seal): a fresh key pair each time, so not even the sealer can open it again.
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return SealedBox(PublicKey(public)).encrypt(sodium_pad(plain, SIZE))


def _opened(private: Opener, sealed: bytes) -> bytes:
    for key in private:
        with suppress(CryptoError, ValueError):
            return sodium_unpad(SealedBox(key).decrypt(sealed), SIZE)
    # Outside of any "except": a cause could hold what was sealed.
    raise StoreProblem(
        "A message cannot be opened with the keys of this installation. It is still kept, sealed. "
        "Put back the vault key and the keys folder that belong to this database.",
        permanent=True,
    )


def _write_key(draft: Path) -> None:
    draft.write_bytes(bytes(PrivateKey.generate()) + secrets.token_bytes(_SALT))
