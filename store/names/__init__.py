"""Finding things by what people type: completion, and the resolution of free text to one thing."""

from store.names.complete import complete
from store.names.resolve import is_exact, named, resolve, resolve_players, unknown
from store.names.search_key import search_key

__all__ = ["complete", "is_exact", "named", "resolve", "resolve_players", "search_key", "unknown"]
