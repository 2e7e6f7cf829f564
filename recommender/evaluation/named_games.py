"""How good suggestions are for somebody of whom nothing is known but a few games that the person names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

import numpy as np
from numpy.typing import NDArray

from recommender.data.content import Content
from recommender.data.libraries import PLAYED_MINUTES, Libraries
from recommender.evaluation.metrics import quality, top
from recommender.evaluation.own_methods import fit_served
from recommender.evaluation.split import Split, eligible, split
from recommender.evaluation.table import markdown
from recommender.evaluation.tasks import LIST_LENGTH

# How many games are named, None for the whole library with the times that each was played.
COUNTS = (1, 3, 5, 10, None)
# How many suggestions a person sees first.
_FIRST = 5


@dataclass(frozen=True, slots=True)
class Named:
    """Figures by seed for people who name `count` games.

    Attributes:
        count: How many games are named, None for the whole library.
        owned: NDCG@10 of the hidden games.
        played: NDCG@10 of those of them that were played over an hour.
        most_owned: The share of players to whom the most owned game of all is among the first five.
    """

    count: int | None
    owned: tuple[float, ...]
    played: tuple[float, ...]
    most_owned: tuple[float, ...]


def evaluate_named(
    libraries: Libraries,
    content: Content,
    seeds: Sequence[int],
    log: Callable[[str], None] = lambda _: None,
) -> tuple[Named, ...]:
    """Measure the served model on held-out players who name only the games that they played most.

    The split and the hidden games are those of `evaluate`. What the player knows besides is not asked about,
    so that the row of the whole library is the served model's of that table. `log` is called with a line on
    each step.

    Raises:
        ValueError: No player has enough games.
    """
    libraries = eligible(libraries)
    if not len(libraries.player_ids):
        raise ValueError("No player has enough games to hide some; evaluate on more data.")
    content = content.over(libraries.game_ids)
    found: dict[int | None, list[tuple[float, float, float]]] = {count: [] for count in COUNTS}
    for seed in seeds:
        log(f"seed {seed}: named games")
        dealt = split(libraries, seed)
        with fit_served(dealt.train, content) as fitted:
            for count in COUNTS:
                if count is None:
                    scores = fitted.scores(dealt.known)
                else:
                    scores = fitted.scores_of_named(most_played(dealt.known, count))
                found[count].append(_figures(scores, dealt))
    return tuple(Named(count, *map(tuple, zip(*by_seed, strict=True))) for count, by_seed in found.items())


def render_named(rows: Sequence[Named]) -> str:
    """Return the table as Markdown: mean and, after ±, standard deviation over the seeds."""
    lines = [["games named", "NDCG@10", "played NDCG@10", "most owned game in the first 5"]]
    for row in rows:
        name = "the whole library" if row.count is None else str(row.count)
        lines.append([name, *map(_figure, (row.owned, row.played, row.most_owned))])
    return markdown(lines)


def most_played(known: Libraries, count: int) -> Libraries:
    """Return only the games of each player that were played most, `count` at most."""
    kept = np.zeros(len(known.columns), bool)
    for start, stop in zip(known.starts[:-1], known.starts[1:], strict=True):
        order = np.argsort(-known.minutes[start:stop], kind="stable")[:count]
        kept[start + order] = True
    return known.where(kept)


def _figures(scores: NDArray[np.float32], dealt: Split) -> tuple[float, float, float]:
    scores[dealt.known.matrix().nonzero()] = -np.inf
    best = top(scores, LIST_LENGTH)
    hidden = dealt.hidden
    most_owned = np.bincount(dealt.train.columns).argmax()
    return (
        quality(best, _table(hidden)).ndcg,
        quality(best, _table(hidden.where(hidden.minutes > PLAYED_MINUTES))).ndcg,
        float((best[:, :_FIRST] == most_owned).any(axis=1).mean()),
    )


def _table(libraries: Libraries) -> NDArray[np.bool_]:
    return np.asarray(libraries.matrix().toarray() > 0)


def _figure(values: Sequence[float]) -> str:
    spread = stdev(values) if len(values) > 1 else 0.0
    return f"{fmean(values):.3f} ±{spread:.3f}".replace("0.", ".")
