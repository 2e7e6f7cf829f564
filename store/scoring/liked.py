"""What is like the games that somebody says to like counts the more, the less else is known of the person.

Owners of one game own above all what everybody owns, and of a game that few own nearly nothing is known:
weights alone suggest the best known games, or any. Whoever names a game wants something like it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from store.scoring.item_index import ItemIndex
from store.scoring.members import Member
from store.scoring.popularity import load_popularity
from store.scoring.scorer import (
    Indices,
    Scores,
    SparseScores,
    floored_popularity,
    sum_of,
)
from store.scoring.similar import load_similar_to_each

# A game that this share of the players owns is half the evidence that one owned by everybody is.
_HALF_EVIDENCE = 0.01
# Similarity makes up 1 / (1 + weight * evidence ** power) of a score. The rest is divided by popularity to
# the power of that share times the penalty, and where a game is like no liked one multiplied by the rest's
# share to a power: such a game must be far ahead by weights. Chosen on held-out players who name games: by
# NDCG, by the share of lists that hold the most owned game, and by what players name alike
# (docs/recommender.md).
_EVIDENCE_WEIGHT = 2.0
_EVIDENCE_POWER = 1.5
_POPULARITY_PENALTY = 0.75
_UNLIKE_POWER = 2.0
# With more evidence than this, similarity would change next to nothing.
_MOST_EVIDENCE = 30.0


@dataclass(frozen=True, slots=True)
class LikedScores:
    """Preference scores of which a part comes from similarity to what a person likes.

    Attributes:
        scores: The score of each game.
        similar: How similar all games are to each liked one, by its app id; the most similar one has 1.
        scale: What similarity adds to the score is this many times it.
    """

    scores: SparseScores
    similar: Mapping[int, SparseScores]
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
            The app ids of all contributors, largest share first, and their shares; none of a game that
            scores 0, such as one that only fills a list.
        """
        score = self.scores.of(game)
        if not score:
            return by_weights[:0], shares[:0]
        total = {app_id: self.scale * similar.of(game) / score for app_id, similar in self.similar.items()}
        left = 1 - sum(total.values())
        for app_id, share in zip(by_weights.tolist(), shares.tolist(), strict=True):
            total[app_id] = total.get(app_id, 0.0) + left * share
        ids = sorted((app_id for app_id, share in total.items() if share > 0), key=lambda one: -total[one])
        return np.array(ids, np.int64), np.array([total[app_id] for app_id in ids], np.float32)


def with_liked(
    session: Session, games: ItemIndex, member: Member, scores: SparseScores
) -> LikedScores | None:
    """Return a person's scores with what is like the games that the person likes, where that changes them.

    Args:
        session: The session that the similar games are read by.
        games: The item index.
        member: The person.
        scores: The preference scores by the library.

    Returns:
        Scores of the same highest one, or None where nothing is liked, nothing like it known, or so much
        known of the person that it would change next to nothing.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    if not len(member.liked):
        return None
    evidence = _evidence(games, member)
    similar = dict(_similar(session, games, member.liked)) if evidence <= _MOST_EVIDENCE else {}
    if not similar:
        return None
    share = 1 / (1 + _EVIDENCE_WEIGHT * evidence**_EVIDENCE_POWER)
    by_similarity = sum_of(list(similar.values()))
    # Without any score by weights, on the scale of preferences all the same.
    highest = float(scores.values.max(initial=0)) or 1.0
    scale = share * highest / float(by_similarity.values.max())
    popularity = floored_popularity(_popularity(session, games)[scores.indices])
    by_weights = scores.values / popularity ** np.float32(_POPULARITY_PENALTY * share)
    is_like = games.mask(by_similarity.indices)[scores.indices]
    by_weights[~is_like] *= np.float32((1 - share) ** _UNLIKE_POWER)
    rest = (1 - share) * highest / float(by_weights.max(initial=np.finfo(np.float32).tiny))
    blended = sum_of(
        [
            SparseScores(scores.indices, by_weights * np.float32(rest)),
            SparseScores(by_similarity.indices, by_similarity.values * np.float32(scale)),
        ]
    )
    return LikedScores(blended, similar, scale)


def _popularity(session: Session, games: ItemIndex) -> Scores:
    """Return the share of players who own each game, or would where no library lists it."""
    owned = games.params.popularity
    return np.where(owned > 0, owned, load_popularity(session, games).shares)


def _evidence(games: ItemIndex, member: Member) -> float:
    """Return how much is known of a person: each liked game is some evidence, each other one is 1."""
    others = len(member.library.indices) - len(member.only_liked)
    # What weights are learnt from are libraries, however many know a game otherwise.
    popularity = games.params.popularity[member.only_liked]
    return others + float((popularity / (popularity + _HALF_EVIDENCE)).sum())


def _similar(session: Session, games: ItemIndex, liked: Indices) -> Iterator[tuple[int, SparseScores]]:
    is_liked = games.editions_of(games.mask(liked))
    for app_id, similar in load_similar_to_each(session, games, games.ids[liked].tolist()):
        others = similar.scores.among(~is_liked)
        if len(others.indices):
            yield app_id, SparseScores(others.indices, others.values / others.values.max())
