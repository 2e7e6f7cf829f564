"""The public query layer: every query takes a session first and answers with a frozen dataclass.

Statements are built when their module is imported, with bound parameters, here and wherever else a command
waits for one: building a statement takes longer than running it.
"""

from store.names import complete
from store.queries.best import recommend_best
from store.queries.compare import compare_developers, compare_games, compare_players
from store.queries.developers import (
    best_developer_year,
    developer,
    developer_reviews_analysis,
    users_worst_developer,
)
from store.queries.games import game
from store.queries.genres import genre_hours, play_time_genre, user_for_genre
from store.queries.groups import recommend_group
from store.queries.players import find_player, library_by_genre, userdata
from store.queries.recommend import games_named, recommend_game, recommend_library, recommend_user
from store.queries.reviews import sentiment_analysis, users_not_recommend, users_recommend
from store.queries.sentiment import review_texts, sentiment_over_time
from store.queries.status import data_status, provenance
from store.queries.top import top_games
from store.scoring.discovery import Discovery
from store.scoring.filters import Filters
from store.scoring.play_modes import PlayMode

__all__ = [
    "Discovery",
    "Filters",
    "PlayMode",
    "best_developer_year",
    "compare_developers",
    "compare_games",
    "compare_players",
    "complete",
    "data_status",
    "developer",
    "developer_reviews_analysis",
    "find_player",
    "game",
    "games_named",
    "genre_hours",
    "library_by_genre",
    "play_time_genre",
    "provenance",
    "recommend_best",
    "recommend_game",
    "recommend_group",
    "recommend_library",
    "recommend_user",
    "review_texts",
    "sentiment_analysis",
    "sentiment_over_time",
    "top_games",
    "user_for_genre",
    "userdata",
    "users_not_recommend",
    "users_recommend",
    "users_worst_developer",
]
