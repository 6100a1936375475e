"""Logs: names and counts, never a person, never their words."""

import logging
from pathlib import Path

from bot.chat.private import private_folder

TALKATIVE = (
    # Each of these writes values, rows, addresses or whole messages at its lower levels.
    "aiosqlite",
    "alembic",
    "asyncio",
    "botbuilder",
    "botframework",
    "httpcore",
    "httpx",
    "markdown_it",
    "msrest",
    "psycopg",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "urllib3",
    "uvicorn.access",
)

UNTIMELY = ("apscheduler",)
"""These warn of what came late, such as a rewrite of the file that took long: it would tell when somebody wrote."""


def hush() -> None:
    """Keep the libraries that would log people, words or moments at WARNING or above, whatever level the root has."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in UNTIMELY:
        logging.getLogger(name).setLevel(logging.ERROR)


def to_file(folder: Path) -> None:
    """Write the log into ``folder``, which only its owner can read."""
    private_folder(folder)
    _configure(logging.FileHandler(folder / "rai.log", encoding="utf-8", delay=True))


def to_stderr() -> None:
    """Write the log where whoever runs the process collects it."""
    _configure(logging.StreamHandler())


def _configure(handler: logging.Handler) -> None:
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    hush()
