"""The ledger: what people did and were told, written down outside the program that is killed."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

What: TypeAlias = Literal[
    "phase",  # what the program is at
    "person",  # somebody is about to use it
    "opened",  # a form is open
    "sent",  # a form is on its way
    "told",  # its answer was shown: the receipt, or that it is kept
    "settling",  # what is due is about to happen
    "settled",  # all of it has happened
    "read",  # what stands behind a receipt, at the very end
    "error",  # something was logged as an error
    "struck",  # the program ends itself here
    "whole",  # the life ended by itself
]


@dataclass(frozen=True)
class Entry:
    """One line.

    Args:
        at: by the clock of the house.
        about: words, a person or a phase.
    """

    what: What
    at: datetime
    about: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


class Ledger:
    """One life's file: each line is handed to the operating system before the next thing happens, and so stays."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def write(self, entry: Entry) -> None:
        """Add a line."""
        line = json.dumps(asdict(entry) | {"at": entry.at.timestamp()})
        os.write(self._file, f"{line}\n".encode())


def read(path: Path) -> tuple[Entry, ...]:
    """What a life's file holds; a last line that was cut off was never written."""
    whole, _, _ = path.read_text("utf-8").rpartition("\n") if path.exists() else ("", "", "")
    return tuple(_entry(json.loads(line)) for line in whole.splitlines())


def _entry(line: dict[str, object]) -> Entry:
    at = datetime.fromtimestamp(float(str(line.pop("at"))), UTC)
    return Entry(at=at, **line)  # type: ignore[arg-type]  # our own writing
