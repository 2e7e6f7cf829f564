"""Why no game is left to suggest."""

import numpy as np
from sqlalchemy.orm import Session

from store.errors import RuledOut
from store.scoring.discovery import Discovery, reweight_by_popularity
from store.scoring.filters import ANY_GAME, Filters
from store.scoring.item_index import ItemIndex, Mask
from store.scoring.scorer import SparseScores
from store.scoring.top_k import best_candidates


def what_ruled_out(
    session: Session,
    games: ItemIndex,
    scores: SparseScores,
    *,
    known: Mask,
    left_out: Mask,
    filters: Filters,
    discovery: Discovery,
) -> RuledOut:
    """Return by what the last of the games were ruled out, after a search that found none.

    Games are taken away for one reason after the other; the one after which none is left is the answer.

    Args:
        session: The session that the games are read by.
        games: The item index.
        scores: The scores, whatever the games' popularity.
        known: Which games the person knows already; shape (games,).
        left_out: Which games the caller left out.
        filters: The conditions that each game had to meet.
        discovery: How well known the games should have been.
    """
    left = scores
    if not left.values.any():
        return RuledOut.NOT_CLOSE
    for reason, gone in ((RuledOut.KNOWN, known), (RuledOut.LEFT_OUT, left_out)):
        left = left.except_for(games.editions_of(gone))
        if not left.values.any():
            return reason
    reweighted = reweight_by_popularity(session, games, left, discovery)
    if not reweighted.values.any():
        return RuledOut.TOO_WELL_KNOWN
    unfiltered = best_candidates(
        session,
        games,
        SparseScores(left.indices, left.values * (reweighted.values > 0)),
        limit=1,
        exclude=np.zeros(len(games), bool),
        filter_parameters=ANY_GAME.parameters(session),
    )
    return RuledOut.FILTERS if unfiltered and filters != ANY_GAME else RuledOut.NOT_FOR_SALE
