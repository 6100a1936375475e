"""Looks into a PNG file: its size and every pixel of it, where each is stored with eight bits a colour."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

Pixel = tuple[int, ...]

CHANNELS = {2: 3, 6: 4}
"""By PNG's colour type: without and with transparency."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is stored."""

    width: int
    height: int
    pixels: tuple[Pixel, ...]

    @property
    def opaque(self) -> bool:
        """Whether nothing shines through."""
        return all(len(each) == 3 or each[3] == 255 for each in self.pixels)


@cache
def picture(png: bytes) -> Picture:
    """Read a file."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n"), "no PNG"
    parts = list(_parts(png))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", dict(parts)[b"IHDR"])
    assert depth == 8, "colours of another depth than eight bits"
    assert kind in CHANNELS, "colours from a palette"
    assert not interlaced, "interlaced"
    packed = b"".join(content for name, content in parts if name == b"IDAT")
    return Picture(width, height, tuple(_pixels(zlib.decompress(packed), width, CHANNELS[kind])))


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _pixels(raw: bytes, width: int, channels: int) -> Iterator[Pixel]:
    length = width * channels
    above = bytes(length)
    for at in range(0, len(raw), length + 1):
        above = _unfiltered(raw[at], raw[at + 1 : at + 1 + length], above, channels)
        yield from (tuple(above[x : x + channels]) for x in range(0, length, channels))


def _unfiltered(kind: int, line: bytes, above: bytes, channels: int) -> bytes:
    """A line's bytes: each is stored as its distance from what stands left of it and above (PNG, chapter 9)."""
    found = bytearray(line)
    for x, distance in enumerate(line):
        left, corner = (found[x - channels], above[x - channels]) if x >= channels else (0, 0)
        guess = (0, left, above[x], (left + above[x]) // 2, _nearest(left, above[x], corner))[kind]
        found[x] = (distance + guess) & 0xFF
    return bytes(found)


def _nearest(left: int, up: int, corner: int) -> int:
    return min((left, up, corner), key=lambda each: abs(left + up - corner - each))
