"""What a process says: everything it logs at every level, and what it writes to its output and errors."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout


class Ear(logging.Handler):
    """Keeps each record: as it is written down, as it was given, and as its exception tells it."""

    def __init__(self) -> None:
        super().__init__(1)
        self.written, self.given, self.raised = bytearray(), bytearray(), bytearray()
        self._format = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(threadName)s %(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        """See logging.Handler."""
        if record.name == "aiohttp.access":  # of the doubles' own servers
            return
        self.written += _bytes(self._format.format(record)) + b"\n"
        self.raised += _bytes(f"{record.exc_text or ''}{record.stack_info or ''}\n")
        if record.exc_info and record.exc_info[1]:
            self.raised += _bytes("\n".join(_told(record.exc_info[1])))
        self.given += _bytes(f"{record.msg!r} {record.args!r} {vars(record)!r}\n")

    def forgets(self) -> None:
        """Begin anew."""
        for kept in (self.written, self.given, self.raised):
            kept.clear()


def _told(error: BaseException | None) -> Iterator[str]:
    while error:
        yield f"{error} {error!r} {error.args!r} {getattr(error, '__notes__', '')}"
        error = error.__cause__ or error.__context__


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@contextmanager
def ear(level: int = 1) -> Iterator[Ear]:
    """Everything that is logged, the root at this level."""
    root, handler = logging.getLogger(), Ear()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


class Output:
    """What the process wrote into its output and errors, by whatever way."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the watch)

    @contextmanager
    def taken(self) -> Iterator["Output"]:
        """Both lead here, for Python and for what writes to the descriptors itself."""
        before = os.dup(1), os.dup(2)
        stream = os.fdopen(os.dup(self._file.fileno()), "w", buffering=1, errors="surrogateescape")
        try:
            sys.stdout.flush()
            os.dup2(self._file.fileno(), 1)
            os.dup2(self._file.fileno(), 2)
            with stream, redirect_stdout(stream), redirect_stderr(stream):
                yield self
        finally:
            os.dup2(before[0], 1)
            os.dup2(before[1], 2)
            for each in before:
                os.close(each)
            self._file.close()

    def so_far(self) -> bytes:
        """Everything since it was forgotten last."""
        sys.stdout.flush()
        sys.stderr.flush()
        length = os.fstat(self._file.fileno()).st_size
        return os.pread(self._file.fileno(), length, 0)

    def forgets(self) -> None:
        """Begin anew."""
        os.ftruncate(self._file.fileno(), 0)
        os.lseek(self._file.fileno(), 0, os.SEEK_SET)
