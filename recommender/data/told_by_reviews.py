"""What reviews tell of games that no store page describes: the words that a page of theirs would show.

The words of the pages are predicted from those of the reviews by a ridge regression on all games that have
both, in its dual form (Saunders, Gammerman & Vovk, ICML 1998): there are far fewer games than words.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from recommender.data.words import Features
from store.models import GameStats, Review

Matrix = NDArray[np.float32]
Indices = NDArray[np.intp]

# A game with fewer reviews teaches nothing, and this many games teach enough.
_LEAST_REVIEWS, _MOST_GAMES = 3, 3000
# What is read of each game: so many reviews, and so much of each.
_REVIEWS, _CHARACTERS = 20, 500
_GAMES_AT_ONCE = 500
_WORD, _WORDS = r"[^\W\d_]{3,}", 1 << 16
# A word counts that at least so many games' reviews have, and at most this share of them.
_RARE, _COMMON = 5, 0.3
_RIDGE = 0.3
# How much of the usual page counts in what is predicted, so that reviews that tell little describe little.
_USUAL = 0.2
# How long a row of predicted words is, where a page's has length 1; and of how many reviews half of that.
_LENGTH, _HALF_TOLD = 0.8, 3.0


@dataclass(frozen=True, slots=True)
class ReviewTexts:
    """Reviews of some games.

    Attributes:
        games: The indices of these games, ascending.
        counts: How many reviews each has, 1 at least.
        texts: What they say, one text a game.
    """

    games: Indices
    counts: NDArray[np.int64]
    texts: list[str]

    def of(self, some: NDArray[np.bool_]) -> Self:
        """Return those of some of the games."""
        texts = [text for text, is_kept in zip(self.texts, some, strict=True) if is_kept]
        return type(self)(self.games[some], self.counts[some], texts)


def read_review_texts(
    connection: Connection, game_ids: NDArray[np.int32], is_described: NDArray[np.bool_]
) -> ReviewTexts:
    """Read what is needed to describe the undescribed games that have reviews; nothing if there are none.

    Args:
        connection: To the store.
        game_ids: Ascending app ids.
        is_described: Which of these games a page describes.
    """
    rows = connection.execute(
        select(GameStats.game_id, GameStats.reviews)
        .where(GameStats.reviews > 0)
        .order_by(GameStats.reviews.desc(), GameStats.game_id)
    ).all()
    games, counts = np.array(rows, np.int64).reshape(-1, 2).T
    indices = np.searchsorted(game_ids, games)
    described = is_described[indices]
    teachers = np.flatnonzero(described & (counts >= _LEAST_REVIEWS))[:_MOST_GAMES]
    asked = np.flatnonzero(~described)[:_MOST_GAMES]
    if not len(asked) or not len(teachers):
        asked = teachers = np.empty(0, np.intp)
    kept = np.concatenate([teachers, asked])
    kept = kept[np.argsort(indices[kept])]
    texts = _read_texts(connection, games[kept].tolist())
    return ReviewTexts(indices[kept], counts[kept], texts)


def _read_texts(connection: Connection, games: list[int]) -> list[str]:
    """Read the beginnings of the first reviews of each game, joined."""
    place = func.row_number().over(partition_by=Review.game_id, order_by=Review.id).label("place")
    texts: dict[int, list[str]] = {game: [] for game in games}
    for start in range(0, len(games), _GAMES_AT_ONCE):
        placed = (
            select(Review.game_id, func.substr(Review.text, 1, _CHARACTERS).label("text"), place)
            .where(Review.game_id.in_(games[start : start + _GAMES_AT_ONCE]))
            .subquery()
        )
        first = (
            select(placed.c.game_id, placed.c.text)
            .where(placed.c.place <= _REVIEWS)
            .order_by(placed.c.game_id, placed.c.place)
        )
        for game, text in connection.execute(first):
            texts[game].append(text)
    return [" ".join(of_game) for of_game in texts.values()]


def with_words_told(words: Features, reviews: ReviewTexts) -> Features:
    """Return the words of games, those of the undescribed ones predicted from their reviews.

    Args:
        words: games x words, rows of length 1, or 0 where no page describes a game.
        reviews: Reviews of the games without words, and of others to learn from.
    """
    described = (np.diff(words.indptr) > 0)[reviews.games]
    if described.all() or not described.any():
        return words
    learnt, asked = reviews.of(described), reviews.of(~described)
    features = _features([*learnt.texts, *asked.texts])
    of_learnt, of_asked = features[: len(learnt.texts)], features[len(learnt.texts) :]
    kernel = np.asarray((of_learnt @ of_learnt.T).toarray(), np.float32)
    kernel[np.diag_indices_from(kernel)] += _RIDGE
    pages = words[learnt.games].toarray()
    usual = pages.mean(axis=0)
    coefficients = cho_solve(cho_factor(kernel, lower=True, overwrite_a=True), pages - usual)
    predicted = np.maximum((of_asked @ of_learnt.T) @ coefficients + _USUAL * usual, 0)
    lengths = np.linalg.norm(predicted, axis=1)
    told = _LENGTH * asked.counts / (asked.counts + _HALF_TOLD)
    predicted *= (told / np.maximum(lengths, np.finfo(np.float32).tiny))[:, np.newaxis]
    # The rows of these games are empty until now.
    ones = np.ones(len(asked.games), np.float32)
    places = sparse.csr_array((ones, (asked.games, np.arange(len(ones)))), shape=(words.shape[0], len(ones)))
    return sparse.csr_array(words + places @ sparse.csr_array(predicted.astype(np.float32)))


def _features(texts: list[str]) -> Features:
    """Return texts x words, weighed by TF-IDF; the logarithm of how often a word comes counts."""
    # Imported here: that takes most of a second, in which training counts common owners.
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer  # noqa: PLC0415

    vectorizer = HashingVectorizer(
        token_pattern=_WORD,
        stop_words="english",
        n_features=_WORDS,
        alternate_sign=False,
        norm=None,
        dtype=np.float32,
    )
    counts = sparse.csr_array(vectorizer.transform(texts))
    texts_with = np.bincount(counts.indices, minlength=_WORDS)
    telling = np.flatnonzero((texts_with >= _RARE) & (texts_with <= _COMMON * len(texts)))
    if not len(telling):
        return sparse.csr_array(np.empty((len(texts), 0), np.float32))
    return sparse.csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, telling]))
