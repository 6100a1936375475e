"""What the database refused, as a sentence for a person; its own text is looked at, never repeated."""

import logging

from sqlalchemy.exc import DBAPIError

from bot.chat.errors import StoreProblem

log = logging.getLogger(__name__)


def problem(error: DBAPIError) -> StoreProblem:
    """The sentence for what the database refused; the original text is looked at, never repeated."""
    log.warning("the database refused: %s", type(error.orig).__name__)
    return StoreProblem(sentence(error.orig))


def sentence(error: BaseException | None) -> str:
    """The same for whatever a driver raised, without a word of it."""
    words = str(error).lower()
    told = next((sentence for sign, sentence in _SENTENCES.items() if sign in words), _OTHERWISE)
    return f"{told} Nothing of this was saved."


_OTHERWISE = "The database cannot be used at the moment. Please try again later."

CROWDED = "The database does not answer in time. Nothing of this was saved. Please try again in a moment."

_SENTENCES = {
    "readonly": "The database file is read-only. Give the bot the right to write to it and to its folder.",
    "read-only": "The database is read-only. Give the bot the right to write to it.",
    "full": "The disk that holds the database is full. Make room and try again.",
    "no space": "The disk that holds the database is full. Make room and try again.",
    "locked": "Another process has been writing to the database for too long. Please try again.",
    "unable to open": "The database file cannot be opened. See that its folder exists and belongs to the bot.",
    "not a database": "The database file is not a database, or is damaged. Put a backup in its place.",
    "malformed": "The database file is damaged. Put a backup in its place.",
    "disk i/o": "The disk that holds the database reports errors or is full. See to the disk and try again.",
    "connection": "The database server does not answer. Please try again in a moment.",
}
