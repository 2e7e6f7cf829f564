"""Who knows a game: its owners, and those who reviewed it without owning it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.libraries import Libraries
from recommender.data.reviews import Reviews
from recommender.data.standing import Standing

Indices = NDArray[np.intp]
Table = sparse.csr_array[Any]

# A game is known that so many players own.
_LEAST_OWNERS = 2


@dataclass(frozen=True, slots=True)
class Audience:
    """How many players know each game, and what their reviews add to the counts of common owners.

    Only games that enough people own count as owned, as they do for the model.

    Attributes:
        sizes: How many players own or reviewed each game, int64 of shape (games,).
        reviews: How many reviewed it, int64 of shape (games,).
        added_by_game: games x players, who reviewed each without owning it; of those who did so at all.
        owned_by_game: games x the same players, who owns each.
        added: The first, players x games.
        known: players x games: added and owned.
    """

    sizes: NDArray[np.int64]
    reviews: NDArray[np.int64]
    added_by_game: Table
    owned_by_game: Table
    added: Table
    known: Table

    def common_by_reviews(self, games: Indices) -> Table:
        """Return how many players know each two games of whom the owners of both do not count.

        Args:
            games: The indices of some games.

        Returns:
            float32 of shape (some games, games).
        """
        of_added = self.added_by_game[games] @ self.known
        return sparse.csr_array(of_added + self.owned_by_game[games] @ self.added)


def audience_of(libraries: Libraries, warm: NDArray[np.bool_], reviews: Reviews) -> Audience:
    """Return who knows each game.

    Args:
        libraries: Who owns what, over all games of the model.
        warm: Which games enough people own, shape (games,).
        reviews: Who reviewed what; those of other games are passed over.
    """
    games = len(libraries.game_ids)
    columns = np.searchsorted(libraries.game_ids, reviews.games)
    columns[columns == games] = 0
    of_game = libraries.game_ids[columns] == reviews.games if games else np.zeros(len(columns), bool)
    columns, players = columns[of_game], reviews.players[of_game]

    owned = libraries.where(warm[libraries.columns])
    is_added = ~_owns(owned, players, columns)
    reviewers = np.unique(players[is_added])
    added = _table(reviewers, players[is_added], columns[is_added], games)
    theirs = owned.of(np.flatnonzero(np.isin(owned.player_ids, reviewers)))
    owned_of_reviewers = _table(reviewers, np.repeat(theirs.player_ids, theirs.sizes), theirs.columns, games)
    return Audience(
        sizes=owned.owners + np.bincount(columns[is_added], minlength=games),
        reviews=np.bincount(columns, minlength=games),
        added_by_game=sparse.csr_array(added.T),
        owned_by_game=sparse.csr_array(owned_of_reviewers.T),
        added=added,
        known=sparse.csr_array(added + owned_of_reviewers),
    )


def known_games(
    libraries: Libraries, warm: NDArray[np.bool_], audience: Audience, standing: Standing
) -> Indices:
    """Return the indices of the games that somebody knows, ascending; of all games, if that is none.

    Two players own such a game, or enough for it to be warm, somebody reviewed it, or its store page shows
    that many know it. Of two games that are as similar to another, one that nobody knows is no answer.

    Args:
        libraries: Who owns what, over all games of the model.
        warm: Which games enough people own, shape (games,).
        audience: Who knows each game.
        standing: What the store pages say.
    """
    known = warm | (libraries.owners >= _LEAST_OWNERS) | (audience.reviews > 0) | standing.is_known
    return np.flatnonzero(known if known.any() else ~known)


def _owns(libraries: Libraries, players: NDArray[np.int64], columns: Indices) -> NDArray[np.bool_]:
    """Return of each player and column whether the player owns that game."""
    games = len(libraries.game_ids)
    theirs = libraries.of(np.flatnonzero(np.isin(libraries.player_ids, players)))
    # One number for each player and game: ascending, as the rows are and the columns of each.
    owned = np.repeat(theirs.player_ids, theirs.sizes) * games + theirs.columns
    asked = players * games + columns
    return np.searchsorted(owned, asked, side="right") > np.searchsorted(owned, asked)


def _table(
    reviewers: NDArray[np.int64], players: NDArray[np.int64], columns: NDArray[np.integer], games: int
) -> Table:
    ones = np.ones(len(players), np.float32)
    shape = (len(reviewers), games)
    return sparse.csr_array((ones, (np.searchsorted(reviewers, players), columns)), shape=shape)
