"""Names that complete what a person typed so far."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from store.boundary.arguments import COUNT, NAME, choice
from store.boundary.damage import naming_damage
from store.boundary.questions import question
from store.dialect import NameRow
from store.models import NameKind
from store.names.addresses import title_in_address
from store.names.notes import notes_of
from store.names.search import NameSearch
from store.names.search_key import search_key
from store.names.written import ID_VALUE, find_noted, find_written, name_row
from store.results import Choice

# Labels that share their first characters, as many as this, may look alike where they are cut.
_ALIKE = 40


@question(kind=choice(NameKind, "A kind of name is one of"), text=NAME, limit=COUNT)
@naming_damage()
def complete(session: Session, kind: NameKind, text: str, limit: int = 25) -> tuple[Choice, ...]:
    """Return up to `limit` names for what was typed so far.

    What `text` is the id, the address or the label of comes first, then exact names, nicknames, names with
    words that begin so, and misspelt ones. Games come before add-ons, and the better known first
    (`Name.rank`). Without text: the highest ranked. `resolve` finds exactly the chosen thing by the value of
    its `Choice`.
    """
    said = (title_in_address(text) if kind is NameKind.GAME else None) or text
    rows = NameSearch(session, kind, search_key(said)).best(limit)
    written = _written(session, kind, text.strip())
    if written is not None:
        rows = [written, *(row for row in rows if row.id != written.id)][:limit]
    return choices_of(session, kind, rows)


def choices_of(session: Session, kind: NameKind, rows: Sequence[NameRow]) -> tuple[Choice, ...]:
    """Return the choices for names; those that begin alike have notes."""
    beginnings = Counter(row.label[:_ALIKE] for row in rows)
    alike = [row for row in rows if beginnings[row.label[:_ALIKE]] > 1]
    notes = notes_of(session, kind, alike)
    return tuple(_choice(kind, row, notes.get(row.ref_id, ())) for row in rows)


def _written(session: Session, kind: NameKind, text: str) -> NameRow | None:
    thing = find_written(session, kind, text)
    return find_noted(session, kind, text) if thing is None else name_row(session, kind, thing)


def _choice(kind: NameKind, row: NameRow, notes: tuple[str, ...]) -> Choice:
    if kind is NameKind.GAME:
        return Choice(row.label, str(row.ref_id), str(row.ref_id), notes)
    short_value = f"id:{row.ref_id}"
    value = short_value if ID_VALUE.fullmatch(row.label) else row.label
    return Choice(row.label, value, short_value, notes)
