"""The catalogue: every app by id and in the order of the list, as it is at a moment."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from playground.steam.catalogue.game import Game
from playground.steam.catalogue.generated import Generator, apps
from playground.steam.catalogue.invented import invented

SMALLEST, LARGEST = 50, 140_000


class Catalogue:
    """All apps, the invented ones first.

    Args:
        games: how many games, from 50 to 140,000, the invented ones among them.
        opened_at: when the store's time begins, in Unix seconds.
        now: the present moment, in Unix seconds.

    Raises:
        ValueError: for another number of games.
    """

    def __init__(self, games: int, opened_at: int, now: Callable[[], float]) -> None:
        if not SMALLEST <= games <= LARGEST:
            raise ValueError(f"a catalogue has {SMALLEST} to {LARGEST:,} games, not {games:,}")
        self._now = now
        by_hand = {game.appid: game for game in invented(opened_at)}
        of_kind_game = sum(not game.kind for game in by_hand.values())
        self._games = by_hand | apps(Generator(opened_at), games - of_kind_game)
        self._ids = sorted(self._games)
        self._version = 0

    @property
    def version(self) -> int:
        """Grows with every change."""
        return self._version

    def find(self, appid: int) -> Game | None:
        """Return an app as it is now, also a withdrawn one; None if there never was one."""
        game = self._games.get(appid)
        return game and game.at(self._now())

    def listed(self, after: int = 0) -> Iterator[Game]:
        """Yield the apps on sale or on show, by id, from the first above `after`."""
        now = self._now()
        for appid in self._ids[bisect_right(self._ids, after) :]:
            game = self._games[appid]
            if game.listed:
                yield game.at(now)

    def put(self, game: Game) -> None:
        """Add an app, or put it in the place of that with its id."""
        if game.appid not in self._games:
            self._ids = sorted((*self._ids, game.appid))
        self._games[game.appid] = game
        self._version += 1

    def change(self, appid: int, **changes: Any) -> Game:
        """Change fields of an app: it counts as modified now, and its price number grows with its price.

        Raises:
            KeyError: for an unknown app.
        """
        game = self._games[appid].at(self._now())
        grown = game.price_change_number + (1 if "price" in changes else 0)
        game = replace(game, last_modified=int(self._now()), price_change_number=grown, **changes)
        self.put(game)
        return game
