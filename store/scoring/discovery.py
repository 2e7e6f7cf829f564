"""How well known the games of a list should be."""

import enum

import numpy as np

from store.scoring.scorer import Scores, SparseScores, floored_popularity


class Discovery(enum.StrEnum):
    """How well known the suggested games should be; a hidden gem is none of those that most people own."""

    POPULAR = "popular"
    BALANCED = "balanced"
    HIDDEN_GEMS = "hidden gems"


# The power of a game's popularity (the share of players who own it) that its score is multiplied by.
_POPULARITY_EXPONENT = {Discovery.POPULAR: 0.3, Discovery.BALANCED: 0.0, Discovery.HIDDEN_GEMS: -0.4}
# Of the games that somebody owns, this share is too well known to be hidden gems.
_WELL_KNOWN = 0.05


def reweight_by_popularity(scores: SparseScores, popularity: Scores, discovery: Discovery) -> SparseScores:
    """Return the scores, multiplied by a power of each game's popularity.

    The best known games are no hidden gems: they get 0.

    Args:
        scores: The scores.
        popularity: The share of players who own each of all games, float32 of shape (games,).
        discovery: How well known the games should be; the balanced choice changes nothing.
    """
    exponent = _POPULARITY_EXPONENT[discovery]
    if not exponent:
        return scores
    factor = floored_popularity(popularity[scores.indices]) ** exponent
    reweighted = SparseScores(scores.indices, scores.values * factor)
    if discovery is not Discovery.HIDDEN_GEMS or not popularity.any():
        return reweighted
    return reweighted.except_for(popularity > np.quantile(popularity[popularity > 0], 1 - _WELL_KNOWN))
