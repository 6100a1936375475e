"""Where lines come from when nobody sits at the terminal: a script, or another program."""

import asyncio
import io
import os
import stat
from typing import Protocol, TextIO

from rich.console import Console
from rich.text import Text as Words

from adapters.terminal.render import Harmless, one_line

LONGEST = 2**24
"""Bytes of a line that is still read from a pipe."""


class EndOfInput(Exception):
    """There are no more lines, or the person wants to go."""


class HalfWay(EndOfInput):
    """The lines ended in the middle of a form."""


class Left(Exception):
    """The person leaves what they are asked, and stays."""


class Lines(Protocol):
    """Asks for lines, one at a time."""

    @property
    def news_every(self) -> float | None:
        """Seconds after which to look for new messages while somebody thinks; None where nobody is there to see."""

    async def ask(self, prompt: str, *, form: bool) -> str:
        """The next line.

        Args:
            form: whether it answers a question; an answer may be remembered nowhere.

        Raises:
            EndOfInput: there is none.
            Left: the person leaves the question.
        """


class PipedLines:
    """The lines of a stream, each printed behind its prompt, so that what comes out reads like a session.

    Lines that begin with ``#`` are comments: printed, and nothing else.
    """

    news_every = None

    def __init__(self, stream: TextIO, console: Console) -> None:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # one odd byte must not end a session
        self._stream = stream
        self._is_pipe = _is_pipe(stream)  # which cannot be told any more at its end, where it is closed
        self._piped: asyncio.StreamReader | None = None
        self._console = console

    async def ask(self, prompt: str, *, form: bool) -> str:
        while line := await self._next():
            line = line.rstrip("\r\n")
            if line.startswith("#"):
                self._print(Words(one_line(line), style="dim italic"))
            elif form or line.strip():  # an empty line answers a question; between commands it only parts them
                self._print(Words.assemble((prompt, "bold cyan"), one_line(line)))
                return line
        raise EndOfInput

    async def _next(self) -> str:
        """The next line with its end, or nothing where there is none.

        A pipe is waited for without a thread: nobody can interrupt a thread that reads, and the program would not end.
        """
        if not self._is_pipe:
            return self._stream.readline()
        if self._piped is None:
            self._piped = asyncio.StreamReader(LONGEST)
            answers = asyncio.StreamReaderProtocol(self._piped)
            await asyncio.get_running_loop().connect_read_pipe(lambda: answers, self._stream)
        try:
            line = await self._piped.readline()
        except ValueError:  # what is left of it is no line of its own, and must not be taken for one
            self._print(Words("This line is too long to be read; the session ends before it."))
            raise EndOfInput from None
        return line.decode(self._stream.encoding, "replace")

    def _print(self, words: Words) -> None:
        self._console.print(Harmless(words), soft_wrap=True)


class ScriptLines(PipedLines):
    """The lines of a text."""

    def __init__(self, text: str, console: Console) -> None:
        super().__init__(io.StringIO(text), console)


def _is_pipe(stream: TextIO) -> bool:
    """Whether somebody may still be writing; files and texts are there already."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
