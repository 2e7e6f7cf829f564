"""Finding things by what people type: completion, and the resolution of free text to one thing."""

from store.names.complete import complete
from store.names.listed import understand_games
from store.names.resolve import (
    Understood,
    is_exact,
    named,
    resolve,
    resolve_players,
    understand,
    unknown,
)
from store.names.search_key import search_key

__all__ = [
    "Understood",
    "complete",
    "is_exact",
    "named",
    "resolve",
    "resolve_players",
    "search_key",
    "understand",
    "understand_games",
    "unknown",
]
