"""The doors: the house with the platforms that the settings name; in this version, the terminal."""

import sys

from rich.console import Console

from adapters.terminal.app import Terminal
from adapters.terminal.board import Board
from adapters.terminal.lines import Lines, PipedLines, ScriptLines
from adapters.terminal.messenger import TerminalDirectory, TerminalMessenger
from bot.app import App, Ports, build, prepare_folder
from bot.chat.timing import SystemClock
from bot.concerns.schedule import AT_ONCE, Schedule
from bot.settings import Settings

AT_ONCE_NOTICE = (
    "Concerns reach the council at once here, so that you can try them out. For real people set RAI_RELEASE to fixed "
    "times, such as 'tue,thu 10:00 UTC': the moment of a message can give its author away."
)


def house(settings: Settings) -> App:
    """The house, for everything but the terminal's session; raises StoreProblem where the data cannot be used."""
    return _built(settings, _board(settings), settings.schedule())


async def session(settings: Settings, script: str | None) -> int:
    """A whole session in the terminal.

    Args:
        script: its lines, where nobody types them.

    Returns:
        The exit status: 0, or 1 where something failed.
    """
    board, schedule = _board(settings), settings.schedule(otherwise=AT_ONCE)
    app, console = _built(settings, board, schedule), Console()
    terminal = Terminal(
        app.router,
        board,
        app.settle,
        app.places_of,
        app.council.names("terminal"),
        console,
        _lines(app, console, script),
        settings.data_dir / "files",
        (AT_ONCE_NOTICE,) if schedule.text == AT_ONCE else (),
    )
    async with app.running():
        return await terminal.run()


def _built(settings: Settings, board: Board, schedule: Schedule) -> App:
    ports = Ports(TerminalMessenger(board), TerminalDirectory(), SystemClock())
    return build(settings, ports, schedule=schedule)


def _board(settings: Settings) -> Board:
    prepare_folder(settings.data_dir)
    return Board(settings.data_dir)


def _lines(app: App, console: Console, script: str | None) -> Lines:
    if script is not None:
        return ScriptLines(script, console)
    if not sys.stdin.isatty():
        return PipedLines(sys.stdin, console)
    # Only here: a session without a terminal need not wait for its line editor.
    from adapters.terminal.prompt import PromptLines

    return PromptLines(app.router.verbs(), app.council.names("terminal"))
