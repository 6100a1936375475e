"""Where lines come from: scripts, pipes, and people."""

import asyncio
import io
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from adapters.terminal.lines import LONGEST, EndOfInput, Left, PipedLines
from adapters.terminal.prompt import DiscreetHistory, LineCompleter, PromptLines
from bot.chat.welcome import VerbLine
from tests.adapters.terminal.house import Session, terminal

VERBS = (VerbLine("book", "book an hour"), VerbLine("concern", "say what goes wrong", sealed=True))
PEOPLE = ("chair", "mira")


@pytest.fixture
def keys(caplog: pytest.LogCaptureFixture) -> Iterator[PipeInput]:
    """A keyboard to type on, and no screen."""
    caplog.set_level(logging.INFO, logger="asyncio")
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


@pytest.fixture
def lines() -> PromptLines:
    return PromptLines(VERBS, PEOPLE)


async def test_a_person_types_a_line(keys: PipeInput, lines: PromptLines) -> None:
    keys.send_text("what is fair?\r")
    assert await lines.ask("you> ", form=False) == "what is fair?"


async def test_a_line_can_be_had_again_unless_it_answered_or_was_sealed(keys: PipeInput, lines: PromptLines) -> None:
    for text, form in (("book", False), ("answer", True), ("/rai Concern secret", False), ("concern", False)):
        keys.send_text(text + "\r")
        await lines.ask("> ", form=form)
    keys.send_text("\x1b[A\r")  # the up arrow
    assert await lines.ask("> ", form=False) == "book"


async def test_control_c_clears_the_line_and_once_more_leaves(keys: PipeInput, lines: PromptLines) -> None:
    keys.send_text("half a li\x03whole\r")
    assert await lines.ask("> ", form=False) == "whole"
    keys.send_text("\x03again\x03\x03")
    with pytest.raises(EndOfInput):
        await lines.ask("> ", form=False)


async def test_control_c_leaves_a_question_and_once_more_leaves_the_terminal(
    keys: PipeInput, lines: PromptLines
) -> None:
    keys.send_text("half an ans\x03")
    with pytest.raises(Left):
        await lines.ask("> ", form=True)
    keys.send_text("\x03")
    with pytest.raises(EndOfInput):
        await lines.ask("> ", form=False)


async def test_control_d_leaves(keys: PipeInput, lines: PromptLines) -> None:
    keys.send_text("\x04")
    with pytest.raises(EndOfInput):
        await lines.ask("> ", form=False)


async def test_a_whole_session_at_the_keyboard(keys: PipeInput, session: Session) -> None:
    screen = io.StringIO()
    front = terminal(
        session.house, Console(file=screen, width=80), PromptLines(VERBS, PEOPLE), session.folder / "files"
    )
    keys.send_text("\rwhisper\r3\r\x03" + "concern\r\x03" + "\x03")
    assert await front.run() == 0
    assert "Nothing was changed." in screen.getvalue()
    assert "Nothing was sent." in screen.getvalue()
    assert "you>" not in screen.getvalue()  # the prompt is the keyboard's own


def offered(text: str) -> list[str]:
    completer = LineCompleter(VERBS, PEOPLE)
    return [each.text for each in completer.get_completions(Document(text), CompleteEvent())]


@pytest.mark.parametrize(
    ("text", "completions"),
    [
        ("", []),
        ("b", ["book"]),
        ("/h", ["/help"]),
        ("/", ["/rai", "/as", "/keep", "/help", "/quit"]),
        ("/rai ", ["book", "concern"]),
        ("/rai C", ["concern"]),
        ("/as ", ["chair", "mira"]),
        ("/as m", ["mira"]),
        ("book m", []),
        ("/rai book m", []),
    ],
)
def test_what_is_offered_while_typing(text: str, completions: list[str]) -> None:
    assert offered(text) == completions


def test_the_history_holds_nothing_sealed() -> None:
    history = DiscreetHistory(VERBS)
    for line in ("book", "concern words", "/rai concern words", "CONCERN words"):
        history.append_string(line)
    assert history.get_strings() == ["book"]


async def test_a_pipe_is_read_to_its_end(session: Session) -> None:
    screen = io.StringIO()
    lines = PipedLines(io.TextIOWrapper(io.BytesIO(b"caf\xe9 \xff\r\nlast")), Console(file=screen))
    assert await lines.ask("> ", form=False) == "caf� �"
    assert await lines.ask("> ", form=True) == "last"
    with pytest.raises(EndOfInput):
        await lines.ask("> ", form=False)
    assert screen.getvalue() == "> caf� �\n> last\n"


@contextmanager
def pipe() -> Iterator[tuple[TextIO, int]]:
    """What comes out of a pipe, and where it goes in; whoever reads closes what it reads."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as stream:
        yield stream, writing


async def test_whoever_waits_for_a_pipe_can_be_interrupted() -> None:
    with pipe() as (stream, writing):
        lines = PipedLines(stream, Console(file=io.StringIO()))
        os.write(writing, b"first\nhalf a li")
        assert await lines.ask("> ", form=False) == "first"
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(lines.ask("> ", form=False), 0.02)
        os.write(writing, b"ne\nlast")
        os.close(writing)
        assert await lines.ask("> ", form=False) == "half a line"
        assert await lines.ask("> ", form=True) == "last"
        with pytest.raises(EndOfInput):
            await lines.ask("> ", form=False)


async def test_a_line_that_never_ends_ends_the_session() -> None:
    screen = io.StringIO()
    with pipe() as (stream, writing):
        lines = PipedLines(stream, Console(file=screen))

        def endless() -> None:
            with os.fdopen(writing, "wb") as program:
                program.write(b"x" * 2 * LONGEST)

        writes = asyncio.create_task(asyncio.to_thread(endless))
        with pytest.raises(EndOfInput):
            await lines.ask("> ", form=True)
        assert "too long to be read" in screen.getvalue()
        assert "xx" not in screen.getvalue()
        await writes
        with suppress(EndOfInput):
            while await lines.ask("> ", form=True):  # to the end of it, so that it is closed
                pass
