"""What was suggested to whom lately, so that nobody gets the same list twice in a row."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable

# More is let go of, what was asked or shown longest ago first.
_MOST_QUESTIONS = 5_000
_MOST_GAMES = 100


class RecentlyShown:
    """The games that were shown to each person for each question. It is in memory only, and bounded.

    Use it from one thread. A question is whatever tells it from others, such as a game with filters.
    """

    def __init__(self, *, questions: int = _MOST_QUESTIONS, games: int = _MOST_GAMES) -> None:
        """Keep so many questions of all people together, and so many games of each."""
        self._most_questions = questions
        self._most_games = games
        self._shown: OrderedDict[tuple[int, Hashable], tuple[int, ...]] = OrderedDict()

    def __len__(self) -> int:
        """Of how many questions something is known."""
        return len(self._shown)

    def games(self, discord_id: int, question: Hashable) -> frozenset[int]:
        """Return the app ids that a person was shown for a question."""
        return frozenset(self._shown.get((discord_id, question), ()))

    def add(self, discord_id: int, question: Hashable, app_ids: Iterable[int]) -> None:
        """Remember that a person was shown these games for a question."""
        fresh = tuple(dict.fromkeys(app_ids))
        known = self._shown.pop((discord_id, question), ())
        newest = (*(app_id for app_id in known if app_id not in fresh), *fresh)
        self._shown[discord_id, question] = newest[-self._most_games :]
        while len(self._shown) > self._most_questions:
            self._shown.popitem(last=False)

    def start_again(self, discord_id: int, question: Hashable) -> None:
        """Know nothing any more of what a person was shown for a question."""
        self._shown.pop((discord_id, question), None)

    def forget(self, discord_id: int) -> None:
        """Know nothing of a person any more."""
        for key in [key for key in self._shown if key[0] == discord_id]:
            del self._shown[key]
