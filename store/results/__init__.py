"""What the queries answer: frozen, typed, in plain units.

`as_dict()` gives the shape, and the Spanish keys, of the specification that the questions come from;
`to_frame()` a pandas DataFrame. Money is in US dollars, playtime in hours, shares in percent where the name
says so and else from 0 to 1. "Games file", "reviews file" and "items file" are the three files that the store
is filled from.
"""

from store.models import GameKind, NeighbourBasis, TopBy, YearBasis
from store.results.developers import (
    DeveloperPair,
    DeveloperProfile,
    DeveloperRanking,
    DeveloperReport,
    DeveloperYear,
    RankedDeveloper,
)
from store.results.game_ref import GameRef
from store.results.games import (
    GameCard,
    GamePair,
    GameRanking,
    Playtime,
    RankedGame,
    TopGame,
    TopGames,
)
from store.results.genres import GenreChampion, GenreHours, GenreTopYear, YearHours
from store.results.names import Choice
from store.results.players import GenreShare, LibraryByGenre, PlayerPair, PlayerProfile, UserData
from store.results.reviews import (
    ReviewDates,
    ReviewExcerpt,
    ReviewTexts,
    SentimentCounts,
    SentimentOverTime,
    ToneCounts,
)
from store.results.shares import (
    ClearReviews,
    DeveloperShare,
    DeveloperShares,
    GameShare,
    GameShares,
    LovedGame,
    RecommendedShare,
)
from store.results.status import DataDates, DataStatus, Provenance, RunInfo, StoreCounts
from store.results.store_page import StorePage
from store.results.suggestions import (
    Because,
    GroupRecommendations,
    GroupSuggestion,
    Reason,
    Recommendation,
    Recommendations,
)
from store.results.text import percent_text
from store.runs import RunOutcome

__all__ = [
    "Because",
    "Choice",
    "ClearReviews",
    "DataDates",
    "DataStatus",
    "DeveloperPair",
    "DeveloperProfile",
    "DeveloperRanking",
    "DeveloperReport",
    "DeveloperShare",
    "DeveloperShares",
    "DeveloperYear",
    "GameCard",
    "GameKind",
    "GamePair",
    "GameRanking",
    "GameRef",
    "GameShare",
    "GameShares",
    "GenreChampion",
    "GenreHours",
    "GenreShare",
    "GenreTopYear",
    "GroupRecommendations",
    "GroupSuggestion",
    "LibraryByGenre",
    "LovedGame",
    "NeighbourBasis",
    "PlayerPair",
    "PlayerProfile",
    "Playtime",
    "Provenance",
    "RankedDeveloper",
    "RankedGame",
    "Reason",
    "Recommendation",
    "Recommendations",
    "RecommendedShare",
    "ReviewDates",
    "ReviewExcerpt",
    "ReviewTexts",
    "RunInfo",
    "RunOutcome",
    "SentimentCounts",
    "SentimentOverTime",
    "StoreCounts",
    "StorePage",
    "ToneCounts",
    "TopBy",
    "TopGame",
    "TopGames",
    "UserData",
    "YearBasis",
    "YearHours",
    "percent_text",
]
