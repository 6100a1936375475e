"""The doors: the house with the platforms that the settings name, and the terminal, which is always there."""

import sys
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console

from adapters.terminal.app import Terminal
from adapters.terminal.board import Board
from adapters.terminal.lines import Lines, PipedLines, ScriptLines
from adapters.terminal.messenger import TerminalDirectory, TerminalMessenger
from bot.app import App, Ports, build, prepare_folder
from bot.chat.health import Look
from bot.chat.ports import Directory, Messenger
from bot.chat.timing import Clock, Job, SystemClock
from bot.concerns.schedule import AT_ONCE, Schedule
from bot.settings import Settings
from bot.switchboard import Switchboard

# What a platform needs is imported where it is set: a session in the terminal should not wait for its SDK.
if TYPE_CHECKING:
    from adapters.slack.workspace import Workspace
    from bot.web import Door

AT_ONCE_NOTICE = (
    "Concerns reach the council at once here, so that you can try them out. For real people set RAI_RELEASE to fixed "
    "times, such as 'tue,thu 10:00 UTC': the moment of a message can give its author away."
)

LOOKED_AT = timedelta(minutes=5)
"""Between two looks at whether a platform still takes what we send."""


@dataclass(frozen=True)
class House:
    """The house and the platforms it is connected to.

    Args:
        slack: the workspace, where the settings name one.
    """

    app: App
    board: Board
    slack: "Workspace | None"

    def serving(self) -> App:
        """The house with what has to be looked at while its doors are open."""
        looks = (Job("slack.look", LOOKED_AT, self.slack.look),) if self.slack else ()
        return replace(self.app, jobs=(*self.app.jobs, *looks))

    def doors(self) -> tuple["Door", ...]:
        """The platforms' doors, for ``rai serve`` to open."""
        if self.slack is None:
            return ()
        from adapters.slack.app import SlackApp

        return (SlackApp(self.slack, self.app.router, self.app.arrivals),)

    def looks(self) -> tuple[Look, ...]:
        """How the doctor looks at each platform."""
        if self.slack is None:
            return ()
        from adapters.slack.doctor import examine

        return (partial(examine, self.slack, self.app.council.members("slack")),)


def house(settings: Settings, schedule: Schedule | None = None) -> House:
    """The house with its platforms; raises StoreProblem where the data cannot be used.

    Args:
        schedule: when concerns are released, where not as the settings say.
    """
    prepare_folder(settings.data_dir)
    board, clock = Board(settings.data_dir), SystemClock()
    messengers: dict[str, Messenger] = {"terminal": TerminalMessenger(board)}
    directories: dict[str, Directory] = {"terminal": TerminalDirectory()}
    slack = _workspace(settings, clock)
    if slack:
        messengers["slack"], directories["slack"] = slack.messenger, slack.directory
    switchboard = Switchboard(messengers, directories)
    app = build(settings, Ports(switchboard, switchboard, clock), schedule=schedule)
    return House(app, board, slack)


async def session(settings: Settings, script: str | None) -> int:
    """A whole session in the terminal.

    Args:
        script: its lines, where nobody types them.

    Returns:
        The exit status: 0, or 1 where something failed.
    """
    schedule = settings.schedule(otherwise=AT_ONCE)
    opened, console = house(settings, schedule), Console()
    app = opened.app
    terminal = Terminal(
        app.router,
        opened.board,
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


def _workspace(settings: Settings, clock: Clock) -> "Workspace | None":
    if settings.slack_bot_token is None:
        return None
    from adapters.slack.workspace import Keys, Workspace

    given = {"api_url": settings.slack_api_url} if settings.slack_api_url else {}
    keys = Keys(settings.slack_bot_token, settings.slack_signing_secret, settings.slack_app_token, **given)
    kept = settings.data_dir / "slack-pauses.json"
    return Workspace.of(keys, settings.council_place, clock, time.monotonic, kept)


def _lines(app: App, console: Console, script: str | None) -> Lines:
    if script is not None:
        return ScriptLines(script, console)
    if not sys.stdin.isatty():
        return PipedLines(sys.stdin, console)
    # Only here: a session without a terminal need not wait for its line editor.
    from adapters.terminal.prompt import PromptLines

    return PromptLines(app.router.verbs(), app.council.names("terminal"))
