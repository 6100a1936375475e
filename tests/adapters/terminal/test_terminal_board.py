"""The terminal's message store: sealed, said once, and shared by several processes."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.secret import SecretBox

from adapters.terminal.board import Board
from adapters.terminal.wire import Seal, packed, unpacked
from bot.chat.cards import Block, Button, Card, Divider, Facts, Image, Quote, Text
from bot.chat.errors import StoreProblem, Unreachable
from bot.chat.places import MessageRef, Place
from bot.chat.private import make_once
from tests.adapters.terminal.house import COUNCIL, everything
from tests.adapters.terminal.strategies import blocks, cards, words

CORNER = Place("terminal", "@mira")


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return Board(tmp_path / "data")


@settings(max_examples=50)
@given(cards(words))
def test_cards_survive_the_way_to_the_disk_and_back(card: Card) -> None:
    assert unpacked(packed(card)) == card


@pytest.mark.parametrize("kind", get_args(Block))
@given(data=st.data())
@settings(max_examples=20)
def test_every_kind_of_block_comes_back_as_itself(kind: type[Block], data: st.DataObject) -> None:
    block = data.draw(blocks(words)[kind])
    (returned,) = unpacked(packed(Card("", (block,)))).blocks
    assert type(returned) is kind
    assert returned == block


def test_a_posted_card_is_read_once_by_each_reader(board: Board) -> None:
    card = everything("Mira")
    ref = board.post(COUNCIL, card, "key")
    (kept,) = board.unread("chair", (COUNCIL, CORNER))
    assert (kept.ref, kept.card) == (ref, card)
    assert board.unread("chair", (COUNCIL,)) == ()
    assert len(board.unread("mira", (COUNCIL,))) == 1


def test_messages_come_in_the_order_they_were_posted_and_only_from_the_places_asked_for(board: Board) -> None:
    for number in range(3):
        board.post(COUNCIL, Card(str(number)), f"key {number}")
    board.post(CORNER, Card("corner"), "corner key")
    assert [kept.card.title for kept in board.unread("chair", (COUNCIL,))] == ["0", "1", "2"]
    assert board.unread("chair", (Place("slack", "@mira"),)) == ()


def test_one_key_is_one_message(board: Board) -> None:
    first = board.post(COUNCIL, Card("first"), "key")
    assert board.post(COUNCIL, Card("again"), "key") == first
    assert [kept.card.title for kept in board.unread("chair", (COUNCIL,))] == ["first"]


def test_a_message_is_found_by_its_key_where_it_was_posted(board: Board) -> None:
    ref = board.post(COUNCIL, Card("first"), "key")
    assert board.find(COUNCIL, "key") == ref
    assert board.find(CORNER, "key") is None
    assert board.find(COUNCIL, "another key") is None


def test_a_message_that_changed_is_unread_again_and_one_that_did_not_is_not(board: Board) -> None:
    ref = board.post(COUNCIL, Card("before"), "key")
    board.unread("chair", (COUNCIL,))
    board.edit(ref, Card("before"))
    assert board.unread("chair", (COUNCIL,)) == ()
    board.edit(ref, Card("after"))
    assert [kept.card.title for kept in board.unread("chair", (COUNCIL,))] == ["after"]


def test_what_somebody_was_shown_is_not_unread(board: Board) -> None:
    ref = board.post(COUNCIL, Card("before"), "key")
    board.mark_read("chair", ref)
    assert board.unread("chair", (COUNCIL,)) == ()


def test_a_message_that_never_was_cannot_be_edited(board: Board) -> None:
    with pytest.raises(Unreachable) as caught:
        board.edit(MessageRef(COUNCIL, "nothing"), Card("after"))
    assert caught.value.permanent


def test_words_stand_nowhere_in_clear_and_files_belong_to_their_owner(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    board = Board(folder)
    with _left_open(folder):  # so that the write-ahead log is still there to be looked through
        ref = board.post(COUNCIL, Card("canary", (Quote("canary words"),)), "key")
        board.edit(ref, Card("canary changed"))
        paths = list(folder.iterdir())
        assert {path.name for path in paths} >= {"terminal.db", "terminal.db-wal", "terminal.key"}
        assert not [path for path in paths if b"canary" in path.read_bytes()]
        assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


@contextmanager
def _left_open(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / "terminal.db")) as connection:
        connection.execute("SELECT count(*) FROM message").fetchone()
        yield


def test_another_board_on_the_same_folder_sees_the_same(tmp_path: Path) -> None:
    ref = Board(tmp_path).post(COUNCIL, Card("first"), "key")
    assert Board(tmp_path).find(COUNCIL, "key") == ref


PROCESS = """
import sys
from pathlib import Path
from adapters.terminal.board import Board
from bot.chat.cards import Card
from bot.chat.places import Place
sys.stdin.readline()
board = Board(Path(sys.argv[1]))
print([board.post(Place("terminal", "council"), Card("one"), f"key {n}").message for n in range(10)])
"""


def test_processes_that_post_the_same_keys_at_once_post_them_once(tmp_path: Path) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = {process.communicate(timeout=20)[0] for process in started}
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert len(told) == 1
    assert len(Board(tmp_path).unread("chair", (COUNCIL,))) == 10
    assert sorted(path.name for path in tmp_path.iterdir()) == ["terminal.db", "terminal.key"]


def test_a_file_made_meanwhile_by_somebody_else_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"

    def fill(draft: Path) -> None:
        draft.write_bytes(b"ours")
        path.write_bytes(b"theirs")

    make_once(path, fill)
    assert path.read_bytes() == b"theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_cannot_be_used_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreProblem, match="folder"):
        Board(tmp_path / "file")


def test_a_damaged_key_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "terminal.key").write_bytes(b"short")
    with pytest.raises(StoreProblem, match="key"):
        Board(tmp_path)


def test_messages_under_another_key_are_told_in_words_and_stay_unread(tmp_path: Path) -> None:
    Board(tmp_path).post(COUNCIL, Card("first"), "key")
    right = (tmp_path / "terminal.key").read_bytes()
    (tmp_path / "terminal.key").write_bytes(bytes(32))
    with pytest.raises(StoreProblem, match="cannot be read"):
        Board(tmp_path).unread("chair", (COUNCIL,))
    (tmp_path / "terminal.key").write_bytes(right)
    assert len(Board(tmp_path).unread("chair", (COUNCIL,))) == 1


def test_a_block_of_a_later_version_is_told_in_words(tmp_path: Path) -> None:
    seal = Seal(tmp_path / "key")
    later = packed(Card("", (Divider(),))).replace(b"Divider", b"Hologram")
    sealed = bytes(SecretBox((tmp_path / "key").read_bytes()).encrypt(later))
    with pytest.raises(StoreProblem, match="version"):
        seal.open(sealed)


def test_a_file_that_is_gone_is_no_new_file(board: Board, tmp_path: Path) -> None:
    path = tmp_path / "data" / "terminal.db"
    path.unlink()
    with pytest.raises(Unreachable) as caught:
        board.find(COUNCIL, "key")
    assert not caught.value.permanent
    assert not path.exists()


def test_blocks_with_the_same_fields_keep_their_kind() -> None:
    card = Card(
        "",
        (Text("same"), Facts(()), Image("a", "b"), Quote("a", "b")),
        (Button("x", everything("").buttons[0].action),),
    )
    assert unpacked(packed(card)) == card
