"""`rai manifest`: what a platform is told about this app."""

import json
from pathlib import Path
from typing import Annotated

import typer

manifests = typer.Typer(help="What a platform is told about this app.", no_args_is_help=True)


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
