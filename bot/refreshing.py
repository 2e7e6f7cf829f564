"""A refresh: ingest and training, in one transaction. The bot runs it through `bot.refresher` instead."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from ingest import IngestSettings, RunReport, TrainCounts, ingest
from ingest.progress import ProgressSink
from store import Database


class RefreshSettings(Protocol):
    """The settings that a refresh heeds."""

    @property
    def database(self) -> Path:
        """The file of the store."""

    @property
    def max_reject_percent(self) -> float:
        """The share of a file that may be unreadable, 0 to 100."""

    @property
    def crawl_year(self) -> int:
        """The year of a review date that names none."""


def refresh_store(
    settings: RefreshSettings,
    locations: Sequence[Path],
    *,
    progress: ProgressSink,
    force: bool = False,
    with_training: bool = True,
    started_by: str = "command line",
) -> RunReport:
    """Bring the store up to date with the raw files at `locations`, and train unless told otherwise.

    `force` applies data that look wrong. Raises NextplayError, and leaves the old data, if it cannot be done.
    """
    database = Database(settings.database)
    database.upgrade()
    return ingest(
        database,
        locations,
        settings=IngestSettings(
            max_reject_share=settings.max_reject_percent / 100, crawl_year=settings.crawl_year, force=force
        ),
        progress=progress,
        started_by=started_by,
        train=_train if with_training else None,
    )


def _train(session: Session, progress: ProgressSink) -> TrainCounts:
    # Imported here: a run that finds nothing new would spend most of its time on loading scikit-learn.
    from recommender import train  # noqa: PLC0415

    return train(session, progress=progress)
