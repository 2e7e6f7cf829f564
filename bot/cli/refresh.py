"""Commands that fill the store: from the raw files, from Steam, or with what is published."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from bot.refresh.request import RefreshRequest
    from bot.settings import Settings
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
    for command in (sample, download, ingest, train, refresh):
        app.command()(command)


def sample(folder: Annotated[Path, typer.Argument(help="Where to write the three files.")]) -> None:
    """Write generated sample data: real games, invented players and reviews."""
    from ingest.sample import write_sample

    files = write_sample(folder)
    typer.echo(f"Wrote generated sample data to {folder}: {files.counts}.")


def download(
    folder: Annotated[
        Path | None, typer.Argument(help="Where to put them.", show_default="NEXTPLAY_SOURCE")
    ] = None,
) -> None:
    """Fetch the three published files, or those at the addresses that are set as the source.

    What is there already and unchanged is not fetched again.
    """
    from bot.settings import load_settings
    from ingest.runtime.progress import RichProgress
    from ingest.sources.download import download as fetch

    files, place = _wanted(load_settings(), folder)
    with RichProgress() as progress:
        fetched = fetch(files, place, progress=progress)
    for file in fetched.files:
        typer.echo(f"{file.path}: {file.status}, {file.size:,} bytes")


def ingest(sources: Sources = None, force: Force = False) -> None:
    """Read, clean and score the raw files into the store, without training."""
    from bot.settings import load_settings

    _run(load_settings(), sources, force=force, with_training=False)


def train(solver: Solver = None) -> None:
    """Work out every game's neighbours from the libraries in the store."""
    from bot.published.opening import require_own_store
    from bot.refresh.run import retrain_store
    from bot.settings import load_settings
    from ingest.runtime.progress import RichProgress

    settings = load_settings()
    require_own_store(settings)
    with RichProgress() as progress:
        report = retrain_store(settings, progress=progress, solver=solver)
    typer.echo(str(report))


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
    from bot.settings import load_settings

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


def _run(
    settings: "Settings",
    sources: list[str] | None,
    *,
    force: bool,
    with_training: bool,
    solver: str | None = None,
    engine: "SparkEngine | None" = None,
) -> None:
    from bot.published.opening import require_own_store
    from bot.refresh.run import refresh_store
    from ingest.runtime.progress import RichProgress

    require_own_store(settings)
    request = request_for(settings, sources or settings.sources)
    try:
        with RichProgress() as progress:
            report = refresh_store(
                request,
                request.sources,
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


def request_for(settings: "Settings", sources: Sequence[str]) -> "RefreshRequest":
    """Return what to refresh from `sources`; of Steam, the games that people ask about and own come first."""
    from bot.published.opening import open_store
    from bot.refresh.request import RefreshRequest
    from ingest import is_steam

    request = replace(RefreshRequest.from_settings(settings), sources=tuple(sources))
    if not any(map(is_steam, sources)):
        return request
    from bot.refresh.wanted import wanted_games

    database = open_store(settings)
    try:
        return request.with_wanted(wanted_games(database))
    finally:
        database.close()


def _fetch(settings: "Settings", store: str, *, force: bool) -> None:
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


def _wanted(settings: "Settings", folder: Path | None) -> "tuple[tuple[RemoteFile, ...], Path]":
    """Return what to download, and where to."""
    from bot.settings import SettingsError
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
