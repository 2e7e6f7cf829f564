"""What the queries suggest to play, and why."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.results.frames import GAME_COLUMNS, frame, game_cells
from store.results.game_ref import GameRef
from store.results.result import Result

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Reason(Result):
    """A game that contributes to a suggestion, and its `share` (0 to 1) of what the model adds up.

    With `reviewed` the person is not known to own the game, but recommends it in a review.
    """

    game: GameRef
    share: float
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Because(Result):
    """Why a game is suggested.

    `games` are those of the person that weigh most (empty for similar games), `tags` what both games share,
    `common_owners` how many players of the items file own both (None for a person's list). With `by_limits`
    the game is among the best that meet the limits: no other that meets them came close.
    """

    games: tuple[Reason, ...] = ()
    tags: tuple[str, ...] = ()
    common_owners: int | None = None
    by_limits: bool = False


@dataclass(frozen=True, slots=True)
class Recommendation(Result):
    """A suggested game. `score` is the model's; it orders one list and means nothing across lists."""

    game: GameRef
    score: float
    because: Because


class Recommendations(Result, tuple[Recommendation, ...]):
    """Suggestions, best first."""

    __slots__ = ()

    def as_dict(self) -> list[str]:
        """Return the shape of the specification: the titles."""
        return [entry.game.title for entry in self]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a suggestion: the game, `score`, `common_owners`, `because` (titles) and `tags`."""
        columns = {
            **GAME_COLUMNS,
            "score": "float64",
            "common_owners": "Int64",
            "because": "object",
            "tags": "object",
        }
        return frame(
            columns,
            (
                (
                    *game_cells(entry.game),
                    entry.score,
                    entry.because.common_owners,
                    tuple(reason.game.title for reason in entry.because.games),
                    entry.because.tags,
                )
                for entry in self
            ),
        )


@dataclass(frozen=True, slots=True)
class GroupSuggestion(Result):
    """A game for several people.

    `preferences` are each player's by the model, 0 to 1, in the order of the players. `score` blends them;
    `modes` are the ways of playing together that the game's store page names.
    """

    game: GameRef
    score: float
    preferences: tuple[float, ...]
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupRecommendations(Result):
    """For several people: games that all can play now, and games that none of them owns yet, best first."""

    players: tuple[str, ...]
    play_now: tuple[GroupSuggestion, ...]
    to_buy: tuple[GroupSuggestion, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a game: `owned` (by all, or by none), the game, `score`, `modes`, and each preference.

        The column of a player's preference is called `preference of` and the player's id.
        """
        preferences = dict.fromkeys((f"preference of {player}" for player in self.players), "float64")
        columns = {"owned": "bool", **GAME_COLUMNS, "score": "float64", "modes": "object", **preferences}
        return frame(
            columns,
            (
                (owned, *game_cells(entry.game), entry.score, entry.modes, *entry.preferences)
                for owned, entries in ((True, self.play_now), (False, self.to_buy))
                for entry in entries
            ),
        )
