"""Names that complete what a person typed so far."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.damage import damage_named
from store.dialect import VALUES_TABLE, NameRow, values_param
from store.models import Game, NameKind
from store.names.resolve import ID_VALUE
from store.names.search import NameSearch
from store.names.search_key import search_key
from store.results import Choice

# Labels that share their first characters, as many as this, may look alike where they are cut.
_ALIKE = 40

_YEARS = select(Game.id, Game.release_year).where(
    Game.id.in_(select(VALUES_TABLE.c.value)), Game.release_year.is_not(None)
)


@damage_named
def complete(session: Session, kind: NameKind, text: str, limit: int = 25) -> tuple[Choice, ...]:
    """Return up to `limit` names for what was typed so far: exact, by prefix, by words, then misspelt ones.

    Within each, base games come before their add-ons and the more owned first (`Name.rank`). Without text:
    the highest ranked. `resolve` finds exactly the chosen thing by the value of its `Choice`.
    """
    rows = NameSearch(session, kind, search_key(text)).best(limit)
    notes = _notes(session, kind, rows)
    return tuple(_choice(kind, row, notes.get(row.ref_id, ())) for row in rows)


def _choice(kind: NameKind, row: NameRow, notes: tuple[str, ...]) -> Choice:
    if kind is NameKind.GAME:
        return Choice(row.label, str(row.ref_id), str(row.ref_id), notes)
    short_value = f"id:{row.ref_id}"
    value = short_value if ID_VALUE.fullmatch(row.label) else row.label
    return Choice(row.label, value, short_value, notes)


def _notes(session: Session, kind: NameKind, rows: Sequence[NameRow]) -> dict[int, tuple[str, ...]]:
    """Return the notes of the things whose names begin alike, by their ids."""
    beginnings = Counter(row.label[:_ALIKE] for row in rows)
    alike = [row.ref_id for row in rows if beginnings[row.label[:_ALIKE]] > 1]
    if kind is not NameKind.GAME:
        return {ref_id: (str(ref_id),) for ref_id in alike}
    found = session.connection().execute(_YEARS, values_param(alike)).all() if alike else []
    years: dict[int, int] = dict(found)  # type: ignore[arg-type]
    return {app_id: (str(years.get(app_id, "")), f"app {app_id}") for app_id in alike}
