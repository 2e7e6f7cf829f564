"""The table of all questions that can be asked: where, what answers, and what the answer is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from api.handlers import data, developers, games, genres, players, reviews, specification, suggestions
from api.handlers.rankings import DevelopersOfYear, GamesOfYear
from store import results

_SPECIFICATION = "the specification's seven"


@dataclass(frozen=True, slots=True)
class Operation:
    """A question: the path that asks it, the handler, the type of the answer, and the heading it is under."""

    path: str
    handler: Callable[..., Awaitable[Response]]
    result: Any
    heading: str
    method: str = "GET"

    @property
    def id(self) -> str:
        """The operation's name in the description, such as "v1_developer"."""
        return "_".join(part for part in self.path.split("/") if part and not part.startswith("{"))

    @property
    def summary(self) -> str:
        """What it answers, in a sentence."""
        return _paragraphs(self.handler)[0]

    @property
    def description(self) -> str:
        """What there is to know further."""
        return "\n\n".join(_paragraphs(self.handler)[1:])


def _paragraphs(handler: Callable[..., object]) -> list[str]:
    text = handler.__doc__ or ""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


OPERATIONS = (
    Operation(
        "/developer/{desarrollador:path}",
        specification.developer,
        list[specification.ItemsOfYear],
        _SPECIFICATION,
    ),
    Operation(
        "/userdata/{User_id:path}", specification.userdata, specification.PlayerSummary, _SPECIFICATION
    ),
    Operation(
        "/UserForGenre/{genero:path}",
        specification.user_for_genre,
        specification.GenreChampionSummary,
        _SPECIFICATION,
    ),
    Operation(
        "/best_developer_year/{anio}",
        specification.best_developer_year,
        specification.Places,
        _SPECIFICATION,
    ),
    Operation(
        "/developer_reviews_analysis/{desarrolladora:path}",
        specification.developer_reviews_analysis,
        specification.ReviewSummary,
        _SPECIFICATION,
    ),
    Operation(
        "/recomendacion_juego/{id_de_producto:path}",
        specification.recommend_game,
        specification.Titles,
        _SPECIFICATION,
    ),
    Operation(
        "/recomendacion_usuario/{id_de_usuario:path}",
        specification.recommend_user,
        specification.Titles,
        _SPECIFICATION,
    ),
    Operation("/v1/developer", developers.developer, results.DeveloperReport, "developers"),
    Operation(
        "/v1/best_developer_year",
        developers.best_developer_year,
        DevelopersOfYear,
        "developers",
    ),
    Operation(
        "/v1/users_worst_developer",
        developers.users_worst_developer,
        DevelopersOfYear,
        "developers",
    ),
    Operation(
        "/v1/developer_reviews_analysis",
        developers.developer_reviews_analysis,
        results.SentimentCounts,
        "developers",
    ),
    Operation("/v1/compare_developers", developers.compare_developers, results.DeveloperPair, "developers"),
    Operation("/v1/game", games.game, results.GameCard, "games"),
    Operation("/v1/compare_games", games.compare_games, results.GamePair, "games"),
    Operation("/v1/games_named", games.games_named, dict[str, str], "games"),
    Operation("/v1/top_games", games.top_games, results.TopGames, "games"),
    Operation("/v1/user_for_genre", genres.user_for_genre, results.GenreChampion, "genres"),
    Operation("/v1/play_time_genre", genres.play_time_genre, results.GenreTopYear, "genres"),
    Operation("/v1/genre_hours", genres.genre_hours, results.GenreHours, "genres"),
    Operation("/v1/find_player", players.find_player, str, "players"),
    Operation("/v1/userdata", players.userdata, results.UserData, "players"),
    Operation("/v1/library_by_genre", players.library_by_genre, results.LibraryByGenre, "players"),
    Operation("/v1/compare_players", players.compare_players, results.PlayerPair, "players"),
    Operation("/v1/users_recommend", reviews.users_recommend, GamesOfYear, "reviews"),
    Operation("/v1/users_not_recommend", reviews.users_not_recommend, GamesOfYear, "reviews"),
    Operation("/v1/sentiment_analysis", reviews.sentiment_analysis, results.SentimentCounts, "reviews"),
    Operation("/v1/sentiment_over_time", reviews.sentiment_over_time, results.SentimentOverTime, "reviews"),
    Operation("/v1/review_texts", reviews.review_texts, results.ReviewTexts, "reviews"),
    Operation(
        "/v1/recommend_game", suggestions.recommend_game, tuple[results.Recommendation, ...], "suggestions"
    ),
    Operation(
        "/v1/recommend_best", suggestions.recommend_best, tuple[results.Recommendation, ...], "suggestions"
    ),
    Operation(
        "/v1/recommend_user", suggestions.recommend_user, tuple[results.Recommendation, ...], "suggestions"
    ),
    Operation(
        "/v1/recommend_library",
        suggestions.recommend_library,
        tuple[results.Recommendation, ...],
        "suggestions",
        method="POST",
    ),
    Operation(
        "/v1/recommend_group", suggestions.recommend_group, results.GroupRecommendations, "suggestions"
    ),
    Operation("/v1/complete", data.complete, tuple[results.Choice, ...], "the data"),
    Operation("/v1/data_status", data.data_status, results.DataStatus, "the data"),
    Operation("/v1/provenance", data.provenance, results.Provenance, "the data"),
)
