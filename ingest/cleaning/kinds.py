"""Telling games from what else is sold on Steam."""

from collections.abc import Collection

from store.models import GameKind

_SOFTWARE_GENRES = frozenset(
    {
        "Accounting",
        "Animation & Modeling",
        "Audio Production",
        "Design & Illustration",
        "Education",
        "Photo Editing",
        "Software Training",
        "Utilities",
        "Video Production",
        "Web Publishing",
    }
)
# Genres that say how an app is sold or who made it, not what it is.
_NEUTRAL_GENRES = frozenset({"Early Access", "Free to Play", "Indie"})


def kind_of(
    title: str | None, genres: Collection[str], specs: Collection[str], tags: Collection[str]
) -> GameKind:
    """Return what an app is, by the store's own features first and by its title last."""
    return GameKind.DLC if "Downloadable Content" in specs else GameKind.GAME
