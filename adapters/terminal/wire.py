"""Cards as bytes, sealed under a key: what people wrote never stands in clear on the disk."""

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random
from pydantic import TypeAdapter, ValidationError

from bot.chat.cards import Block, Button, Card
from bot.chat.errors import StoreProblem
from bot.chat.private import make_once

# A block says nothing of its own kind, and some kinds have the same fields: its name travels beside it.
_KINDS: dict[str, TypeAdapter[Block]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Block)}


@dataclass(frozen=True)
class _Wire:
    title: str
    blocks: tuple[tuple[str, str], ...]
    buttons: tuple[Button, ...]
    fallback: str


_WIRE = TypeAdapter(_Wire)


def packed(card: Card) -> bytes:
    """A card as JSON."""
    blocks = tuple(
        (type(block).__name__, _KINDS[type(block).__name__].dump_json(block).decode()) for block in card.blocks
    )
    return _WIRE.dump_json(_Wire(card.title, blocks, card.buttons, card.fallback))


def unpacked(data: bytes) -> Card:
    """The card that was packed; raises ValueError where another version of the bot packed it otherwise."""
    wire = _WIRE.validate_json(data)
    blocks = tuple(_KINDS[kind].validate_json(block) for kind, block in wire.blocks)
    return Card(wire.title, blocks, wire.buttons, wire.fallback)


class Seal:
    """Closes and opens cards under the key in a file, which is made where it is missing.

    Raises:
        StoreProblem: the file holds no key.
    """

    def __init__(self, path: Path) -> None:
        make_once(path, _write_key)
        key = path.read_bytes()
        if len(key) != SecretBox.KEY_SIZE:
            raise StoreProblem(
                "The key of the terminal's messages is damaged. Nothing was changed. "
                "Please bring back terminal.key from a backup.",
                permanent=True,
            )
        self._box = SecretBox(key)

    def close(self, card: Card) -> bytes:
        """The card, unreadable without the key."""
        return bytes(self._box.encrypt(packed(card)))

    def open(self, sealed: bytes) -> Card:
        """The card that was closed; raises StoreProblem where key or version do not fit."""
        try:
            return unpacked(self._box.decrypt(sealed))
        except (CryptoError, ValidationError, KeyError):
            # "from None": the cause may hold what somebody wrote, and a traceback may reach a log.
            raise StoreProblem(
                "A message in the terminal's folder cannot be read: its key or its version is another one. "
                "It was kept as it is. Please bring back the terminal.key it was written with.",
                permanent=True,
            ) from None


def _write_key(path: Path) -> None:
    path.write_bytes(random(SecretBox.KEY_SIZE))
