"""The games that are similar to one, from the table of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, Prepared, values_param
from store.models import SimilarGames
from store.scoring.item_index import ItemIndex
from store.scoring.packed import NEIGHBOURS, decode_arrays, in_range, require_consistent
from store.scoring.scorer import Scores, SparseScores, sparse_scores

_COLUMNS = (SimilarGames.similar_indices, SimilarGames.similarity, SimilarGames.common_owners)
_SIMILAR = Prepared(select(*_COLUMNS).where(SimilarGames.game_id == bindparam("game", type_=Integer)))
_SIMILAR_TO_EACH = Prepared(
    select(SimilarGames.game_id, *_COLUMNS).where(SimilarGames.game_id.in_(select(VALUES_TABLE.c.value)))
)


@dataclass(frozen=True, slots=True)
class SimilarItems:
    """The games similar to one, most similar first.

    Attributes:
        indices: Their indices, int32.
        similarity: How similar each is, float32, above 0.
        common_owners: How many players own both, int32.
    """

    indices: NDArray[np.int32]
    similarity: Scores
    common_owners: NDArray[np.int32]

    @property
    def scores(self) -> SparseScores:
        """The similarity of all games."""
        return sparse_scores(self.indices, self.similarity)


def load_similar(session: Session, games: ItemIndex, game: int) -> SimilarItems | None:
    """Return the games that are similar to one, given by its app id, or None if nothing is known of it.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    rows = _SIMILAR.all(session.connection(), {"game": game})
    if not rows:
        return None
    return _decode(rows[0], games)


def load_similar_to_each(
    session: Session, games: ItemIndex, app_ids: Sequence[int]
) -> list[tuple[int, SimilarItems]]:
    """Return each of some games, given by their app ids, of which similar ones are known, with these.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    rows = _SIMILAR_TO_EACH.all(session.connection(), values_param(app_ids))
    found = {app_id: _decode(packed, games) for app_id, *packed in rows}
    return [(app_id, found[app_id]) for app_id in app_ids if app_id in found]


def _decode(packed: Sequence[bytes], games: ItemIndex) -> SimilarItems:
    similar = SimilarItems(*decode_arrays(packed, ("<i4", "<f4", "<i4"), NEIGHBOURS))
    require_consistent(in_range(similar.indices, len(games)), NEIGHBOURS)
    return similar
