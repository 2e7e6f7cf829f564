"""The tables. `Base.metadata` is what Alembic compares the migrations with."""

from store.models.base import UNKNOWN_YEAR, Base
from store.models.catalogue import (
    Developer,
    Game,
    GameDeveloper,
    GameGenre,
    GameKind,
    GameSpec,
    GameTag,
    Genre,
    Spec,
    Tag,
)
from store.models.neighbours import NeighbourBasis, Neighbours
from store.models.players import OwnedGame, Player, Review, Sentiment
from store.models.runs import RefreshRun, Reject, RunOutcome, RunSource
from store.models.summaries import (
    NAMES_PER_KIND,
    DeveloperReviewYear,
    DeveloperYear,
    GameReviewYear,
    GameStats,
    GenreChampion,
    GenreChampionYear,
    GenreYear,
    Name,
    NameKind,
    PlayerStats,
    YearBasis,
)

__all__ = [
    "NAMES_PER_KIND",
    "UNKNOWN_YEAR",
    "Base",
    "Developer",
    "DeveloperReviewYear",
    "DeveloperYear",
    "Game",
    "GameDeveloper",
    "GameGenre",
    "GameKind",
    "GameReviewYear",
    "GameSpec",
    "GameStats",
    "GameTag",
    "Genre",
    "GenreChampion",
    "GenreChampionYear",
    "GenreYear",
    "Name",
    "NameKind",
    "NeighbourBasis",
    "Neighbours",
    "OwnedGame",
    "Player",
    "PlayerStats",
    "RefreshRun",
    "Reject",
    "Review",
    "RunOutcome",
    "RunSource",
    "Sentiment",
    "Spec",
    "Tag",
    "YearBasis",
]
