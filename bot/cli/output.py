"""Commands that hand out what the store holds: as a page, as tables, and to those who serve it elsewhere."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (report, export, publish):
        app.command()(command)


def report(
    folder: Annotated[Path, typer.Argument(help="Where to write the page.")],
    language: Annotated[str, typer.Option(help="The language of the page, such as en or es.")] = "en",
    evaluation: Annotated[
        Path | None,
        typer.Option(help="A file with what `nextplay evaluate` printed, to be shown on the page."),
    ] = None,
) -> None:
    """Write the exploratory analysis of the data as one interactive page; needs the extra `report`."""
    from bot.building import require_building

    require_building()
    from bot.published.opening import open_store
    from bot.settings import load_settings
    from report import write_report

    database = open_store(load_settings())
    page = write_report(database, folder, language=language, evaluation=evaluation)
    typer.echo(f"Wrote {page}.")


def export(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.")],
    format: Annotated[  # noqa: A002 - the name of the option
        Literal["csv", "parquet"], typer.Option(help="csv, or parquet with the extra nextplay[parquet].")
    ] = "csv",
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same names.")] = False,
) -> None:
    """Write games, reviews, owned games, neighbours and similar games as tables with a manifest.

    All players of the data are in them, those too whom somebody keeps private in Discord.
    """
    from bot.building import require_building

    require_building()
    from bot.published.opening import open_store
    from bot.settings import load_settings
    from store.export import Format
    from store.export import export as write

    exported = write(open_store(load_settings()), folder, Format(format), force=force)
    rows = ", ".join(f"{name} {count:,}" for name, count in exported.rows.items())
    typer.echo(f"Wrote {folder}: {rows} rows.")


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
    from bot.settings import load_settings
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
