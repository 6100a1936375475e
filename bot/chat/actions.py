"""Buttons' names and payloads: typed when drawn, typed again when pressed."""

import re
import secrets
from dataclasses import dataclass, field
from typing import Annotated, Generic, TypeAlias, TypeVar

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError, with_config

from bot.chat.errors import StaleButton

Payload = TypeVar("Payload")

LONGEST_DATA = 1_900
"""Characters a button's data may have: Slack takes 2,000, and the envelope needs some."""

Mark: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""A random id of ours inside a payload; anything else that comes back is refused when the payload is read."""

_NAME = re.compile(r"[a-z]+\.[a-z-]+/[0-9]+")


def new_mark() -> str:
    """A fresh random id: 128 bits in 32 hexadecimal digits."""
    return secrets.token_hex(16)


def is_mark(text: str) -> bool:
    """Whether a text can be an id of ours."""
    return re.fullmatch("[0-9a-f]{32}", text) is not None


@dataclass(frozen=True)
class Pressed:
    """What a button carries: the action's name and its payload as compact JSON. It is no authority for anything."""

    name: str
    data: str = field(repr=False)


class Codec(Generic[Payload]):
    """Turns a frozen dataclass of plain fields into compact JSON and back: for buttons, and for what forms hide."""

    def __init__(self, payload: type[Payload]) -> None:
        self._adapter = TypeAdapter(with_config(ConfigDict(extra="forbid", strict=True))(payload))

    def write(self, payload: Payload) -> str:
        """At most 1,900 characters; raises ValueError where it would be more."""
        data = self._adapter.dump_json(payload).decode()
        if len(data) > LONGEST_DATA:
            raise ValueError(f"a payload of {len(data)} characters, more than {LONGEST_DATA}")
        return data

    def read(self, data: str) -> Payload:
        """What was written; raises StaleButton where it does not fit this version."""
        try:
            return self._adapter.validate_json(data)
        except ValidationError:
            # "from None": the cause holds the data, and a traceback may reach a log.
            raise StaleButton from None


class Action(Generic[Payload]):
    """One thing a button can do.

    Args:
        name: ``room.verb/version``; the version rises whenever the payload's shape or meaning changes.
        payload: a frozen dataclass of plain fields.
    """

    def __init__(self, name: str, payload: type[Payload]) -> None:
        if not _NAME.fullmatch(name):
            raise ValueError(f"an action is named room.verb/version, not {name!r}")
        self.name = name
        self._codec = Codec(payload)

    def __call__(self, payload: Payload) -> Pressed:
        """The value to put on a button; raises ValueError where the payload is longer than a button can carry."""
        return Pressed(self.name, self._codec.write(payload))

    def read(self, data: str) -> Payload:
        """The payload of a pressed button; raises StaleButton where it does not fit this version."""
        return self._codec.read(data)


@dataclass(frozen=True)
class NoPayload:
    """The payload of a button that needs none."""
