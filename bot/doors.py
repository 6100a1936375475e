"""The doors: the house with the platforms that the settings name, and the terminal, which is always there."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console

from adapters.terminal.app import Terminal
from adapters.terminal.board import Board
from adapters.terminal.lines import Lines, PipedLines, ScriptLines
from adapters.terminal.messenger import TerminalDirectory, TerminalMessenger
from bot.app import App, Ports, build
from bot.chat.health import Look
from bot.chat.ports import Directory, Messenger
from bot.chat.timing import Clock, Job, SystemClock
from bot.concerns.schedule import AT_ONCE, Schedule
from bot.settings import Settings
from bot.switchboard import Switchboard
from bot.upkeep import prepare_folder

# What a platform needs is imported where it is set: a session in the terminal should not wait for its SDK.
if TYPE_CHECKING:
    from adapters.slack.workspace import Workspace
    from adapters.teams.organisation import Organisation
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
        teams: the organisation, where they name one.
    """

    app: App
    board: Board
    slack: "Workspace | None"
    teams: "Organisation | None"

    def serving(self) -> App:
        """The house with what has to be looked at while its doors are open."""
        slack = (Job("slack.look", LOOKED_AT, self.slack.look),) if self.slack else ()
        teams = (Job("teams.look", LOOKED_AT, self.teams.look),) if self.teams else ()
        return replace(self.app, jobs=(*self.app.jobs, *slack, *teams))

    def doors(self) -> tuple["Door", ...]:
        """The platforms' doors, for ``rai serve`` to open."""
        return tuple(self._doors())

    def _doors(self) -> Iterator["Door"]:
        if self.slack:
            from adapters.slack.app import SlackApp

            yield SlackApp(self.slack, self.app.router, self.app.arrivals)
        if self.teams:
            from adapters.teams.app import TeamsApp

            yield TeamsApp(self.teams, self.app.router, self.app.arrivals)

    def looks(self) -> tuple[Look, ...]:
        """How the doctor looks at each platform."""
        return tuple(self._looks())

    def _looks(self) -> Iterator[Look]:
        if self.slack:
            from adapters.slack import doctor as slack

            yield partial(slack.examine, self.slack, self.app.council.members("slack"))
        if self.teams:
            from adapters.teams import doctor as teams

            yield partial(teams.examine, self.teams, self.app.council.members("teams"))


def house(settings: Settings, schedule: Schedule | None = None) -> House:
    """The house with its platforms; raises StoreProblem where the data cannot be used.

    Args:
        schedule: when concerns are released, where not as the settings say.
    """
    prepare_folder(settings.data_dir)
    board, clock = Board(settings.data_dir), SystemClock()
    messengers: dict[str, Messenger] = {"terminal": TerminalMessenger(board)}
    directories: dict[str, Directory] = {"terminal": TerminalDirectory(board)}
    slack = _workspace(settings, clock)
    if slack:
        messengers["slack"], directories["slack"] = slack.messenger, slack.directory
    teams = _organisation(settings)
    if teams:
        messengers["teams"], directories["teams"] = teams.messenger, teams.directory
    switchboard = Switchboard(messengers, directories)
    app = build(settings, Ports(switchboard, switchboard, clock), schedule=schedule)
    return House(app, board, slack, teams)


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


def _organisation(settings: Settings) -> "Organisation | None":
    if not settings.teams:
        return None
    from adapters.teams.organisation import Keys, Organisation

    keys = Keys(
        settings.teams_app_id or "", settings.teams_app_secret, settings.teams_tenant_id or "",
        unchecked=settings.teams_dev_no_auth,
    )  # fmt: skip
    # What anybody may have said, while nothing is checked, is not kept.
    kept = None if settings.teams_dev_no_auth else settings.data_dir / "teams-service.json"
    return Organisation.of(keys, settings.council_place, time.monotonic, kept)


def _lines(app: App, console: Console, script: str | None) -> Lines:
    if script is not None:
        return ScriptLines(script, console)
    if not sys.stdin.isatty():
        return PipedLines(sys.stdin, console)
    # Only here: a session without a terminal need not wait for its line editor.
    from adapters.terminal.prompt import PromptLines

    return PromptLines(app.router.verbs(), app.council.names("terminal"))
