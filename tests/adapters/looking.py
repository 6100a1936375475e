"""Looks for what must stand nowhere: in every byte below a folder, and in what is logged or told, however written."""

import base64
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from urllib.parse import quote


def encodings(needle: str) -> Iterator[bytes]:
    """What a text may look like among bytes."""
    plain = needle.encode()
    yield plain
    yield needle.encode("utf-16-le")
    yield needle.encode("utf-16-be")
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    yield quote(needle, safe="").encode()
    # The middle of the base64 form, whatever stands before it.
    for shift in range(3):
        yield base64.b64encode(b"x" * shift + plain)[4:-4]
        yield base64.urlsafe_b64encode(b"x" * shift + plain)[4:-4]


def is_in(content: bytes, needle: str) -> bool:
    """Whether a text stands among these bytes."""
    return any(form in content for form in encodings(needle))


def files_with(folder: Path, needle: str) -> Iterator[str]:
    """The files below a folder in which a text stands."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        if is_in(path.read_bytes(), needle):
            yield f"file {path.name}"


def written(value: object) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def listening(level: int) -> Iterator[StringIO]:
    """Everything that is logged while the root is at a level; not the access log of a double's own server."""
    stream, root = StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(stream), root.level
    handler.addFilter(lambda record: record.name != "aiohttp.access")
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
