"""What every measured method is: something that learns from libraries and content, and then scores."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.content import Content
from recommender.libraries import Libraries

Matrix = NDArray[np.float32]


class Fitted(Protocol):
    """A method after learning."""

    def scores(self, known: Libraries) -> Matrix:
        """Return players x games: how much each player's known games speak for each game."""

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        """Return queries x games: how alike each game (a column of the libraries) is to every other."""


@dataclass(frozen=True, slots=True)
class Method:
    """A named way to learn. `fit` gets libraries and content over the same games."""

    name: str
    fit: Callable[[Libraries, Content], Fitted]


@dataclass(frozen=True, slots=True)
class ItemWeights:
    """A method that is one matrix: row i says how much owning game i speaks for each game."""

    weights: Matrix

    def scores(self, known: Libraries) -> Matrix:
        return np.asarray(known.matrix() @ self.weights, np.float32)

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        return self.weights[games]
