"""The cost of a library that is folded in at question time instead of being trained on.

The same people with the same hidden games are asked twice: of a model that has never seen them, by the games
that are left to them, as an own library is; and of one that was trained on these games too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.data.content import Content
from recommender.data.libraries import Libraries
from recommender.evaluation.peers.base import Method
from recommender.evaluation.run import SEEDS
from recommender.evaluation.split import Split, eligible, split
from recommender.evaluation.tasks import next_game


@dataclass(frozen=True, slots=True)
class Folding:
    """NDCG@10 of one split, of all hidden games and of those played over an hour."""

    folded_in: float
    in_the_data: float
    played_folded_in: float
    played_in_the_data: float

    @property
    def loss(self) -> float:
        """How much lower NDCG@10 is for those who are not in the data; below 0 where it is higher."""
        return self.in_the_data - self.folded_in

    @property
    def played_loss(self) -> float:
        """The same of the games played over an hour."""
        return self.played_in_the_data - self.played_folded_in


def measure_folding(
    libraries: Libraries,
    content: Content,
    method: Method,
    *,
    seeds: Sequence[int] = SEEDS,
    log: Callable[[str], None] | None = None,
) -> tuple[Folding, ...]:
    """Return what folding in costs on the split of each seed.

    Raises:
        ValueError: No player has enough games to hide some.
    """
    libraries = eligible(libraries)
    if not len(libraries.player_ids):
        raise ValueError("No player has enough games to hide some; measure on more data.")
    content = content.over(libraries.game_ids)
    found = []
    for seed in seeds:
        if log:
            log(f"seed {seed}")
        dealt = split(libraries, seed)
        apart = _ndcg(method, dealt.train, content, dealt)
        inside = _ndcg(method, together(dealt.train, dealt.known), content, dealt)
        found.append(Folding(apart[0], inside[0], apart[1], inside[1]))
    return tuple(found)


def together(some: Libraries, others: Libraries) -> Libraries:
    """Return the libraries of two groups of players over the same games."""
    starts = np.concatenate([some.starts, some.starts[-1] + others.starts[1:]])
    ids = np.concatenate([some.player_ids, others.player_ids])
    columns = np.concatenate([some.columns, others.columns])
    minutes = np.concatenate([some.minutes, others.minutes])
    return Libraries(ids, some.game_ids, starts, columns, minutes).of(np.argsort(ids))


def _ndcg(method: Method, train: Libraries, content: Content, dealt: Split) -> tuple[float, float]:
    with method.fit(train, content) as fitted:
        figures = next_game(fitted, dealt)
    return figures["ndcg"], figures["played_ndcg"]
