"""The vault: seals what people wrote with a key that is kept outside the database, all to one size."""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox

from bot.chat.errors import StoreProblem
from bot.chat.private import make_once
from bot.concerns.model import Concern, FormMark, Words

SIZE = 8_192
"""Bytes every message is padded to before it is sealed: its length says nothing."""

_KEY, _SALT = 32, 16


@dataclass(frozen=True)
class Vault:
    """One installation's key pair, and the salt of its receipts."""

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

    def seal_concern(self, concern: Concern) -> bytes:
        """A concern that only this vault opens."""
        return self._seal({"value": concern.value, "words": concern.words.text})

    def seal_words(self, words: Words) -> bytes:
        """Words that only this vault opens."""
        return self._seal({"words": words.text})

    def open_concern(self, sealed: bytes) -> Concern:
        """The concern that was sealed; raises StoreProblem where this vault's key does not fit."""
        content = _opened(self.private, sealed)
        return Concern(Words(content["words"]), content["value"])

    def open_words(self, sealed: bytes) -> Words:
        """The words that were sealed; raises StoreProblem where this vault's key does not fit."""
        return Words(_opened(self.private, sealed)["words"])

    def known_again(self, mark: FormMark) -> str:
        """What is kept of a form's mark: enough to know it again, and only with this vault's salt."""
        return blake2b(mark.value.encode(), digest_size=16, key=self.salt, encoder=RawEncoder).hex()

    def _seal(self, content: dict[str, str]) -> bytes:
        return _sealed(self.private.public_key, content)


def seal_for(author: bytes, words: Words) -> bytes:
    """Words that only the holder of the receipt opens; ``author`` is the receipt's public key."""
    return _sealed(PublicKey(author), {"words": words.text})


def open_with(private: PrivateKey, sealed: bytes) -> Words:
    """Words sealed for this receipt's key."""
    return Words(_opened(private, sealed)["words"])


def _sealed(public: PublicKey, content: dict[str, str]) -> bytes:
    # SealedBox (libsodium crypto_box_seal): a fresh key pair each time, so not even the sealer can open it again.
    plain = json.dumps(content, ensure_ascii=False).encode()
    return SealedBox(public).encrypt(sodium_pad(plain, SIZE))


def _opened(private: PrivateKey, sealed: bytes) -> dict[str, str]:
    try:
        content: dict[str, str] = json.loads(sodium_unpad(SealedBox(private).decrypt(sealed), SIZE))
    except (CryptoError, ValueError):
        # "from None": a cause could hold what was sealed.
        raise StoreProblem(
            "A message cannot be opened with the vault key of this installation. It is still kept, sealed. "
            "Put back the key that belongs to this database.",
            permanent=True,
        ) from None
    return content


def _write_key(draft: Path) -> None:
    draft.write_bytes(bytes(PrivateKey.generate()) + secrets.token_bytes(_SALT))
