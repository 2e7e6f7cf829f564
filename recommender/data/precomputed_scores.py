"""Precomputing the preference scores of players who own very many games."""

from collections.abc import Iterator

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from store.models import PackedLibrary, PrecomputedScores
from store.scoring.item_index import load_item_index
from store.scoring.libraries import read_libraries
from store.scoring.members import Member
from store.scoring.preferences import compute_scores, pack_scores
from store.scoring.weights import load_weights

_BYTES_PER_GAME = 4
_OWNERS_OF_MANY = (
    select(PackedLibrary.player_id)
    .where(func.length(PackedLibrary.game_ids) >= bindparam("bytes"))
    .order_by(PackedLibrary.player_id)
)


def replace_precomputed_scores(session: Session, precompute_from: int | None) -> None:
    """Replace all precomputed scores by those of the neighbours as they are, in the caller's transaction.

    Args:
        session: A writer's session.
        precompute_from: How many games a player must own; with None, nobody's scores are precomputed.
    """
    session.execute(delete(PrecomputedScores))
    rows = [] if precompute_from is None else list(_rows(session, precompute_from))
    if rows:
        session.execute(insert(PrecomputedScores), rows)


def _rows(session: Session, precompute_from: int) -> Iterator[dict[str, object]]:
    players = session.scalars(_OWNERS_OF_MANY, {"bytes": _BYTES_PER_GAME * precompute_from}).all()
    if not players:
        return
    games = load_item_index(session)
    weights = load_weights(session, games)
    # In one thread: two would wait for one another more than they would save.
    for player, (name, library) in zip(players, read_libraries(session, players), strict=True):
        member = Member(player, name, games.index_library(library))
        contributions = weights.contributions(member.library)
        if len(contributions):
            is_positive, scores = pack_scores(compute_scores(contributions, member), len(games))
            yield {"player_id": player, "is_positive": is_positive, "scores": scores}
