"""What is like the games that somebody says to like counts the more, the less else is known of the person.

Owners of one game own above all what everybody owns, and of a game that few own nearly nothing is known:
weights alone suggest the best known games, or any. Whoever names a game wants something like it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from store.scoring.item_index import ItemIndex
from store.scoring.members import Member
from store.scoring.scorer import Indices, Scores, floored_popularity
from store.scoring.similar import load_similar_to_each

# A game that this share of the players owns is half the evidence that one owned by everybody is.
_HALF_EVIDENCE = 0.01
# Similarity makes up 1 / (1 + weight * evidence ** power) of a score, and what is left is divided by
# popularity to the power of that share times the penalty. Chosen on held-out players who name games: by NDCG,
# by the share of lists that hold the most owned game, and by what players name alike (docs/recommender.md).
_EVIDENCE_WEIGHT = 2.0
_EVIDENCE_POWER = 1.5
_POPULARITY_PENALTY = 0.75
# With more evidence than this, similarity would change next to nothing.
_MOST_EVIDENCE = 30.0


@dataclass(frozen=True, slots=True)
class SimilarToLiked:
    """The games that are similar to one that a person likes.

    Attributes:
        app_id: The liked game.
        indices: The indices of the similar games, ascending.
        similarity: How similar each is, over the most similar one, float32.
    """

    app_id: int
    indices: Indices
    similarity: Scores

    def to(self, game: int) -> float:
        """Return how similar the game of an index is, 0 for one that is none of these."""
        place = int(np.searchsorted(self.indices, game))
        is_similar = place < len(self.indices) and self.indices[place] == game
        return float(self.similarity[place]) if is_similar else 0.0


@dataclass(frozen=True, slots=True)
class LikedScores:
    """Preference scores of which a part comes from similarity to what a person likes.

    Attributes:
        scores: float32 of shape (games,).
        similar: The similar games of each liked one.
        scale: What similarity adds to the score is this many times it.
    """

    scores: Scores
    similar: tuple[SimilarToLiked, ...]
    scale: float

    def contributors(
        self, game: int, by_weights: NDArray[np.int64], shares: Scores
    ) -> tuple[NDArray[np.int64], Scores]:
        """Return what contributes to the score of one game, by similarity and by weights together.

        Args:
            game: The game's index.
            by_weights: The app ids of the games that contribute by their weights.
            shares: The share of each in that, which add up to 1.

        Returns:
            The app ids of all contributors, largest share first, and their shares.
        """
        score = float(self.scores[game])
        total = {liked.app_id: self.scale * liked.to(game) / score for liked in self.similar}
        left = 1 - sum(total.values())
        for app_id, share in zip(by_weights.tolist(), shares.tolist(), strict=True):
            total[app_id] = total.get(app_id, 0.0) + left * share
        ids = sorted((app_id for app_id, share in total.items() if share > 0), key=lambda one: -total[one])
        return np.array(ids, np.int64), np.array([total[app_id] for app_id in ids], np.float32)


def with_liked(session: Session, games: ItemIndex, member: Member, scores: Scores) -> LikedScores | None:
    """Return a person's scores with what is like the games that the person likes, where that changes them.

    Args:
        session: The session that the similar games are read by.
        games: The item index.
        member: The person.
        scores: The preference scores by the library, float32 of shape (games,).

    Returns:
        Scores of the same highest one, or None where nothing is liked, nothing like it known, or so much
        known of the person that it would change next to nothing.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    evidence = _evidence(games, member)
    similar = tuple(_similar(session, games, member.liked)) if evidence <= _MOST_EVIDENCE else ()
    if not similar:
        return None
    share = 1 / (1 + _EVIDENCE_WEIGHT * evidence**_EVIDENCE_POWER)
    by_similarity = np.zeros(len(games), np.float32)
    for liked in similar:
        by_similarity[liked.indices] += liked.similarity
    highest, most_similar = float(scores.max()), float(by_similarity.max())
    scale = share * highest / most_similar
    by_weights = _penalized(scores, games.params.popularity, _POPULARITY_PENALTY * share)
    by_weights *= np.float32((1 - share) * highest / max(float(by_weights.max()), np.finfo(np.float32).tiny))
    return LikedScores(by_weights + np.float32(scale) * by_similarity, similar, scale)


def _penalized(scores: Scores, popularity: Scores, exponent: float) -> Scores:
    """Return scores over a power of each game's popularity."""
    # A few games have weights to few others, and powers are dear.
    positive = np.flatnonzero(scores > 0)
    penalized = np.zeros_like(scores)
    penalized[positive] = scores[positive] / floored_popularity(popularity[positive]) ** np.float32(exponent)
    return penalized


def _evidence(games: ItemIndex, member: Member) -> float:
    """Return how much is known of a person: each liked game is some evidence, each other one is 1."""
    others = len(member.library.indices) - len(member.only_liked)
    popularity = games.params.popularity[member.only_liked]
    return others + float((popularity / (popularity + _HALF_EVIDENCE)).sum())


def _similar(session: Session, games: ItemIndex, liked: Indices) -> Iterator[SimilarToLiked]:
    if not len(liked):
        return
    is_liked = games.editions_of(games.mask(liked))
    for app_id, similar in load_similar_to_each(session, games, games.ids[liked].tolist()):
        others = ~is_liked[similar.indices]
        order = np.argsort(similar.indices[others])
        similarity = similar.similarity[others][order]
        if len(order):
            indices = similar.indices[others][order].astype(np.intp)
            yield SimilarToLiked(app_id, indices, similarity / similarity.max())
