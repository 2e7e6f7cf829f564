"""What the similarity of games compares: the words of their store pages, their developers and franchises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.standing import Factors, Standing, standing_of
from recommender.data.words import Features, Words, tfidf

# How much the cosine of each kind of word counts in the mean of them. Genres and specs repeat what the tags
# tell more precisely.
_WORDS = {"tag": 1.0, "genre": 0.1, "spec": 0.3}
# People vote for tags, and the page lists the most voted first: one at place p counts 1 / (1 + p * this).
_TAG_DECAY = 0.2
# What the cosine of the developers and the same franchise add to that mean.
_NAMES = {"developer": 0.25, "franchise": 0.4}


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of games; the content of two is as similar as the products of both their rows add up to.

    Attributes:
        words: Tags, genres and specs, float32, games x words: the product of two rows is a weighted mean of
            cosines, 0 to 1.
        names: Developers and franchises, games x names, whose products are added to that.
        standing: How well known and well liked each is by its store page.
    """

    words: Features
    names: Features
    standing: Standing


def traits_of(
    game_ids: NDArray[np.int32], words: Mapping[str, Words], acclaim: Factors | None = None
) -> Traits:
    """Return the traits of the ascending `game_ids`; a kind of word that is missing describes none."""
    total = sum(_WORDS.values())
    pages = [
        np.float32(weight / total) ** 0.5 * _weighed(game_ids, kind, words[kind])
        for kind, weight in _WORDS.items()
        if kind in words
    ]
    names = [weight**0.5 * tfidf(game_ids, words[kind]) for kind, weight in _NAMES.items() if kind in words]
    return Traits(
        _side_by_side(game_ids, pages),
        _side_by_side(game_ids, names),
        standing_of(game_ids, words.get("tag"), acclaim),
    )


def _side_by_side(game_ids: NDArray[np.int32], parts: Sequence[Features]) -> Features:
    nothing = sparse.csr_array(np.empty((len(game_ids), 0), np.float32))
    return sparse.csr_array(sparse.hstack([nothing, *parts], format="csr", dtype=np.float32))


def _weighed(game_ids: NDArray[np.int32], kind: str, words: Words) -> Features:
    if kind != "tag" or words.positions is None:
        return tfidf(game_ids, words)
    return tfidf(game_ids, words, (1 / (1 + _TAG_DECAY * words.positions)).astype(np.float32))
