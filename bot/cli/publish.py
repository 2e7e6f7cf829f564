"""`nextplay publish`: hand the store to those who serve it elsewhere."""

from typing import Annotated

import typer

from bot.settings import load_settings


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command()(publish)


def publish(
    destination: Annotated[
        str,
        typer.Argument(help="A folder, or any address that fsspec can write to, such as s3://bucket/store."),
    ],
    keep: Annotated[
        int,
        typer.Option(min=1, max=1000, help="How many published files stay; those of the last day always do."),
    ] = 3,
) -> None:
    """Write the store as one packed file with a manifest, for bots elsewhere that NEXTPLAY_STORE names it to.

    All players of the data are in it, those too whom somebody keeps private in Discord; what people stored
    through the bot is not.
    """
    from bot.published.opening import require_own_store
    from ingest.runtime.progress import RichProgress
    from store import Database
    from store.publication.publish import publish as write

    settings = load_settings()
    require_own_store(settings)
    with RichProgress() as progress:
        published = write(Database(settings.database), destination, keep=keep, progress=progress)
    manifest = published.manifest
    as_of = "" if manifest.data_as_of is None else f", data as of {manifest.data_as_of}"
    typer.echo(f"Published {manifest.file}: {manifest.size:,} bytes{as_of}.")
    if published.removed:
        typer.echo(f"Removed {', '.join(published.removed)}.")
