"""The terminal as a platform."""

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.terminal.board import Board
from adapters.terminal.messenger import TerminalDirectory, TerminalMessenger
from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.ports import Directory, Messenger
from tests.adapters.terminal.house import COUNCIL

MIRA = Actor("terminal", "local", "mira")
ELSEWHERE = Place("slack", "C0123")


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return Board(tmp_path)


@pytest.fixture
def messenger(board: Board) -> Messenger:
    return TerminalMessenger(board)


async def test_a_card_is_posted_found_and_changed(board: Board, messenger: Messenger) -> None:
    ref = await messenger.post(COUNCIL, Card("before"), "key")
    assert await messenger.find(COUNCIL, "key") == ref
    await messenger.edit(ref, Card("after"))
    assert [kept.card.title for kept in board.unread("chair", (COUNCIL,))] == ["after"]


async def test_what_a_person_is_told_stands_in_their_own_corner(board: Board, messenger: Messenger) -> None:
    ref = await messenger.tell(MIRA, Card("psst"), "key")
    assert ref.place == Place("terminal", "@mira")
    assert await messenger.find(MIRA, "key") == ref
    assert board.unread("mira", (COUNCIL,)) == ()


async def test_other_platforms_are_out_of_reach_for_ever(messenger: Messenger) -> None:
    attempts = (
        messenger.post(ELSEWHERE, Card("x"), "key"),
        messenger.edit(MessageRef(ELSEWHERE, "1"), Card("x")),
        messenger.tell(Actor("slack", "T1", "U1"), Card("x"), "key"),
        messenger.find(ELSEWHERE, "key"),
        messenger.find(Actor("slack", "T1", "U1"), "key"),
    )
    for attempt in attempts:
        with pytest.raises(Unreachable) as caught:
            await attempt
        assert caught.value.permanent


async def test_people_live_by_this_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    directory: Directory = TerminalDirectory()
    assert await directory.name(MIRA) == "mira"
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert await directory.zone(MIRA) == ZoneInfo("Europe/Berlin")
    monkeypatch.setenv("TZ", "Nowhere/Atall")
    assert await directory.zone(MIRA) is UTC


async def test_everybody_on_the_board_is_in_each_of_its_places(board: Board, messenger: Messenger) -> None:
    directory = TerminalDirectory(board)
    assert await directory.members(COUNCIL) == ()
    await messenger.tell(MIRA, Card("psst"), "key")
    await messenger.post(COUNCIL, Card("all"), "other")
    board.unread("ben", (COUNCIL,))
    assert sorted(await directory.members(COUNCIL)) == [Actor("terminal", "local", "ben"), MIRA]
    assert await TerminalDirectory().members(COUNCIL) == ()
    with pytest.raises(Unreachable):
        await directory.members(ELSEWHERE)


async def test_people_are_known_once_they_read_something_or_were_told(board: Board, messenger: Messenger) -> None:
    directory: Directory = TerminalDirectory(board)
    assert await directory.colleagues(MIRA) == ()
    await messenger.post(COUNCIL, Card("psst"), "key")
    await messenger.tell(Actor("terminal", "local", "tove"), Card("psst"), "other")
    board.unread("chair", (COUNCIL,))
    board.unread("you", (COUNCIL,))
    assert await directory.colleagues(MIRA) == ("chair", "tove")
    assert await TerminalDirectory().colleagues(MIRA) == ()


async def test_who_took_a_name_owns_it_and_who_took_none_is_anybody() -> None:
    directory: Directory = TerminalDirectory()
    assert await directory.own(MIRA) == ("mira",)
    assert await directory.own(Actor("terminal", "local", "you")) == ()
