"""Breaks a promise on purpose: what the audit does not notice then, it would not notice ever."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal, TypeAlias

from adapters.terminal.board import Board
from benchmarks.kill.transcript import Acknowledged
from bot.chat.places import Place
from bot.concerns.receipt import Hardness, Receipt, derive
from bot.concerns.vault import Vault

Plant: TypeAlias = Literal["lose", "double"]


def plant(planted: Plant, folder: Path, told: Acknowledged) -> None:
    """Lose a concern that was acknowledged, or say a case twice."""
    match planted:
        case "lose":
            _lose(folder, next(iter(told.concerns.values())))
        case "double":
            _double(Board(folder))


def _lose(folder: Path, text: str) -> None:
    receipt = Receipt.parse(text)
    if receipt is None:
        raise ValueError("the transcript's receipt is none")
    lookup = derive(receipt, Vault.open(folder / "vault.key").salt, Hardness()).lookup
    with closing(sqlite3.connect(folder / "rai.db")) as connection, connection:
        (concern,) = connection.execute("SELECT id FROM concerns_concern WHERE lookup = ?", (lookup,)).fetchone()
        connection.execute("DELETE FROM concerns_message WHERE concern = ?", (concern,))
        connection.execute("DELETE FROM concerns_concern WHERE id = ?", (concern,))


def _double(board: Board) -> None:
    place = Place("terminal", "council")
    case = next(kept.card for kept in board.unread("planter", (place,)) if kept.card.title.startswith("Case "))
    board.post(place, case, secrets.token_hex(16))
