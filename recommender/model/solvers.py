"""The two ways to solve for EASE's weights, and which one a catalogue is for."""

from enum import StrEnum
from typing import Protocol

from recommender.model.ease import Matrix

# The exact inverse of this many games takes minutes of two cores and 4 GB; time grows with the cube of them.
MOST_EXACT = 30_000


class Solver(StrEnum):
    """How the weights are solved for.

    `EXACT` inverts the whole matrix (`recommender.model.ease`), `NEIGHBOURHOOD` takes a small part of it for
    each game (`recommender.model.neighbourhood`).
    """

    EXACT = "exact"
    NEIGHBOURHOOD = "neighbourhood"


class ItemWeights(Protocol):
    """What either solver gives."""

    @property
    def games(self) -> int:
        """The number of games."""

    def weights(self, rows: slice) -> Matrix:
        """Return some rows of the item-item weights, float32 of shape (rows, games); 0 for the own game."""

    def common_owners(self, rows: slice) -> Matrix:
        """Return some rows of the Gram matrix of all players, float32 of shape (rows, games)."""


def solver_for(games: int) -> Solver:
    """Return the solver for this many games that enough people own, where none is asked for."""
    return Solver.EXACT if games <= MOST_EXACT else Solver.NEIGHBOURHOOD
