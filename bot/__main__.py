"""The `rai` command line: read the settings once, build the house, run."""

import asyncio
import gc
import json
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.kb import kb
from bot.manifests import manifests

# What a command needs is imported inside it: `rai ask` should not wait for a web server to load.
if TYPE_CHECKING:
    from bot.doors import House
    from bot.settings import Settings

Result = TypeVar("Result")

DONE, PROBLEM, USAGE = 0, 1, 2

rai = typer.Typer(
    name="rai",
    help="Responsible-AI office hours.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
rai.add_typer(kb, name="kb")
rai.add_typer(db, name="db")
rai.add_typer(manifests, name="manifest")


@rai.command()
def chat(
    script: Annotated[Path | None, typer.Option(help="Read the lines of a session and print its transcript.")] = None,
) -> None:
    """The whole bot in this terminal."""
    from bot import hygiene, logs
    from bot.doors import session
    from bot.upkeep import prepare_folder

    hygiene.close()
    settings = _settings()
    prepare_folder(settings.data_dir)
    logs.to_file(settings.data_dir / "logs")
    words = _script(script) if script else None
    raise typer.Exit(_run(session(settings, words)))


@rai.command()
def serve() -> None:
    """HTTP: health, metrics and calendar files; the clockwork ticks."""
    from bot import hygiene

    settings = _settings()
    if settings.overwrite_freed:
        hygiene.begin_again(os.environ, sys.argv[1:])
    hygiene.close()
    import uvicorn

    from bot import logs, upkeep
    from bot.web import web

    logs.to_stderr()
    _run(upkeep.upgrade(settings))
    opened = _house(settings)
    doors = opened.doors()
    # What stands by now stays: looking through all of the library for garbage would hold everybody up for 100 ms.
    gc.collect()
    gc.freeze()
    if not doors:
        typer.echo("No platform is set; questions and concerns come in through `rai chat`.", err=True)
    # No access log: it would keep when somebody asked for what.
    config = uvicorn.Config(
        web(opened.serving(), doors), settings.host, settings.port, access_log=False, log_config=None
    )
    try:
        uvicorn.Server(config).run()
    except SystemExit:
        # How the server says that it could not begin, after it has logged why.
        sentence = f"Nothing listens on {settings.host}:{settings.port}: see the lines above, RAI_HOST and RAI_PORT."
        typer.echo(sentence, err=True)
        raise typer.Exit(PROBLEM) from None


@rai.command()
def ask(
    text: str,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    role: Annotated[str, typer.Option(help="Whose next step to show, such as engineer.")] = "everyone",
) -> None:
    """Answer one question from the library, without a database."""
    from bot.chat.plain import plain_card
    from bot.chat.text import clean
    from bot.questions import cards, once
    from bot.questions.model import Reader, out_of_date, role_of
    from bot.questions.shelf import Shelf

    question, reader = clean(text), Reader(role_of(role))
    if problem := once.problem(question):
        raise typer.BadParameter(problem)
    if reader.role is None:
        raise typer.BadParameter(once.NO_SUCH_ROLE, param_hint="--role")
    settings = _settings()
    shelf = Shelf.open(settings.knowledge_dir, settings.data_dir, settings.answer_right)
    finding, version = shelf.find(question, reader), shelf.library.version
    if as_json:
        typer.echo(json.dumps(once.printed(finding, version, reader.role), ensure_ascii=False))
    else:
        old = out_of_date(finding, datetime.now(UTC).date())
        card = cards.finding_card(finding, cards.Asking(question, version, reader, old))
        typer.echo(plain_card(replace(card, buttons=())))


@rai.command()
def doctor() -> None:
    """Look at everything that can be looked at, and say what to do."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from bot import hygiene
    from bot.doctor import examine

    hygiene.close()
    opened = _house(_settings())
    found = _run(_closing(opened.app.stop, examine(opened.app, datetime.now(UTC).date(), opened.looks())))
    table = Table("", "", "", show_header=False, box=None)
    for each in found:
        mark = Text("✓", "green") if each.well else Text("✗", "red")
        table.add_row(mark, Text(each.name), Text(each.sentence))
    Console().print(table)
    raise typer.Exit(DONE if all(each.well for each in found) else PROBLEM)


@db.command()
def upgrade() -> None:
    """Bring the database to this version's tables."""
    from bot import upkeep
    from bot.store import migrate

    _run(upkeep.upgrade(_settings()))
    typer.echo(f"The database is at revision {migrate.newest()}.")


@db.command("give-up")
def give_up(yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False) -> None:
    """Delete the concerns that wait for a key that is gone for good, as after restoring an old copy."""
    from bot import upkeep

    settings = _settings()
    if _run(upkeep.opens_all(settings)):
        typer.echo("Everything that waits can be opened. Nothing to give up.")
        return
    if not yes:
        typer.confirm("Is the keys folder of this database gone for good? What waits is deleted then", abort=True)

    lost = _run(upkeep.give_up(settings))
    typer.echo(f"Messages that nobody could open any more, and that were deleted: {lost}.")


@db.command()
def backup(file: Path) -> None:
    """Copy the database to FILE while the bot runs; the vault key is not in it."""
    from bot.store import backup as copying
    from bot.store.db import Database
    from bot.upkeep import prepare_folder

    settings = _settings()
    prepare_folder(settings.data_dir)
    database = Database(settings.database)
    _run(_closing(database.close, copying.backup(database, file)))
    typer.echo(f"Copied to {file}. Its concerns stay sealed without vault.key from RAI_DATA_DIR: keep both, but apart.")


def main() -> None:
    """Run the command line; every failure becomes a sentence and an exit status."""
    from bot.chat.errors import HouseError
    from bot.settings import BrokenSettings

    # Before numpy loads: its own threads would wait for each other on a busy machine, and a question is one small sum.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        rai()
    except BrokenSettings as error:
        _stop("The settings cannot be used:", *error.problems)
    except HouseError as error:
        _stop(error.message_for_person)
    except KeyboardInterrupt:
        _stop("Stopped.")
    except Exception as error:
        # The class alone: an error's text may hold words or people.
        logging.getLogger(__name__).error("command line: %s", type(error).__name__)
        _stop(f"Something went wrong on our side ({type(error).__name__}). What was accepted before is kept.")


def _stop(*sentences: str) -> None:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    sys.exit(PROBLEM)


def _run(work: Coroutine[object, object, Result]) -> Result:
    return asyncio.run(work)


async def _closing(close: Callable[[], Awaitable[None]], work: Coroutine[object, object, Result]) -> Result:
    try:
        return await work
    finally:
        await close()


def _settings() -> "Settings":
    from bot import settings

    return settings.read()


def _house(settings: "Settings") -> "House":
    from bot.doors import house

    return house(settings)


def _script(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise typer.BadParameter(f"{file} cannot be read as a text file.") from None


if __name__ == "__main__":
    main()
