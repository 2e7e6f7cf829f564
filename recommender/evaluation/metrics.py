"""How good a ranking is: recall, NDCG and hit rate of its first places, and its catalogue coverage."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Relevant = NDArray[np.bool_]


def top(scores: Scores, k: int) -> NDArray[np.intp]:
    """Return the columns of the `k` highest scores of each row, best first; of equals the first column."""
    k = min(k, scores.shape[1])
    least = np.partition(scores, scores.shape[1] - k, axis=1)[:, -k]
    best = np.empty((len(scores), k), np.intp)
    for row, (values, bound) in enumerate(zip(scores, least, strict=True)):
        columns = np.flatnonzero(values >= bound)
        best[row] = columns[np.argsort(-values[columns], kind="stable")][:k]
    return best


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the rows that have something to find, each 0 to 1. `rows` is how many those are."""

    recall: float
    ndcg: float
    hit_rate: float
    rows: int


def quality(best: NDArray[np.intp], relevant: Relevant) -> Quality:
    """Judge the first places `best` (rows x k) against what is `relevant` (rows x games).

    Recall is over all that is relevant, not only as many as fit. NDCG is of Järvelin & Kekäläinen (2002)
    with gain 1, against the best ranking possible.
    """
    wanted = relevant.sum(axis=1)
    best, relevant, wanted = best[wanted > 0], relevant[wanted > 0], wanted[wanted > 0]
    if not len(wanted):
        return Quality(np.nan, np.nan, np.nan, 0)
    hits = np.take_along_axis(relevant, best, axis=1)
    discounts = 1 / np.log2(np.arange(2, best.shape[1] + 2))
    ideal = np.cumsum(discounts)[np.minimum(wanted, best.shape[1]) - 1]
    return Quality(
        recall=float((hits.sum(axis=1) / wanted).mean()),
        ndcg=float(((hits * discounts).sum(axis=1) / ideal).mean()),
        hit_rate=float(hits.any(axis=1).mean()),
        rows=len(wanted),
    )


def catalogue_coverage(best: NDArray[np.intp], games: int) -> float:
    """Return the share of the catalogue's games that are in at least one list."""
    return len(np.unique(best)) / games


def auc(scores: Scores, candidates: Relevant, relevant: Relevant) -> float:
    """Return the mean area under the ROC curve of each relevant game among the candidates; 0.5 is chance.

    It is the share of the other candidates that the game scores above, where a tie counts half.

    Args:
        scores: rows x games.
        candidates: Which games are ranked in each row; rows x games, as `relevant` is.
        relevant: Which of them are wanted.
    """
    shares: list[float] = []
    for values, allowed, wanted in zip(scores, candidates, relevant, strict=True):
        others = np.sort(values[allowed & ~wanted])
        if not len(others):
            continue
        below = np.searchsorted(others, values[wanted], "left")
        not_above = np.searchsorted(others, values[wanted], "right")
        shares.extend(((below + not_above) / 2 / len(others)).tolist())
    return float(np.mean(shares)) if shares else float("nan")
