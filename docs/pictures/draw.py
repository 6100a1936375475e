"""Draws a real session as an SVG: `python docs/pictures/draw.py SCRIPT TITLE OUT.svg [FIRST LAST]` (lines to show)."""

import io
import os
import pty
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

WIDTH = 92


def recorded(script: str) -> str:
    """What `rai chat --script` prints on a terminal, with its colours."""
    written = bytearray()

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 65_536)
        written.extend(data)
        return data

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RAI_DATA_DIR": folder, "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
        pty.spawn([sys.executable, "-m", "bot", "chat", "--script", script], read)
    return written.decode().replace("\r\n", "\n")


def main(script: str, title: str, out: str, first: str = "0", last: str = "100000") -> None:
    """Draw the lines from FIRST to LAST of a session."""
    lines = recorded(script).split("\n")[int(first) : int(last)]
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(lines)))
    drawn = console.export_svg(title=title)
    # Without fonts from elsewhere: the reader's own monospaced one does.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL).replace("Fira Code, monospace", "monospace")
    Path(out).write_text(drawn, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
