"""Finding things by what people type: completion, and the resolution of free text to one thing."""

from store.names.addresses import app_ids_in
from store.names.complete import complete
from store.names.described import (
    Description,
    all_so_described,
    complete_descriptions,
    understand_description,
    understand_descriptions,
)
from store.names.listed import listed_names, understand_games, understand_listed
from store.names.not_found import unknown
from store.names.resolve import (
    Understood,
    is_exact,
    named,
    resolve,
    resolve_players,
    taken_for,
    understand,
)
from store.names.search_key import search_key

__all__ = [
    "Description",
    "Understood",
    "all_so_described",
    "app_ids_in",
    "complete",
    "complete_descriptions",
    "is_exact",
    "listed_names",
    "named",
    "resolve",
    "resolve_players",
    "search_key",
    "taken_for",
    "understand",
    "understand_description",
    "understand_descriptions",
    "understand_games",
    "understand_listed",
    "unknown",
]
