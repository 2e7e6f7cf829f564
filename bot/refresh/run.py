"""A refresh: ingest and training in one transaction. The bot runs it through `bot.refresh.process`."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr
from sqlalchemy.orm import Session

from bot.building import require_building
from bot.refresh.request import RefreshSettings
from bot.steam_options import SteamOptions
from ingest import AlreadyRunning, IngestSettings, RunReport, TrainCounts, ingest, retrain
from ingest.run_log import settle
from ingest.runtime.run_lock import run_lock
from ingest.sources.steam.settings import SteamHosts, SteamSettings
from store import Database
from store.runs import Progress, RunStarter

if TYPE_CHECKING:
    from spark import SparkEngine


def refresh_store(
    settings: RefreshSettings,
    sources: Sequence[str | Path],
    *,
    progress: Progress,
    force: bool = False,
    with_training: bool = True,
    started_by: str = RunStarter.COMMAND_LINE,
    solver: str | None = None,
    engine: "SparkEngine | None" = None,
) -> RunReport:
    """Bring the store up to date with the raw files. Older data are backed up before they are replaced.

    Args:
        settings: Where the store and its backups are, and how the files are read.
        sources: Folders, files, http(s) addresses of either, and `steam` for Steam itself.
        progress: Follows it.
        force: Whether data that look wrong are applied.
        with_training: Whether to train: to compute the games' neighbours.
        started_by: 'schedule', 'command line' or 'discord'; never who.
        solver: How weights are solved for, 'exact' or 'neighbourhood'; None is by the number of games.
        engine: What libraries are read and common owners counted by; None is this process.

    Returns:
        What the run did.

    Raises:
        NextplayError: It cannot be done; the store holds the old data.
    """
    require_building()
    database = Database(settings.database)
    try:
        return ingest(
            database,
            sources,
            settings=IngestSettings(
                max_reject_share=settings.max_reject_percent / 100,
                crawl_year=settings.crawl_year,
                most_anonymous=settings.anonymous_players,
                force=force,
                steam=steam_settings(settings.steam),
                read_libraries=engine.read_libraries if engine else None,
            ),
            progress=progress,
            started_by=started_by,
            train=partial(_train, solver=solver, engine=engine) if with_training else None,
            before_replacing=_backup_of(database, settings),
        )
    finally:
        database.close()


def steam_settings(options: SteamOptions) -> SteamSettings:
    """Return how Steam is asked, as its source takes it."""
    return SteamSettings(
        key=None if options.key is None else SecretStr(options.key),
        country=options.country,
        languages=options.languages,
        calls_a_day=options.calls_a_day,
        review_games=options.review_games,
        details_a_run=options.details_a_run,
        player_counts_a_run=options.player_counts_a_run,
        train_on_reviews=options.train_on_reviews,
        hosts=SteamHosts(options.api_host, options.store_host, options.media_host),
        seconds_between_calls=options.seconds_between_calls,
        wanted=options.wanted,
    )


def retrain_store(settings: RefreshSettings, *, progress: Progress, solver: str | None = None) -> RunReport:
    """Work out every game's neighbours from the libraries in the store, by `solver` as `refresh_store` does.

    Raises:
        NextplayError: It cannot be done; the store holds the old neighbours.
    """
    require_building()
    database = Database(settings.database)
    try:
        with database.reader():
            pass  # where there is no store, none is made
        return retrain(database, partial(_train, solver=solver), progress=progress)
    finally:
        database.close()


def settle_interrupted(database: Database) -> bool:
    """Record as interrupted the run whose process died; False if it is alive, here or in another process."""
    try:
        with run_lock(database.file), database.writer() as session:
            settle(session)
    except AlreadyRunning:
        return False
    return True


def _backup_of(database: Database, settings: RefreshSettings) -> Callable[[], object]:
    def back_up() -> Path:
        from store.backup import backup

        # Of the data alone: what people stored is not touched, and what they have erased must not survive in
        # a copy.
        return backup(database, settings.backup_folder, keep=settings.backups_kept)

    return back_up


def _train(
    session: Session, progress: Progress, *, solver: str | None = None, engine: "SparkEngine | None" = None
) -> TrainCounts:
    # Imported here: a run that finds nothing new would spend most of its time on loading scikit-learn.
    from recommender import Solver, TrainSettings, train
    from recommender.linalg.threads import in_threads

    return train(
        session,
        progress,
        settings=TrainSettings(solver=Solver(solver) if solver else None),
        map_blocks=engine.map_blocks if engine else in_threads,
    )
