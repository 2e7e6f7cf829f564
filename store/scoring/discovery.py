"""How well known the games of a list should be."""

import enum

from sqlalchemy.orm import Session

from store.scoring.item_index import ItemIndex
from store.scoring.popularity import load_popularity
from store.scoring.scorer import SparseScores, floored_popularity


class Discovery(enum.StrEnum):
    """How well known the suggested games should be; a hidden gem is none of those that most people know."""

    POPULAR = "popular"
    BALANCED = "balanced"
    HIDDEN_GEMS = "hidden gems"


# The power of a game's popularity (the share of players who own it) that its score is multiplied by.
_POPULARITY_EXPONENT = {Discovery.POPULAR: 0.3, Discovery.BALANCED: 0.0, Discovery.HIDDEN_GEMS: -0.4}


def reweight_by_popularity(
    session: Session, games: ItemIndex, scores: SparseScores, discovery: Discovery
) -> SparseScores:
    """Return the scores, multiplied by a power of each game's popularity.

    The best known games are no hidden gems: they get 0.

    Args:
        session: The session that popularity is read by.
        games: The item index.
        scores: The scores.
        discovery: How well known the games should be; the balanced choice changes nothing.
    """
    exponent = _POPULARITY_EXPONENT[discovery]
    if not exponent:
        return scores
    popularity = load_popularity(session, games)
    factor = floored_popularity(popularity.shares[scores.indices]) ** exponent
    reweighted = SparseScores(scores.indices, scores.values * factor)
    if discovery is not Discovery.HIDDEN_GEMS:
        return reweighted
    return reweighted.except_for(popularity.is_well_known)
