"""What the report analyses, read from the store in one state."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store import queries
from store.models import (
    Game,
    GameDeveloper,
    GameGenre,
    GameSpec,
    GameStats,
    GameTag,
    Genre,
    OwnedGame,
    Player,
    PlayerStats,
    Refusal,
    RefusedUnit,
    Review,
    RunSource,
    Tag,
)
from store.results import DataStatus, RunInfo

_ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A raw file of the run: `size` in bytes, and how many lines and records were rejected."""

    role: str
    name: str
    size: int
    lines: int
    rejected: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RejectCount:
    """Why lines or records of a file were rejected, and how many."""

    reason: str
    file: str
    count: int


@dataclass(frozen=True, slots=True)
class CategoryTotals:
    """A genre or a tag, the apps that carry it, and the minutes that all players played these."""

    name: str
    apps: int
    minutes: int


@dataclass(frozen=True, slots=True, eq=False)
class ReportData:
    """Everything that the sections draw on.

    `games` has a row for each app, `reviews` one for each review (its text only as a length), `players` one
    for each player; `minutes` are the playtimes of all owned games, 0 included. Genres and tags are in the
    order of their number of apps.
    """

    status: DataStatus
    run: RunInfo
    sources: tuple[SourceSummary, ...]
    reject_counts: tuple[RejectCount, ...]
    games: pd.DataFrame
    genres: tuple[CategoryTotals, ...]
    tags: tuple[CategoryTotals, ...]
    players: pd.DataFrame
    minutes: NDArray[np.int64]
    reviews: pd.DataFrame

    @property
    def listed(self) -> pd.DataFrame:
        """The rows of `games` that the games file has."""
        return self.games[self.games["listed"]]


def read_data(session: Session, status: DataStatus, run: RunInfo) -> ReportData:
    """Read all tables that the report needs.

    Args:
        session: A session of one state of the store.
        status: What the store holds.
        run: The run that the data come from.
    """
    connection = session.connection()
    minutes = session.scalars(select(OwnedGame.minutes).execution_options(yield_per=_ROWS_AT_ONCE))
    return ReportData(
        status=status,
        run=run,
        sources=_sources(session, run),
        reject_counts=_reject_counts(session, run),
        games=pd.read_sql(_games(), connection),
        genres=_labels(session, GameGenre.game_id, Genre.name, GameGenre.genre_id == Genre.id),
        tags=_labels(session, GameTag.game_id, Tag.name, GameTag.tag_id == Tag.id),
        players=pd.read_sql(
            select(Player.steam_id, Player.items_count, PlayerStats.owned, PlayerStats.reviews).outerjoin(
                PlayerStats, PlayerStats.player_id == Player.id
            ),
            connection,
        ),
        minutes=np.fromiter(minutes, dtype=np.int64),
        reviews=pd.read_sql(
            select(
                Review.posted,
                Review.posted_inferred,
                Review.recommend,
                Review.sentiment,
                Review.helpful_of,
                func.length(Review.text).label("length"),
            ),
            connection,
        ),
    )


def review_texts(session: Session, sentiment: int) -> list[str]:
    """Return the texts of all reviews of one sentiment."""
    return list(session.scalars(select(Review.text).where(Review.sentiment == sentiment)))


def status_of(session: Session) -> DataStatus:
    """Return what the store holds and since when."""
    return queries.data_status(session)


def _sources(session: Session, run: RunInfo) -> tuple[SourceSummary, ...]:
    sources = session.scalars(select(RunSource).where(RunSource.run_id == run.id).order_by(RunSource.role))
    return tuple(
        # The folder is of no interest to a reader, and may be private.
        SourceSummary(s.role, PurePath(s.location).name, s.size, s.lines, s.rejected, s.sha256)
        for s in sources
    )


def _reject_counts(session: Session, run: RunInfo) -> tuple[RejectCount, ...]:
    counted = session.execute(
        select(Refusal.reason, Refusal.file, func.sum(Refusal.count))
        .where(Refusal.run_id == run.id, Refusal.unit != RefusedUnit.VALUE)
        .group_by(Refusal.reason, Refusal.file)
        .order_by(func.sum(Refusal.count).desc(), Refusal.file, Refusal.reason)
    )
    return tuple(RejectCount(*row) for row in counted)


def _labels(
    session: Session,
    app_id: InstrumentedAttribute[int],
    name: InstrumentedAttribute[str],
    carries: ColumnElement[bool],
) -> tuple[CategoryTotals, ...]:
    apps = func.count(app_id)
    counted = session.execute(
        select(name, apps, func.coalesce(func.sum(GameStats.minutes), 0))
        .join(app_id.parent.class_, carries)
        .outerjoin(GameStats, GameStats.game_id == app_id)
        .group_by(name)
        .order_by(apps.desc(), name)
    )
    return tuple(CategoryTotals(*row) for row in counted)


def _games() -> Select[*tuple[Any, ...]]:
    """Select a row for each app, with how many developers, genres, tags and specs it has."""
    counted = {
        "developers": GameDeveloper.game_id,
        "genres": GameGenre.game_id,
        "tags": GameTag.game_id,
        "specs": GameSpec.game_id,
    }
    return select(
        Game.id,
        Game.title,
        Game.listed,
        Game.kind,
        Game.publisher,
        Game.release_date,
        Game.release_year,
        Game.release_text,
        Game.price_cents,
        Game.metascore,
        Game.steam_rating,
        GameStats.owners,
        GameStats.minutes_median,
        GameStats.reviews,
        GameStats.recommended,
        *(
            select(func.count()).where(app_id == Game.id).scalar_subquery().label(name)
            for name, app_id in counted.items()
        ),
    ).outerjoin(GameStats, GameStats.game_id == Game.id)
