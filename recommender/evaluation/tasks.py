"""What methods are measured on: the next game, similar games, and games that nobody owns yet."""

import numpy as np
from numpy.typing import NDArray

from recommender.data.content import Content
from recommender.data.libraries import Libraries
from recommender.evaluation.metrics import auc, catalogue_coverage, quality, top
from recommender.evaluation.peers.base import Fitted, Method
from recommender.evaluation.split import Split

LIST_LENGTH = 10
SIMILAR_LENGTH = 5
# A game counts as played from here on; below that, most were tried or idled.
PLAYED_MINUTES = 60
# Of the games that enough people own, this share is made unknown to see how a new game would fare.
COLD_SHARE = 0.1
COLD_MIN_OWNERS = 5

Figures = dict[str, float]


def next_game(fitted: Fitted, split: Split) -> Figures:
    """Find the hidden games: all of them, and those played over an hour."""
    scores = fitted.scores(split.known)
    scores[split.known.matrix().nonzero()] = -np.inf
    best = top(scores, LIST_LENGTH)
    owned = quality(best, _table(split.hidden))
    played = quality(best, _table(_played(split.hidden)))
    return {
        "recall": owned.recall,
        "ndcg": owned.ndcg,
        "hit_rate": owned.hit_rate,
        "catalogue_coverage": catalogue_coverage(best, len(split.known.game_ids)),
        "played_recall": played.recall,
        "played_ndcg": played.ndcg,
        "played_hit_rate": played.hit_rate,
    }


def similar_games(fitted: Fitted, split: Split, seed: int) -> Figures:
    """From one played game of each held-out person, find the other games that the person played."""
    people = _played(merged(split.known, split.hidden))
    people = people.of(np.flatnonzero(people.sizes >= 2))
    asked = np.array(
        [
            people.columns[start + np.random.default_rng((seed, player)).integers(stop - start)]
            for player, start, stop in zip(
                people.player_ids.tolist(), people.starts[:-1], people.starts[1:], strict=True
            )
        ],
        np.intp,
    )
    scores = fitted.similar(asked)
    rows = np.arange(len(asked))
    scores[rows, asked] = -np.inf
    relevant = _table(people)
    relevant[rows, asked] = False
    found = quality(top(scores, SIMILAR_LENGTH), relevant)
    return {"similar_ndcg": found.ndcg, "similar_hit_rate": found.hit_rate}


def new_games(method: Method, split: Split, content: Content, seed: int) -> Figures:
    """Take games out of everybody's libraries, learn again, and see where they rank for their real owners.

    `cold_auc` is the share of the new games that a person's own one is ranked above (0.5 is chance);
    `cold_recall` how many of a person's own are among the first ten new games.
    """
    cold = cold_games(split.train, content, seed)
    people = merged(split.known, split.hidden)
    known = people.where(~cold[people.columns])
    wanted = _table(people.where(cold[people.columns]))
    with method.fit(split.train.where(~cold[split.train.columns]), content) as fitted:
        scores = fitted.scores(known)
    scores[:, ~cold] = -np.inf
    some = wanted.any(axis=1) & (known.sizes > 0)
    allowed = np.tile(cold, (int(some.sum()), 1))
    found = quality(top(scores[some], LIST_LENGTH), wanted[some])
    return {"cold_auc": auc(scores[some], allowed, wanted[some]), "cold_recall": found.recall}


def merged(some: Libraries, others: Libraries) -> Libraries:
    """Return the libraries that two parts of the same players' games make together."""
    rows = np.concatenate([np.repeat(np.arange(len(p.player_ids)), p.sizes) for p in (some, others)])
    columns = np.concatenate([some.columns, others.columns])
    order = np.lexsort((columns, rows))
    return Libraries(
        some.player_ids,
        some.game_ids,
        np.concatenate(([0], np.cumsum(some.sizes + others.sizes))),
        columns[order],
        np.concatenate([some.minutes, others.minutes])[order],
    )


def cold_games(train: Libraries, content: Content, seed: int) -> NDArray[np.bool_]:
    """Choose a tenth of the described games that at least five players own; true in their columns."""
    described = np.diff(content.features.indptr) > 0
    may_be = np.flatnonzero(described & (train.owners >= COLD_MIN_OWNERS))
    chosen = np.random.default_rng((seed, len(may_be))).permutation(may_be)
    cold = np.zeros(len(train.game_ids), bool)
    cold[chosen[: round(COLD_SHARE * len(may_be))]] = True
    return cold


def _played(libraries: Libraries) -> Libraries:
    return libraries.where(libraries.minutes > PLAYED_MINUTES)


def _table(libraries: Libraries) -> NDArray[np.bool_]:
    return np.asarray(libraries.matrix().toarray() > 0)
