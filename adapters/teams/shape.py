"""What a form in a dialog carries of itself, to be drawn again: Teams sends back what was typed and no more."""

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, field

from adapters.shapes import Json, objects, word

DEEPEST = 24
"""Levels of a form's elements: ours have half as many."""

LARGEST = 200_000
"""Bytes of a form that is drawn again: ours are a tenth of that, and whoever sends more sends no form of ours."""


@dataclass(frozen=True)
class Shape:
    """A form without what was typed: its title, the elements above its button, and what stands on that."""

    title: str = field(repr=False)
    submit: str = field(repr=False)
    body: list[Json] = field(repr=False)

    @property
    def inputs(self) -> dict[str, Json]:
        """The inputs by the names of their fields, in order."""
        within = (each for frame in self.body for each in (frame, *objects(frame, "items")))
        return {word(each, "id"): each for each in within if word(each, "type").startswith("Input.")}


def packed(shape: Shape) -> str:
    """The shape as letters that pass through anything."""
    whole = {"title": shape.title, "submit": shape.submit, "body": shape.body}
    return b64encode(zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 9)).decode()


def unpacked(letters: str) -> Shape:
    """The shape again; raises ValueError where the letters are none of ours. Whoever sends them may have made them."""
    try:
        whole = {"": json.loads(_expanded(b64decode(letters, validate=True)))}
        # Python reads numbers and letters that no JSON may hold.
        json.dumps(whole, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, zlib.error, RecursionError):
        raise ValueError("a form without a shape of ours") from None
    body = list(objects(whole, "", "body"))
    if not body or _is_deep(body):
        raise ValueError("a form of nothing, or with more inside than any of ours")
    return Shape(word(whole, "", "title"), word(whole, "", "submit"), body)


def _expanded(data: bytes) -> bytes:
    expander = zlib.decompressobj()
    found = expander.decompress(data, LARGEST)
    if not expander.eof:
        raise ValueError("a form that is cut off, or larger than any of ours")
    return found


def _is_deep(level: list[Json]) -> bool:
    """Whether something is nested deeper than what we draw; such things break whoever writes them again."""
    inside: list[object] = list(level)
    for _ in range(DEEPEST):
        inside = [each for found in inside for each in _children(found)]
    return bool(inside)


def _children(found: object) -> list[object]:
    if isinstance(found, dict):
        return list(found.values())
    return found if isinstance(found, list) else []
