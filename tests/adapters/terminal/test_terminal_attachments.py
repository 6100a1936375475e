"""Attachments, handed over as files."""

import pytest

from adapters.terminal.attachments import safe_name
from bot.chat.cards import Attachment, Card
from bot.chat.places import Place
from tests.adapters.terminal.house import Session


async def test_an_attachment_is_written_once_and_another_one_gets_a_number(session: Session) -> None:
    folder = session.folder / "files"
    screen = await session.play("whisper\nwhisper")
    assert screen.count(f"Saved: {folder / 'hour.ics'}\n") == 2
    assert (folder / "hour.ics").read_bytes() == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    other = Card("Other", (Attachment("../hour.ics", "text/calendar", "another"),))
    session.house.board.post(Place("terminal", "@you"), other, "key")
    assert f"Saved: {folder / 'hour-2.ics'}\n" in await session.play("")
    assert [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())] == [0o700, 0o600, 0o600]


async def test_a_file_that_cannot_be_written_is_told_and_the_message_is_shown(session: Session) -> None:
    (session.folder / "files").write_bytes(b"")
    screen = await session.play("whisper")
    assert "│ Owner " in screen
    assert "could not be written" in screen
    assert session.status == 0


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("hour.ics", "hour.ics"),
        ("../../etc/passwd", "etc-passwd"),
        (".bashrc", "bashrc"),
        ("-rf *", "rf-"),
        ("", "file"),
        ("\x1b[2J", "2J"),
        ("Sprechstunde für Mira.ics", "Sprechstunde-f-r-Mira.ics"),
        ("x" * 200, "x" * 80),
        ("x" * 200 + ".ics", "x" * 80 + ".ics"),
    ],
)
def test_names_of_files_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
