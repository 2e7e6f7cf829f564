"""The error for a name that nothing goes by, with what comes closest to it."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from store.boundary.damage import naming_damage
from store.catalogue.data_dates import data_dates
from store.dialect import NameRow
from store.errors import NotFound, NotInData
from store.models import GameKind, NameKind
from store.names.complete import choices_of
from store.names.name_table import distinct
from store.names.notes import notes_of
from store.names.search import NameSearch
from store.names.search_key import search_key

_MOST_SUGGESTIONS = 5
# How many more names are looked at where some may not be suggested.
_MOST_PASSED_OVER = 50
_LONGEST_QUOTE = 80


@naming_damage()
def unknown(
    session: Session, kind: NameKind, text: str, *, without: Collection[str] = frozenset()
) -> NotFound:
    """Return the error that nothing of the kind is called `text`, as if the names in `without` were none."""
    return not_found(NameSearch(session, kind, search_key(text)), text.strip(), without)


def not_found(search: NameSearch, text: str, without: Collection[str] = frozenset()) -> NotFound:
    """Return the error that nothing is called `text`; `search` is for its key."""
    rows = _closest(search, without)
    kind = search.kind.name.lower()
    return NotFound(kind, quotable(text), choices=choices_of(search.session, search.kind, rows), text=text)


def not_in_data(search: NameSearch, title: str, text: str, *, on_steam: bool = True) -> NotInData:
    """Return the error that the data do not have what is well known as `title`."""
    return NotInData(
        quotable(text),
        title,
        on_steam=on_steam,
        ends=data_dates(search.session).as_of,
        choices=choices_of(search.session, search.kind, _called_alike(search, title)[:_MOST_SUGGESTIONS]),
        text=text,
        kind=search.kind.name.lower(),
    )


def _called_alike(search: NameSearch, title: str) -> list[NameRow]:
    """Return the games in whose names what was typed stands as it is, or the title that it means."""
    in_full = NameSearch(search.session, search.kind, search_key(title))
    return distinct(search.with_whole_words() + in_full.with_whole_words())


def quotable(text: str) -> str:
    """Return what a person typed as a sentence can quote it: on one line, printable and not too long."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text[:1000]).split())
    return plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _closest(search: NameSearch, without: Collection[str]) -> list[NameRow]:
    if not search.key:
        return []
    rows = search.best(_MOST_SUGGESTIONS + min(len(without), _MOST_PASSED_OVER))
    rows = [row for row in rows if row.label not in without][:_MOST_SUGGESTIONS]
    # Beside games that are called so, nobody means an add-on or a title that merely contains it.
    games = search.without_add_ons([row for row in rows if row.by_words])
    return distinct([*games, *_by_themselves(search, rows)]) if games else rows


def _by_themselves(search: NameSearch, rows: Sequence[NameRow]) -> list[NameRow]:
    """Return the mods and the software whose names begin with the key: no game is needed to mean them."""
    if search.kind is not NameKind.GAME:
        return []
    notes = notes_of(search.session, search.kind, rows)
    return [
        row
        for row in rows
        if f"{row.key} ".startswith(f"{search.key} ")
        and not {GameKind.MOD, GameKind.SOFTWARE}.isdisjoint(notes[row.ref_id])
    ]
