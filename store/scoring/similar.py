"""The games that are similar to one, from the table of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from store.dialect import Prepared
from store.models import SimilarGames
from store.scoring.item_index import ItemIndex
from store.scoring.packed import NEIGHBOURS, decode_arrays, in_range, require_consistent
from store.scoring.scorer import Scores

_SIMILAR = Prepared(
    select(SimilarGames.similar_indices, SimilarGames.similarity, SimilarGames.common_owners).where(
        SimilarGames.game_id == bindparam("game", type_=Integer)
    )
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


def load_similar(session: Session, games: ItemIndex, game: int) -> SimilarItems | None:
    """Return the games that are similar to one, given by its app id, or None if nothing is known of it.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    rows = _SIMILAR.all(session.connection(), {"game": game})
    if not rows:
        return None
    similar = SimilarItems(*decode_arrays(rows[0], ("<i4", "<f4", "<i4"), NEIGHBOURS))
    require_consistent(in_range(similar.indices, len(games)), NEIGHBOURS)
    return similar
