"""The real program as a child process, away from whatever is set on this machine."""

import os
import platform
import sqlite3
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

_OURS = ("RAI_", "SLACK_", "TEAMS_")


def rai(*words: str) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-u", "-m", "bot", *words]


def environment(data_folder: Path) -> dict[str, str]:
    """The variables of a child that keeps its data in that folder; none of the machine's own settings get through."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    # PYTHONPATH: the child runs elsewhere, where no .env lies. COLUMNS: so that no receipt is broken over two lines.
    return inherited | {"RAI_DATA_DIR": str(data_folder), "PYTHONPATH": str(ROOT), "COLUMNS": "100"}


def machine() -> str:
    """What this was measured on, in one line."""
    busy = os.getloadavg()[0]
    return (
        f"{platform.system()} {platform.machine()}, {len(os.sched_getaffinity(0))} cores (load {busy:.1f}), "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    )
