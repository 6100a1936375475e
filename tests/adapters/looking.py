"""Looks for what must stand nowhere: in every byte below a folder, and in what is logged or told, however written."""

import base64
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from urllib.parse import quote


def forms(needle: str) -> dict[str, bytes]:
    """What a text may look like among bytes, each way by its name; what looks like another way is left out."""
    plain = needle.encode()
    every = {
        "UTF-8": plain,
        "UTF-16, little end first": needle.encode("utf-16-le"),
        "UTF-16, big end first": needle.encode("utf-16-be"),
        "hexadecimal": plain.hex().encode(),
        "hexadecimal in capitals": plain.hex().upper().encode(),
        "quoted for an address": quote(needle, safe="").encode(),
        "escaped as JSON": json.dumps(needle)[1:-1].encode(),
    }
    # The middle of the base64 form, whatever stands before it.
    for shift in range(3):
        every[f"base64, shifted by {shift}"] = base64.b64encode(b"x" * shift + plain)[4:-4]
        every[f"base64 for addresses, shifted by {shift}"] = base64.urlsafe_b64encode(b"x" * shift + plain)[4:-4]
    found: dict[bytes, str] = {}
    for name, form in every.items():
        found.setdefault(form, name)
    return {name: form for form, name in found.items()}


def encodings(needle: str) -> Iterator[bytes]:
    """What a text may look like among bytes."""
    yield from forms(needle).values()


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
