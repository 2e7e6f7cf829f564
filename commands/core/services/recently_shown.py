"""What was suggested to whom lately, so that nobody gets the same list twice in a row."""

from collections.abc import Hashable, Iterable

from cachetools import LRUCache

_MOST_REQUESTS = 5_000
_MOST_GAMES = 100


class RecentlyShown:
    """The games that were shown to each person for each request. It is in memory only, and bounded.

    Use it from one thread. A request is whatever tells it from others, such as a game with filters.
    """

    def __init__(self, *, requests: int = _MOST_REQUESTS, games: int = _MOST_GAMES) -> None:
        """Keep the latest `requests` of all people together, and the latest `games` of each."""
        self._most_games = games
        self._shown: LRUCache[tuple[int, Hashable], tuple[int, ...]] = LRUCache(requests)

    def __len__(self) -> int:
        """Return how many requests are remembered."""
        return len(self._shown)

    def games(self, discord_id: int, request: Hashable) -> frozenset[int]:
        """Return the app ids that a person was shown for a request."""
        return frozenset(self._shown.get((discord_id, request), ()))

    def add(self, discord_id: int, request: Hashable, app_ids: Iterable[int]) -> None:
        """Remember that a person was shown these games for a request."""
        fresh = tuple(dict.fromkeys(app_ids))
        known = self._shown.get((discord_id, request), ())
        newest = (*(app_id for app_id in known if app_id not in fresh), *fresh)
        self._shown[discord_id, request] = newest[-self._most_games :]

    def start_again(self, discord_id: int, request: Hashable) -> None:
        """Forget what a person was shown for a request."""
        self._shown.pop((discord_id, request), None)

    def clear(self) -> None:
        """Forget everybody."""
        self._shown.clear()

    def forget(self, discord_id: int) -> None:
        """Forget a person."""
        for key in [key for key in self._shown if key[0] == discord_id]:
            del self._shown[key]
