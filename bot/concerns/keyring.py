"""The keyring: a key for each batch and each concern, in files beside the database, destroyed when its time is over."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey

from bot.chat.errors import StoreProblem
from bot.chat.private import make_once, new_private_file, private_folder
from bot.concerns.model import ConcernId

_KEY = 32

_NEWEST = "newest-batch-"
"""What the name of an empty file begins with; a number follows."""


@dataclass(frozen=True)
class Keyring:
    """Private keys in files that only their owner reads; every process of an installation shares the folder.

    What was sealed for a key that is destroyed stays closed, in every copy of the database that anybody made. A file's
    times tell when its batch began or was released, and nothing of when a concern came.
    """

    folder: Path

    def batch(self, number: int) -> PrivateKey:
        """The key of a batch; made where there is none yet."""
        return self._made(f"batch-{number}")

    def concern(self, concern: ConcernId) -> PrivateKey:
        """The key of a released concern; made where there is none yet."""
        return self._made(concern.value)

    def known(self, concern: ConcernId) -> PrivateKey | None:
        """The key of a released concern, if there is one that is whole."""
        return self._read(self.folder / f"{concern.value}.key")

    def names(self) -> frozenset[str]:
        """What there are keys of: ids of concerns, and ``batch-`` with a number. A key whose maker was cut off may be
        there under its draft's name alone.
        """
        return frozenset(file.name.removeprefix(".").partition(".")[0] for file in self.folder.glob("*.key*"))

    def newest(self) -> int:
        """The highest number of a batch that the database was seen with; 0 where it was seen with none."""
        numbers = (file.name.removeprefix(_NEWEST) for file in self.folder.glob(f"{_NEWEST}*"))
        return max((int(each) for each in numbers if each.isdecimal()), default=0)

    def note_newest(self, number: int) -> None:
        """Note with which batch the database was seen; raises StoreProblem where that cannot be."""
        try:
            private_folder(self.folder)
            with suppress(FileExistsError):
                new_private_file(self.folder / f"{_NEWEST}{number}")
            for file in self.folder.glob(f"{_NEWEST}*"):
                if file.name != f"{_NEWEST}{number}":
                    file.unlink(missing_ok=True)
        except OSError as error:
            raise _problem() from error

    def destroy(self, name: str) -> None:
        """Overwrite a key and take its file away, for good; raises StoreProblem where that cannot be."""
        # Drafts are second names of it, or were to become it, where their makers were cut off.
        for file in (self.folder / f"{name}.key", *self.folder.glob(f".{name}.key.*")):
            try:
                with file.open("r+b", buffering=0) as opened:
                    opened.write(bytes(_KEY))
                    os.fsync(opened.fileno())
                file.unlink()
            except FileNotFoundError:
                continue  # another process was faster
            except OSError as error:
                raise _problem() from error

    def _made(self, name: str) -> PrivateKey:
        file = self.folder / f"{name}.key"
        try:
            private_folder(self.folder)
            make_once(file, _write)
        except OSError as error:
            raise _problem() from error
        key = self._read(file)
        if key is None:
            raise _problem()
        return key

    @staticmethod
    def _read(file: Path) -> PrivateKey | None:
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _problem() from error
        return PrivateKey(content) if len(content) == _KEY else None


def _write(draft: Path) -> None:
    draft.write_bytes(bytes(PrivateKey.generate()))


def _problem() -> StoreProblem:
    return StoreProblem(
        "A key in the keys folder of RAI_DATA_DIR cannot be used. What it seals stays sealed. Give the bot the right "
        "to read and write there, see that all its processes share the folder, and put a damaged key back from a copy.",
        permanent=True,
    )
