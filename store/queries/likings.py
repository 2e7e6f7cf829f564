"""How much each of several players would like each game, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from store.errors import NothingToGoOn
from store.queries.scored_games import Scorable, Scores, Shelved, Taste
from store.queries.weights import read_weights

# A group's place for a game is halfway between how much its members like it on average and how much the one
# who likes it least does: "average" and "least misery" of J. Masthoff, "Group Modeling: Selecting a Sequence
# of Television Items to Suit a Group of Viewers", UMUAI 14 (2004).
_AVERAGE = 0.5


@dataclass(frozen=True, slots=True)
class Likings:
    """How much each player likes each game: `by_player` is players x games, by place.

    It is 0 to 1, relative to the game that the player would like most of all, owned or not.
    """

    by_player: Scores

    def blend(self) -> Scores:
        """Return what the group as a whole thinks of each game."""
        average: Scores = self.by_player.mean(axis=0)
        average *= _AVERAGE
        least = self.by_player.min(axis=0)
        least *= 1 - _AVERAGE
        average += least
        return average

    def of(self, place: int) -> tuple[float, ...]:
        """Return how much each player likes one of the games."""
        return tuple(self.by_player[:, place].tolist())


def read_likings(session: Session, games: Scorable, libraries: Sequence[tuple[str, Shelved]]) -> Likings:
    """Work out how much each player likes each of `games`; `libraries` are the players' names and libraries.

    Raises NothingToGoOn if a player's games speak for nothing.
    """
    by_player = np.empty((len(libraries), len(games)), np.float32)
    weights = read_weights(session, games)
    for row, (name, library) in enumerate(libraries):
        evidence = weights.evidence(library)
        if not len(evidence):
            raise NothingToGoOn(name)
        liking = games.facts.liking(evidence.sums(), Taste())
        np.divide(liking, max(liking.max(), np.finfo(np.float32).tiny), out=by_player[row])
    return Likings(by_player)
