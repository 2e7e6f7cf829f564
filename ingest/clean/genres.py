"""Genres where a source has none: Steam's tags have the same names."""

from collections.abc import Sequence

# Steam's genres of games. "Indie" and the rest are tags of the same name.
_GENRES = frozenset(
    {
        "Action",
        "Adventure",
        "Casual",
        "Early Access",
        "Free to Play",
        "Indie",
        "Massively Multiplayer",
        "RPG",
        "Racing",
        "Simulation",
        "Sports",
        "Strategy",
    }
)


def genres_in(tags: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that are genres too, in their order."""
    return tuple([tag for tag in tags if tag in _GENRES])
