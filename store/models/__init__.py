"""The tables. `Base.metadata` is what Alembic compares the migrations with."""

from store.models.anonymous import AnonymousLibrary
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
from store.models.data_dates import DataDates
from store.models.neighbours import NeighbourBasis, Neighbours, PrecomputedScores, ScoredGames
from store.models.players import OwnedGame, PackedLibrary, Player, Review, Sentiment
from store.models.runs import RefreshRun, Refusal, Reject, RunSource
from store.models.store_pages import ControllerSupport, DeckRating, GameTitle, Offer, StorePage
from store.models.summaries import (
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
    RankedGames,
    ReviewYear,
    TopBy,
    YearBasis,
)
from store.runs import RefusedUnit, RunOutcome

__all__ = [
    "UNKNOWN_YEAR",
    "AnonymousLibrary",
    "Base",
    "ControllerSupport",
    "DataDates",
    "DeckRating",
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
    "GameTitle",
    "Genre",
    "GenreChampion",
    "GenreChampionYear",
    "GenreYear",
    "Name",
    "NameKind",
    "NeighbourBasis",
    "Neighbours",
    "Offer",
    "OwnedGame",
    "PackedLibrary",
    "Player",
    "PlayerStats",
    "PrecomputedScores",
    "RankedGames",
    "RefreshRun",
    "Refusal",
    "RefusedUnit",
    "Reject",
    "Review",
    "ReviewYear",
    "RunOutcome",
    "RunSource",
    "ScoredGames",
    "Sentiment",
    "Spec",
    "StorePage",
    "Tag",
    "TopBy",
    "YearBasis",
]
