"""The sample's catalogue: well-known games with public facts, one a line of `catalogue.jsonl`."""

from importlib.resources import files
from typing import Final

import msgspec


class Game(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Public facts of one real game, as its store page states them.

    `developer` keeps Steam's own form: several credits are joined by a comma without a space. `released` is
    `YYYY-MM-DD` where the day is certain, otherwise a coarser text (`Oct 2010`, `2012`). `price` is the list
    price in US dollars, or the words that Steam shows instead, or None where the store shows none. `genres`
    are in the store's order, `tags` are the players', most used first, and `specs` the modes and features in
    the store's words. An empty `publisher` means that the first developer published the game. `series` groups
    sequels.
    """

    app_id: int
    title: str
    developer: str
    released: str
    genres: list[str]
    specs: list[str]
    tags: list[str]
    price: float | str | None = None
    publisher: str = ""
    series: str = ""
    early_access: bool = False

    @property
    def credited_publisher(self) -> str:
        """The publisher, which is the first developer where nobody else published the game."""
        return self.publisher or self.developer.split(",")[0]

    @property
    def year(self) -> int:
        """The release year."""
        return int(next(part for part in self.released.replace("-", " ").split() if len(part) == 4))

    @property
    def is_extra(self) -> bool:
        """Whether this is downloadable content, which Steam never lists in a player's library."""
        return "Downloadable Content" in self.specs


def _read() -> tuple[Game, ...]:
    lines = files("ingest.sample").joinpath("catalogue.jsonl").read_bytes()
    return tuple(msgspec.json.Decoder(Game).decode_lines(lines))


CATALOGUE: Final[tuple[Game, ...]] = _read()
