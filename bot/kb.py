"""`rai kb`: what can be done with the library from the command line."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from knowledge.library import Library

DONE, PROBLEM = 0, 1

kb = typer.Typer(help="The library of answers.", no_args_is_help=True)


@kb.command()
def check() -> None:
    """Check every entry: file, line, what is wrong, how to mend it."""
    library = _library()
    for each in library.problems:
        typer.echo(f"{each.path}:{each.line}: {each.what} {each.mend}")
    typer.echo(f"{len(library.entries)} entries, {len(library.problems)} problems, version {library.version}")
    raise typer.Exit(PROBLEM if library.problems else DONE)


@kb.command()
def search(text: str) -> None:
    """Show what a question finds, with scores."""
    from knowledge.search import Index

    library = _library()
    found = Index(library).find(text)
    typer.echo(f"{found.outcome}, confidence {found.confidence:.2f}")
    for match in found.ranked[:10]:
        typer.echo(f"{match.score:6.3f}  {match.entry_id}  {library.entries[match.entry_id].title}")


@kb.command()
def stale() -> None:
    """List entries that should have been looked at again by now."""
    from datetime import UTC, datetime

    today = datetime.now(UTC).date()
    old = [entry for entry in _library().entries.values() if entry.stale(today)]
    for entry in old:
        typer.echo(f"{entry.id}: verified until {entry.verified_until} by the {entry.verified_by}")
    typer.echo(f"{len(old)} entries are out of date")
    raise typer.Exit(PROBLEM if old else DONE)


@kb.command()
def diff(revision: str) -> None:
    """Show which known questions end otherwise than with the entries of a git REVISION."""
    from knowledge.diff import NoSuchRevision, at_revision, changes
    from knowledge.library import BUILT_IN

    try:
        before = at_revision(BUILT_IN, revision, *_own())
    except NoSuchRevision as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(PROBLEM) from None
    found = changes(before, _library())
    for each in found:
        typer.echo(f"{each.question}\n  before: {each.before}\n  now:    {each.after}")
    typer.echo(f"{len(found)} known questions end otherwise than at {revision}.")


@kb.command()
def stats() -> None:
    """Count the entries by kind, value and state."""
    from collections import Counter

    entries = list(_library().entries.values())
    counts: dict[str, Counter[str]] = {
        "kind": Counter(entry.kind for entry in entries),
        "value": Counter(value for entry in entries for value in entry.values),
        "state": Counter(entry.state for entry in entries),
    }
    for name, counted in counts.items():
        typer.echo(f"{name}: " + ", ".join(f"{each} {count}" for each, count in sorted(counted.items())))


@kb.command("eval")
def evaluate(
    corpus: Annotated[Path, typer.Option(help="A folder with corpus.jsonl and queries.jsonl.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure the search on a question set."""
    from knowledge.evaluate import BadCorpus, evaluate

    try:
        report = asdict(evaluate(corpus))
    except BadCorpus as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(PROBLEM) from None
    typer.echo(json.dumps(report) if as_json else "\n".join(f"{name}: {value}" for name, value in report.items()))


def _library() -> "Library":
    from knowledge.library import BUILT_IN, load

    return load(BUILT_IN, *_own())


def _own() -> tuple[Path, ...]:
    from bot import settings

    own = settings.read().knowledge_dir
    return (own,) if own else ()
