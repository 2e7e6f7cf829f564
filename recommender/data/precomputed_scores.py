"""Working out ahead what those who own very many games like."""

from collections.abc import Iterator

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from store.models import KeptLiking, PackedLibrary
from store.scoring.item_index import read_scorable
from store.scoring.libraries import read_libraries
from store.scoring.preferences import MANY_GAMES, Member, pack_liking, worked_out
from store.scoring.weights import read_weights

_BYTES_PER_GAME = 4
_OWNERS_OF_MANY = (
    select(PackedLibrary.player_id)
    .where(func.length(PackedLibrary.game_ids) >= bindparam("bytes"))
    .order_by(PackedLibrary.player_id)
)


def replace_likings(session: Session) -> None:
    """Replace all kept likings by those of the neighbours as they are, within the caller's transaction."""
    session.execute(delete(KeptLiking))
    rows = list(_rows(session))
    if rows:
        session.execute(insert(KeptLiking), rows)


def _rows(session: Session) -> Iterator[dict[str, object]]:
    players = session.scalars(_OWNERS_OF_MANY, {"bytes": _BYTES_PER_GAME * MANY_GAMES}).all()
    if not players:
        return
    games = read_scorable(session)
    weights = read_weights(session, games)
    # In one thread: two would wait for one another more than they would save.
    for player, (name, library) in zip(players, read_libraries(session, players), strict=True):
        member = Member(player, name, games.shelved(library))
        evidence = weights.evidence(member.library)
        if len(evidence):
            liked, liking = pack_liking(worked_out(evidence, member))
            yield {"player_id": player, "liked": liked, "liking": liking}
