"""The interface of a measured method: it is fitted to libraries and content, and then scores."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from recommender.data.content import Content
from recommender.data.libraries import Libraries

Matrix = NDArray[np.float32]


class Fitted(ABC):
    """A method after learning; a context manager, since one may keep files of its own."""

    @abstractmethod
    def scores(self, known: Libraries) -> Matrix:
        """Return players x games: the score of each game, by the games known of the player."""

    @abstractmethod
    def similar(self, games: NDArray[np.intp]) -> Matrix:
        """Return queries x games: how similar each game (a column of the libraries) is to every other."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:  # noqa: B027
        """Release what the method holds; most hold nothing."""


@dataclass(frozen=True, slots=True)
class Method:
    """A named way to learn. `fit` gets libraries and content over the same games."""

    name: str
    fit: Callable[[Libraries, Content], Fitted]


@dataclass(frozen=True, slots=True)
class ItemWeights(Fitted):
    """A method that is one matrix: row i is what owning game i adds to the score of each game."""

    weights: Matrix

    def scores(self, known: Libraries) -> Matrix:
        """Score by the sums of the rows of owned games."""
        return np.asarray(known.matrix() @ self.weights, np.float32)

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        """Return rows of the weights."""
        return self.weights[games]
