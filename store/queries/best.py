"""The best games within some limits, for whoever names neither a game nor a player."""

from collections.abc import Collection
from functools import partial

import numpy as np
from sqlalchemy.orm import Session

from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.errors import NoData, NothingLeft, RuledOut
from store.files.refill import awaits_refill
from store.results import Because, Recommendation, Recommendations
from store.scoring.best import best_of_all
from store.scoring.discovery import Discovery
from store.scoring.filters import ANY_GAME, Filters
from store.scoring.item_index import load_item_index
from store.scoring.validation import DISCOVERY, FILTERS, LIMIT, app_ids


@question(limit=LIMIT, filters=FILTERS, discovery=DISCOVERY, exclude=app_ids)
@kept
def recommend_best(
    session: Session,
    limit: int = 5,
    *,
    filters: Filters = ANY_GAME,
    discovery: Discovery | str = Discovery.BALANCED,
    exclude: Collection[int] = (),
) -> Recommendations:
    """Return up to `limit` of the best games that meet the filters, whoever asks.

    They are in the order of `top_games`: by reviews, hidden gems by Steam's own rating too; popular ones go
    by how well known they are. `exclude` are app ids that are not wanted.

    Raises NothingLeft if there is none, NotFound for an
    unknown genre or tag, NoData if the tables were upgraded and no refresh has filled them since, WrongFilter
    if a filter or another option makes no sense.
    """
    games = load_item_index(session)
    best = partial(
        best_of_all, session, games, filters=filters.look_up(session), discovery=Discovery(discovery)
    )
    left_out = games.mask(games.indices(np.array(exclude, np.int64)))
    found = best(limit=limit, exclude=left_out)
    if not found and awaits_refill(session):
        raise NoData
    if not found:
        is_any = left_out.any() and best(limit=1, exclude=np.zeros(len(games), bool))
        raise NothingLeft(RuledOut.LEFT_OUT if is_any else RuledOut.FILTERS)
    return Recommendations(Recommendation(one.game, one.score, Because(by_limits=True)) for one in found)
