"""Commands that fill and tend the store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.published.opening import open_store, require_own_store
from bot.settings import Settings, SettingsError, load_settings
from store import NextplayError
from store.errors import UserDataUnavailable
from store.refill import WAITS_FOR_REFRESH, awaits_refill

if TYPE_CHECKING:
    from ingest.sources.download import RemoteFile
    from spark import SparkEngine

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        help=(
            "A folder with the three raw files, the files themselves, http(s) addresses of either, or the"
            " word steam for Steam itself."
        ),
        show_default="NEXTPLAY_SOURCE",
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Apply even if the new data look wrong (many rejects, a large drop).")
]
Solver = Annotated[
    Literal["exact", "neighbourhood"] | None,
    typer.Option(
        help=(
            "Learn from all games at once, or each game from the few hundred that go with it most;"
            " exact up to 30,000 games with several owners unless it is named."
        ),
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (sample, download, ingest, train, refresh, backup, restore, report, export, doctor):
        app.command()(command)
    database = typer.Typer(help="Tend the database.", no_args_is_help=True)
    database.command("upgrade")(upgrade)
    database.command("accept-loss")(accept_loss)
    app.add_typer(database, name="db")


def sample(folder: Annotated[Path, typer.Argument(help="Where to write the three files.")]) -> None:
    """Write generated sample data: real games, invented players and reviews."""
    from ingest.sample import write_sample

    files = write_sample(folder)
    typer.echo(f"Wrote generated sample data to {folder}: {files.counts}.")


def ingest(sources: Sources = None, force: Force = False) -> None:
    """Read, clean and score the raw files into the store, without training."""
    _run(load_settings(), sources, force=force, with_training=False)


def refresh(
    sources: Sources = None,
    force: Force = False,
    solver: Solver = None,
    engine: Annotated[
        Literal["local", "spark"],
        typer.Option(help="This process, or Apache Spark, with the extra nextplay[spark] and Java 17."),
    ] = "local",
    master: Annotated[
        str, typer.Option(help="Where Spark runs: local[2] for two threads here, or spark://HOST:PORT.")
    ] = "local[2]",
) -> None:
    """Ingest and train: bring the whole store up to date with the raw files.

    Where NEXTPLAY_STORE is set and no sources are named, fetch the store that is published by now.
    """
    settings = load_settings()
    if settings.store is not None and not sources:
        _fetch(settings, settings.store, force=force)
        return
    if engine == "local":
        _run(settings, sources, force=force, with_training=True, solver=solver)
        return
    from spark import spark_engine

    with spark_engine(master) as spark:
        _run(settings, sources, force=force, with_training=True, solver=solver, engine=spark)


def _fetch(settings: Settings, store: str, *, force: bool) -> None:
    from bot.published.look import look
    from bot.published.request import LookRequest
    from ingest.runtime.progress import RichProgress
    from store.runs import RunOutcome

    with RichProgress() as progress:
        outcome = look(LookRequest(store, settings.database, force=force), progress)
    is_new = outcome is RunOutcome.APPLIED
    said = (
        "Another published store serves from now on."
        if is_new
        else "The newest published store serves already."
    )
    typer.echo(said)


def train(solver: Solver = None) -> None:
    """Work out every game's neighbours from the libraries in the store."""
    from bot.refresh.run import retrain_store
    from ingest.runtime.progress import RichProgress

    settings = load_settings()
    require_own_store(settings)
    with RichProgress() as progress:
        report = retrain_store(settings, progress=progress, solver=solver)
    typer.echo(str(report))


def upgrade() -> None:
    """Create the database, or bring its tables to this version of Nextplay."""
    settings = load_settings()
    database = open_store(settings)
    database.upgrade()
    problem = database.user_data.problem()
    if problem is not None:
        raise UserDataUnavailable(problem)
    said = f"The database {settings.database} is up to date."
    if settings.store is None:
        with database.reader() as session:
            if awaits_refill(session):
                said += f" {WAITS_FOR_REFRESH}"
    typer.echo(said)


def accept_loss() -> None:
    """Go on without what people stored, where its file is lost or damaged: all players are shown again.

    What is there is set aside in the backup folder. A sound file of another installation is kept, and used.
    """
    from datetime import UTC, datetime

    from store.backup import damaged_name
    from store.backup.obstacles import explained

    settings = load_settings()
    database = open_store(settings)
    database.upgrade()
    if database.user_data.problem() is None:
        raise NextplayError("Nothing is lost: what people stored is sound, and belongs to the store.")
    with explained("The loss was not accepted"):
        aside = database.user_data.begin_anew(damaged_name(settings.backup_folder, datetime.now(UTC)))
    was = f"; what was there is in {aside}" if aside else ""
    place = "The server" if settings.user_data else database.user_data_file.file
    typer.echo(f"{place} is used from now on{was}.")


def download(
    folder: Annotated[
        Path | None, typer.Argument(help="Where to put them.", show_default="NEXTPLAY_SOURCE")
    ] = None,
) -> None:
    """Fetch the three published files, or those at the addresses that are set as the source.

    What is there already and unchanged is not fetched again.
    """
    from ingest.runtime.progress import RichProgress
    from ingest.sources.download import download as fetch

    files, place = _wanted(load_settings(), folder)
    with RichProgress() as progress:
        fetched = fetch(files, place, progress=progress)
    for file in fetched.files:
        typer.echo(f"{file.path}: {file.status}, {file.size:,} bytes")


def _wanted(settings: Settings, folder: Path | None) -> "tuple[tuple[RemoteFile, ...], Path]":
    """Return what to download, and where to."""
    from ingest import DOWNLOADS, is_address, is_steam
    from ingest.sources.download import PUBLISHED, remote_files

    addresses = [source for source in settings.sources if is_address(source)]
    if addresses:
        files = tuple(file for address in addresses for file in remote_files(address))
        return files, folder or settings.database.with_name(DOWNLOADS)
    if folder is None:
        places = [Path(source) for source in settings.sources if not is_steam(source)]
        (folder,) = places if len(places) == 1 else (None,)
    if folder is None or folder.is_file():
        raise SettingsError("NEXTPLAY_SOURCE names no folder; say where to: `nextplay download FOLDER`.")
    return PUBLISHED, folder


def backup() -> None:
    """Copy the store, and what people stored through the bot, while both are in use."""
    from store.backup import backup as copy

    settings = load_settings()
    database = open_store(settings)
    # A published store is where it was published; what people stored is here alone.
    for part in database.files if settings.store is None else database.files[1:]:
        made = copy(part, settings.backup_folder, keep=settings.backups_kept)
        typer.echo(f"Backed up to {made}.")
    if settings.user_data:
        typer.echo(
            "What people stored is on the server: `nextplay users copy server FILE` or pg_dump backs it up."
        )


def restore(
    file: Annotated[
        Path, typer.Argument(help="A backup; its name says whether of the data or of people's own.")
    ],
) -> None:
    """Put a backup in place of what there is, which is itself backed up first."""
    from store.backup import list_backups
    from store.backup import restore as put_back
    from store.migration import MigrationBranch

    settings = load_settings()
    database = open_store(settings)
    of_people = file.resolve() in {
        known.path.resolve() for known in list_backups(file.resolve().parent, MigrationBranch.USER_DATA)
    }
    if not of_people:
        require_own_store(settings)
    elif settings.user_data:
        raise NextplayError(
            f"What people stored is on the server; put {file} there by `nextplay users copy FILE server`."
        )
    part = database.user_data_file if of_people else database
    restored = put_back(part, file, folder=settings.backup_folder)
    was = f"; what was there is in {restored.previous}" if restored.previous else ""
    typer.echo(f"Restored from {restored.source}{was}.")


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
    from store.export import Format
    from store.export import export as write

    exported = write(open_store(load_settings()), folder, Format(format), force=force)
    rows = ", ".join(f"{name} {count:,}" for name, count in exported.rows.items())
    typer.echo(f"Wrote {folder}: {rows} rows.")


def doctor() -> None:
    """Say what is missing or stale, and what to do about it."""
    from rich.console import Console
    from rich.table import Table

    from bot.doctor import examine

    findings = examine(load_settings())
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        table.add_row(finding.severity, finding.subject, finding.text)
    Console(highlight=False).print(table)
    raise typer.Exit(code=1 if any(finding.is_failure for finding in findings) else 0)


def _run(
    settings: Settings,
    sources: list[str] | None,
    *,
    force: bool,
    with_training: bool,
    solver: str | None = None,
    engine: "SparkEngine | None" = None,
) -> None:
    from bot.refresh.run import refresh_store
    from ingest.runtime.progress import RichProgress

    require_own_store(settings)
    try:
        with RichProgress() as progress:
            report = refresh_store(
                settings,
                sources or settings.sources,
                progress=progress,
                force=force,
                with_training=with_training,
                solver=solver,
                engine=engine,
            )
    except KeyboardInterrupt:
        typer.echo("Stopped; the store holds what it held before.", err=True)
        raise
    typer.echo(str(report))
