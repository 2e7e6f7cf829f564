"""Notes that set things apart that are called alike."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, NameRow, Prepared, values_param
from store.models import Game, GameKind, NameKind

_GAMES = Prepared(
    select(Game.id, Game.release_year, Game.kind).where(Game.id.in_(select(VALUES_TABLE.c.value)))
)


def notes_of(session: Session, kind: NameKind, rows: Sequence[NameRow]) -> dict[int, tuple[str, ...]]:
    """Return the notes of `Choice.notes` by the ids of the things that the rows name."""
    ids = [row.ref_id for row in rows]
    if kind is not NameKind.GAME or not ids:
        return {ref_id: (str(ref_id),) for ref_id in ids}
    games = _GAMES.all(session.connection(), values_param(ids))
    return {
        app_id: (
            "" if year is None else str(year),
            "" if game_kind is GameKind.GAME else game_kind,
            f"app {app_id}",
        )
        for app_id, year, game_kind in games
    }
