"""How similar two games are: what a list of similar games ranks by, unlike the weight of one to the other.

It multiplies what is known of both games in three ways:

- content: the cosines of tags, genres, specs and developers, and whether the franchise is the same;
- audience: how many players know both, over a power of how many know the other, so that what everybody owns
  stands beside nothing. The fewer know the game, the less that counts: with n of them, n / (n + 100);
- renown: a small power of how many own and review the other, and what its store page says of its standing.

A game is compared with all that are known (`recommender.model.audience.known_games`), and of the others with
its own series and developers' alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.neighbours import SimilarRow
from recommender.data.traits import Traits
from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import Indices, top_k_per_row
from recommender.model.audience import Audience
from recommender.model.solvers import ItemWeights

Matrix = NDArray[np.float32]
Numbers = NDArray[np.float64]

# Added to the content of any two games, of which none may be described.
_UNDESCRIBED = 0.05
# The power of content, worked out by two products, which are far cheaper than a power.
_CONTENT_POWER = 3
# How many players must know a game for its audience to count half.
_HALF_KNOWN = 100.0
# What a game whose audience does not count has in place of the audiences' part.
_NO_AUDIENCE = 0.3
_AUDIENCE_POWER = 0.7
# Known by this many more, and to this power: what the number of common players is divided by.
_KNOWN_BY_MORE, _KNOWN_POWER = 30.0, 0.7
_LEAST_RENOWN, _RENOWN_POWER = 0.3, 0.2
# As how many more people's a game counts that is well known by its page.
_KNOWN_BY_PAGE = 2


@dataclass(frozen=True, slots=True)
class SimilarityTable:
    """The games most similar to each, computed each time they are iterated over.

    Attributes:
        ease: The counts of common owners of the warm games, those that enough people own.
        traits: The traits of all games.
        audience: Who knows each game.
        games: The app ids of all games, ascending.
        owners: The number of owners of each game, shape (games,).
        warm: The indices of the warm games.
        known: The indices of the games that any is compared with, ascending; the warm ones are among them.
        per_game: How many similar games each game keeps.
    """

    ease: ItemWeights
    traits: Traits
    audience: Audience
    games: NDArray[np.int32]
    owners: NDArray[np.int64]
    warm: Indices
    known: Indices
    per_game: int

    def __iter__(self) -> Iterator[SimilarRow]:
        """Yield the row of every game, those of the warm ones first."""
        compared = _Compared(self)
        cold = np.setdiff1d(np.arange(len(self.games)), self.warm, assume_unique=True)
        for block in in_threads(compared.of_warm, blocks_of(len(self.warm))):
            yield from block
        for block in in_threads(compared.of_cold, (cold[rows] for rows in blocks_of(len(cold)))):
            yield from block


class _Compared:
    """The games that any game is compared with, and the factors of similarity that are theirs alone."""

    def __init__(self, table: SimilarityTable) -> None:
        self._table = table
        # Ascending: of equals the lower app id comes first.
        self._columns = table.known
        self._unknown_games = np.setdiff1d(np.arange(len(table.games)), table.known, assume_unique=True)
        self._unknown_names = sparse.csr_array(table.traits.names[self._unknown_games].T)
        self._unknown_words = np.ascontiguousarray(table.traits.words[self._unknown_games].toarray().T)
        self._is_warm = np.isin(self._columns, table.warm, assume_unique=True)
        # Where nothing at all is known of a game, the best known ones are no answer.
        self._is_described = np.diff(table.traits.words.indptr) + np.diff(table.traits.names.indptr) > 0
        self._column_of = np.full(len(table.games), -1)
        self._column_of[self._columns] = np.arange(len(self._columns))

        owners, reviews = table.owners[self._columns], table.audience.reviews[self._columns]
        # The root of it goes into the features: the power of a product is the product of powers.
        standing = table.traits.standing
        known_by = owners + reviews + _KNOWN_BY_PAGE * standing.is_known[self._columns]
        renown = _renown(known_by) * standing.factor[self._columns]
        root = renown[:, np.newaxis] ** (1 / _CONTENT_POWER)
        root = root.astype(np.float32)
        # Dense, since nearly every two games have some word in common.
        self._words = np.ascontiguousarray(table.traits.words[self._columns].multiply(root).toarray().T)
        self._undescribed = np.float32(_UNDESCRIBED) * root.ravel()
        self._names = sparse.csr_array(sparse.csr_array(table.traits.names[self._columns].multiply(root)).T)
        others = (table.audience.sizes[self._columns] + _KNOWN_BY_MORE) ** (-_KNOWN_POWER * _AUDIENCE_POWER)
        self._per_common = others.astype(np.float32)

    def of_warm(self, rows: slice) -> list[SimilarRow]:
        """Return the rows of some warm games."""
        games = self._table.warm[rows]
        common = np.zeros((len(games), len(self._columns)), np.float32)
        common[:, self._is_warm] = self._table.ease.common_owners(rows)
        owners = common.copy()
        by_reviews = self._by_reviews(games)
        row, column = by_reviews.coords
        common[row, column] += by_reviews.data
        alone, with_audience = self._factors(games)
        # Counts are whole numbers, of which few differ: looking a power up is cheaper than working it out.
        powers = np.arange(common.max(initial=0) + 1, dtype=np.float32) ** np.float32(_AUDIENCE_POWER)
        common = powers[common.astype(np.int32)]
        common *= with_audience[:, np.newaxis]
        common *= self._per_common
        common += alone[:, np.newaxis]
        common *= self._content(games)
        return self._rows(games, common, owners)

    def of_cold(self, games: Indices) -> list[SimilarRow]:
        """Return the rows of some games whose audience is known from reviews only."""
        similarity = self._content(games)
        alone, with_audience = self._factors(games)
        by_reviews = self._by_reviews(games)
        row, column = by_reviews.coords
        added = with_audience[row] * by_reviews.data**_AUDIENCE_POWER * self._per_common[column]
        added *= similarity[row, column]
        similarity *= alone[:, np.newaxis]
        similarity[row, column] += added
        return self._rows(games, similarity, None)

    def _content(self, games: Indices) -> Matrix:
        """Return the parts of similarity that are content and renown, float32 of shape (games, columns)."""
        traits = self._table.traits
        content = np.asarray(traits.words[games] @ self._words, np.float32)
        content += self._undescribed
        names = sparse.csr_array(traits.names[games] @ self._names)
        row = np.repeat(np.arange(len(games)), np.diff(names.indptr))
        content[row, names.indices] += names.data
        content *= content * content
        own = self._column_of[games]
        content[own >= 0, own[own >= 0]] = 0
        return content

    def _by_reviews(self, games: Indices) -> "sparse.coo_array[Any]":
        common = self._table.audience.common_by_reviews(games)
        return sparse.coo_array(sparse.csc_array(common)[:, self._columns])

    def _factors(self, games: Indices) -> tuple[Matrix, Matrix]:
        """Return what each game has without an audience, and what one power of common players counts."""
        sizes = self._table.audience.sizes[games].astype(np.float64)
        counts = sizes / (sizes + _HALF_KNOWN)
        with_audience = counts * np.maximum(sizes, 1) ** (-0.5 * _AUDIENCE_POWER)
        alone = (1 - counts) * _NO_AUDIENCE * self._is_described[games]
        return alone.astype(np.float32), with_audience.astype(np.float32)

    def _rows(self, games: Indices, similarity: Matrix, owners: Matrix | None) -> list[SimilarRow]:
        best = top_k_per_row(similarity, self._table.per_game)
        row, column = np.repeat(np.arange(len(games)), np.diff(best.indptr)), best.indices
        owned = np.zeros(len(row), np.float32) if owners is None else owners[row, column]
        unknown_row, unknown, closeness = self._unknown(games)
        row = np.concatenate([row, unknown_row])
        index = np.concatenate([self._columns[column], unknown])
        value = np.concatenate([best.data, closeness])
        common = np.concatenate([owned, np.zeros(len(unknown), np.float32)]).astype(np.int32)

        order = np.lexsort((index, -value, row))
        bounds = np.searchsorted(row[order], np.arange(len(games) + 1))
        return [
            SimilarRow(int(self._table.games[game]), index[entries], value[entries], common[entries])
            for game, start, stop in zip(games, bounds[:-1], bounds[1:], strict=True)
            for entries in [order[start : min(stop, start + self._table.per_game)]]
        ]

    def _unknown(self, games: Indices) -> tuple[Indices, Indices, Matrix]:
        """Return the games that nobody knows, of the same series or developers, and how similar they are.

        Returns:
            One entry a pair: the place of one among `games`, the index of the other, and the similarity.
        """
        traits = self._table.traits
        related = sparse.csr_array(traits.names[games] @ self._unknown_names)
        row = np.repeat(np.arange(len(games)), np.diff(related.indptr))
        # A product with every game that any of these is related to: far cheaper than one for each pair.
        is_related = np.bincount(related.indices, minlength=len(self._unknown_games)) > 0
        place = np.cumsum(is_related) - 1
        words = traits.words[games] @ self._unknown_words[:, is_related]
        content = related.data + words[row, place[related.indices]]
        index = self._unknown_games[related.indices]
        is_other = games[row] != index
        row, index, content = row[is_other], index[is_other], content[is_other]
        alone, _ = self._factors(games)
        content += np.float32(_UNDESCRIBED)
        content *= content * content
        content *= _renown(self._table.owners[index]).astype(np.float32) * traits.standing.factor[index]
        content *= alone[row]
        return row, index, content


def _renown(known_by: NDArray[np.integer]) -> Numbers:
    return np.asarray((np.log1p(known_by) + _LEAST_RENOWN) ** _RENOWN_POWER, np.float64)
