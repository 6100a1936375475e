"""`rai manifest`: what a platform is told about this app."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from adapters.teams.manifest import Addresses

manifests = typer.Typer(help="What a platform is told about this app.", no_args_is_help=True)

PROBLEM = 1

PLACEHOLDER = "https://example.org"
"""Where a page is that says of itself that it is nobody's."""


@manifests.command()
def slack(
    url: Annotated[str, typer.Option(help="Where Slack reaches this machine; without it, for Socket Mode.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it to a file.")] = None,
) -> None:
    """Slack's app manifest: paste it at api.slack.com/apps, Create New App, From a manifest."""
    from adapters.slack.manifest import manifest

    if url and not url.startswith("https://"):
        raise typer.BadParameter("Slack posts to https addresses alone.", param_hint="--url")
    address = f"{url.rstrip('/').removesuffix('/slack/events')}/slack/events" if url else ""
    printed = json.dumps(manifest(address), indent=2)
    if output is None:
        typer.echo(printed)
    else:
        output.write_text(f"{printed}\n", encoding="utf-8")
        typer.echo(f"Written to {output}.")


@manifests.command()
def teams(
    url: Annotated[str, typer.Option(help="Where people read about the bot.")] = "",
    privacy: Annotated[str, typer.Option(help="Where they read what becomes of their data; else as --url.")] = "",
    terms: Annotated[str, typer.Option(help="Where the terms of use are; else as --url.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it to a file: the package where it ends in .zip.")
    ] = None,
) -> None:
    """Teams' app manifest, and with -o app.zip the package to upload; needs TEAMS_APP_ID and no other setting."""
    from adapters.teams.manifest import manifest, package

    app_id, addresses = _app_id(), _addresses(url, privacy, terms)
    written = f"{json.dumps(manifest(app_id, addresses), indent=2)}\n"
    if output is None:
        typer.echo(written, nl=False)
        return
    packed = output.suffix.lower() == ".zip"
    output.write_bytes(package(app_id, addresses) if packed else written.encode())
    typer.echo(f"Written to {output}.")


def _addresses(url: str, privacy: str, terms: str) -> "Addresses":
    from adapters.teams.manifest import Addresses

    given = {"--url": url, "--privacy": privacy, "--terms": terms}
    for option, address in given.items():
        if address and not address.startswith("https://"):
            raise typer.BadParameter("Teams takes https addresses alone.", param_hint=option)
    if missing := [option for option, address in given.items() if not address]:
        typer.echo(
            f"Before others install it, say where people read about it: {', '.join(missing)} not given, "
            f"so {url or PLACEHOLDER} stands there.",
            err=True,
        )
    otherwise = url or PLACEHOLDER
    return Addresses(otherwise, privacy or otherwise, terms or otherwise)


def _app_id() -> str:
    from adapters.teams.manifest import is_app_id
    from bot import settings

    given = settings.teams_app_id()
    if is_app_id(given):
        return given
    told = "is not an application id" if given else "is not set"
    typer.echo(
        f"TEAMS_APP_ID {told}. Copy the Application (client) ID of your app registration "
        "(Azure portal, App registrations, Overview).",
        err=True,
    )
    raise typer.Exit(PROBLEM)
