"""Attachments as files in a folder of the person's own."""

import re
from itertools import count
from pathlib import Path

from bot.chat.cards import Attachment
from bot.chat.errors import StoreProblem
from bot.chat.private import new_private_file, private_folder

LONGEST_NAME = 80

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def save(folder: Path, attachment: Attachment) -> Path:
    """Write an attachment, unless the same file is there already; another file of that name is left alone."""
    content = attachment.content.encode("utf-8", "replace")
    try:
        private_folder(folder)
        return _written(folder / safe_name(attachment.name), content)
    except OSError as error:
        raise StoreProblem(
            "The file that belongs to this message could not be written. The message itself is kept. "
            "Please check that the folder for files may be written and has room."
        ) from error


def safe_name(name: str) -> str:
    """A file name that can leave no folder, hide nothing and mean nothing to a shell."""
    kept = _UNSAFE.sub("-", name).lstrip(".-")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:10]}" if stem else kept[:LONGEST_NAME] or "file"


def _written(path: Path, content: bytes) -> Path:
    paths = (path if number == 1 else path.with_stem(f"{path.stem}-{number}") for number in count(1))
    return next(each for each in paths if _holds(each, content))


def _holds(path: Path, content: bytes) -> bool:
    """Whether the file has this content, which it is given where there is no file yet."""
    try:
        new_private_file(path, content)
    except FileExistsError:
        return path.is_file() and path.read_bytes() == content
    return True
