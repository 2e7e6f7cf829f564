"""All data of one report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from report.data.games import Catalogue, read_catalogue
from report.data.libraries import Shared, read_shared
from report.data.recommendations import Recommended, read_recommended
from report.data.reviews import read_reviews
from report.data.sources import RejectCount, SourceSummary, read_reject_counts, read_sources
from store.models import OwnedGame, Player, PlayerStats
from store.results import DataStatus, RunInfo


@dataclass(frozen=True, slots=True, eq=False)
class ReportData:
    """Everything that the sections draw on.

    Attributes:
        status: What the store holds.
        run: The run that the data come from.
        sources: The files of that run.
        reject_counts: What of them could not be used.
        catalogue: Games, genres, tags and developers.
        players: A row for each player: whether a SteamID64 is known, `items_count`, `owned` and `reviews`.
        minutes: The playtimes of all owned games, int64, ascending, 0 included.
        reviews: A row for each review, as `report.data.reviews` says.
        shared: Which of the most owned games are owned together.
        recommended: What a sample of players is recommended.
    """

    status: DataStatus
    run: RunInfo
    sources: tuple[SourceSummary, ...]
    reject_counts: tuple[RejectCount, ...]
    catalogue: Catalogue
    players: pd.DataFrame
    minutes: NDArray[np.int64]
    reviews: pd.DataFrame
    shared: Shared
    recommended: Recommended

    @property
    def games(self) -> pd.DataFrame:
        """A row for each app that the store knows."""
        return self.catalogue.games

    @property
    def listed(self) -> pd.DataFrame:
        """The rows of `games` that the games file has."""
        return self.games[self.games["listed"]]

    @property
    def libraries(self) -> int:
        """How many players own a game at least."""
        return int((self.players["owned"] > 0).sum())


def read_data(session: Session, status: DataStatus, run: RunInfo, language: str = "en") -> ReportData:
    """Read all that the report needs.

    Args:
        session: A session of one state of the store.
        status: What the store holds.
        run: The run that the data come from.
        language: The ISO 639-1 code of the language that genres and tags are named in.
    """
    catalogue = read_catalogue(session, language)
    players = _players(session)
    return ReportData(
        status=status,
        run=run,
        sources=read_sources(session, run),
        reject_counts=read_reject_counts(session, run),
        catalogue=catalogue,
        players=players,
        minutes=_minutes(session),
        reviews=read_reviews(session),
        shared=read_shared(session, catalogue.most_owned()),
        recommended=read_recommended(session, _owners(players)),
    )


def _players(session: Session) -> pd.DataFrame:
    chosen = select(
        Player.id,
        Player.steam_id.is_not(None).label("has_steam_id"),
        Player.items_count,
        PlayerStats.owned,
        PlayerStats.reviews,
    ).outerjoin(PlayerStats, PlayerStats.player_id == Player.id)
    players = pd.read_sql(chosen.order_by(Player.id), session.connection())
    return players.astype(
        {"has_steam_id": bool, "items_count": "float64", "owned": "float64", "reviews": "float64"}
    )


def _owners(players: pd.DataFrame) -> Sequence[int]:
    return [int(player) for player in players.loc[players["owned"] > 0, "id"]]


def _minutes(session: Session) -> NDArray[np.int64]:
    counted = session.execute(
        select(OwnedGame.minutes, func.count()).group_by(OwnedGame.minutes).order_by(OwnedGame.minutes)
    ).all()
    values, counts = np.array(counted, np.int64).reshape(-1, 2).T
    return np.repeat(values, counts)
