"""How well known the games of a list should be."""

import enum

import numpy as np

from store.scoring.scorer import Scores, floored_popularity


class Discovery(enum.StrEnum):
    """How well known the suggested games should be; a hidden gem is none of those that most people own."""

    POPULAR = "popular"
    BALANCED = "balanced"
    HIDDEN_GEMS = "hidden gems"


# The power of a game's popularity (the share of players who own it) that its score is multiplied by.
_POPULARITY_EXPONENT = {Discovery.POPULAR: 0.3, Discovery.BALANCED: 0.0, Discovery.HIDDEN_GEMS: -0.4}
# Of the games that somebody owns, this share is too well known to be hidden gems.
_WELL_KNOWN = 0.05


def reweight_by_popularity(scores: Scores, popularity: Scores, discovery: Discovery) -> Scores:
    """Return the scores, of which the positive ones are multiplied by a power of each game's popularity.

    The best known games are no hidden gems: they get 0.

    Args:
        scores: float32 of shape (games,), all games in the order of the item index.
        popularity: The share of players who own each of them.
        discovery: How well known the games should be; the balanced choice changes nothing.
    """
    exponent = _POPULARITY_EXPONENT[discovery]
    if not exponent:
        return scores
    factor = floored_popularity(popularity) ** exponent
    reweighted = np.where(scores > 0, scores * factor, scores)
    if discovery is not Discovery.HIDDEN_GEMS or not popularity.any():
        return reweighted
    is_well_known = popularity > np.quantile(popularity[popularity > 0], 1 - _WELL_KNOWN)
    return np.where(is_well_known & (scores > 0), np.float32(0), reweighted)
