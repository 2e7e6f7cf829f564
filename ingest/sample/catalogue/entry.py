"""One line of the sample's catalogue."""

from dataclasses import dataclass
from typing import Final

# The catalogue writes a game's modes in short; Steam's store pages call them so.
MODES: Final[dict[str, str]] = {
    "solo": "Single-player",
    "multi": "Multi-player",
    "online": "Online Multi-Player",
    "split": "Shared/Split Screen",
    "coop": "Co-op",
    "cross": "Cross-Platform Multiplayer",
    "mmo": "MMO",
    "ach": "Steam Achievements",
    "cards": "Steam Trading Cards",
    "cloud": "Steam Cloud",
    "shop": "Steam Workshop",
    "boards": "Steam Leaderboards",
    "stats": "Stats",
    "pad": "Full controller support",
    "part": "Partial Controller Support",
    "capt": "Captions available",
    "comm": "Commentary available",
    "editor": "Includes level editor",
    "sdk": "Includes Source SDK",
    "vac": "Valve Anti-Cheat enabled",
    "iap": "In-App Purchases",
    "dlc": "Downloadable Content",
    "vr": "HTC Vive",
    "room": "Room-Scale",
}


@dataclass(frozen=True, slots=True)
class Game:
    """Public facts of one real game, as its store page tells them.

    ``developer`` keeps Steam's own form: several credits are joined by a comma without a space. ``released``
    is ``YYYY-MM-DD`` where the day is certain, otherwise a coarser text (``Oct 2010``, ``2012``). ``price``
    is the list price in US dollars, or the words Steam shows instead, or ``None`` where the store shows none.
    ``genres`` and ``tags`` are comma-separated; ``modes`` are keys of :data:`MODES`, space-separated.
    An empty ``publisher`` means that the first developer published the game. ``series`` groups sequels.
    """

    app_id: int
    title: str
    developer: str
    released: str
    price: float | str | None
    genres: str
    modes: str
    tags: str
    publisher: str = ""
    series: str = ""
    early_access: bool = False

    @property
    def genre_list(self) -> list[str]:
        """Return the genres in the store's order."""
        return _listed(self.genres)

    @property
    def tag_list(self) -> list[str]:
        """Return the players' tags, most used first."""
        return _listed(self.tags)

    @property
    def specs(self) -> list[str]:
        """Return the store's names of the game's modes and features.

        Raises:
            KeyError: if a mode is not one of :data:`MODES`.
        """
        return [MODES[mode] for mode in self.modes.split()]

    @property
    def credited_publisher(self) -> str:
        """Return the publisher, which is the first developer where nobody else published the game."""
        return self.publisher or self.developer.split(",")[0]

    @property
    def year(self) -> int:
        """Return the release year."""
        return int(next(part for part in self.released.replace("-", " ").split() if len(part) == 4))

    @property
    def is_extra(self) -> bool:
        """Tell whether this is downloadable content, which Steam never lists in a player's library."""
        return "dlc" in self.modes.split()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
