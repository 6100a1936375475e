"""The JSON that passes between a platform and its adapter, and careful ways to look into it."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

Json: TypeAlias = dict[str, object]
"""One JSON object, as it is sent or came."""


def inner(payload: object, *names: str) -> Json:
    """The object at the end of a path; empty where there is none."""
    found: object = payload
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return dict(found) if isinstance(found, Mapping) else {}


def word(payload: object, *names: str) -> str:
    """The text at the end of a path; empty where there is none."""
    *path, last = names
    found = inner(payload, *path).get(last)
    return found if isinstance(found, str) else ""


def objects(payload: object, *names: str) -> Iterator[Json]:
    """The objects of the list at the end of a path."""
    *path, last = names
    found = inner(payload, *path).get(last)
    if isinstance(found, list):
        yield from (dict(each) for each in found if isinstance(each, Mapping))
