"""Files that nobody else may read, made once however many processes start together."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def private_folder(folder: Path) -> None:
    """Make a folder for its owner alone, where it is missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def new_private_file(path: Path, content: bytes = b"") -> None:
    """Make a file for its owner alone; raises FileExistsError where there is one already."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)


def make_once(path: Path, fill: Callable[[Path], None]) -> None:
    """Make a file unless there is one: whole or not at all, and the same one for every process."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    new_private_file(draft)
    try:
        fill(draft)
        _to_disk(draft)
        path.hardlink_to(draft)  # fails where somebody was faster: theirs is kept
        _to_disk(path.parent)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
