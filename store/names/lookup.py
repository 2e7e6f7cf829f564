"""Finding things by what people type: autocomplete, and the resolution of free text to one thing."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

from sqlalchemy import BigInteger, Integer, String, bindparam, select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, NameRow, values_param
from store.errors import NotFound
from store.models import Game, Name, NameKind, Player
from store.names.search import NameSearch
from store.names.search_key import search_key
from store.results import Choice
from store.session_cache import cached

__all__ = ["complete", "named", "resolve", "resolve_players", "search_key"]

MOST_SUGGESTIONS = 5
# Discord's limit for the label and the value of a choice.
LONGEST_CHOICE = 100
_LONGEST_QUOTE = 80

_APP_ID = re.compile(r"([0-9]{1,9})")
_STORE_PAGE = re.compile(r"(?:https?://)?store\.steampowered\.com/app/([0-9]{1,9})(?:/.*)?")
_STEAM_ID = re.compile(r"[0-9]{17}")
# Stands in for a name that does not fit into the value of a choice.
_ID_VALUE = re.compile(r"id:([0-9]{1,9})")

# Put together once, since that takes longer than to run them.
_GAME = select(Game.id).where(Game.id == bindparam("id", type_=Integer))
_LABEL = select(Name.label).where(Name.id == bindparam("id", type_=BigInteger))
_BY_STEAM_ID = (
    select(Player.id).where(Player.steam_id == bindparam("steam_id", type_=String)).order_by(Player.id)
)

_BY_USER_ID = select(Player.user_id, Player.id).where(Player.user_id.in_(select(VALUES_TABLE.c.value)))


def resolve(session: Session, kind: NameKind, text: str) -> int:
    """Return the id of the thing that `text` names; for a game that is the app id.

    Tried in this order: the `value` of a `Choice` (for games an app id, and so is the address of a store
    page), the exact name, the name in another case or punctuation, the beginning or words of one name only,
    the same with 5 for V or V for 5, and a misspelt name that resembles one name clearly more than any
    other. Among games of one name the highest ranked is meant. A player is never guessed at: only the user
    id, in any case, or the SteamID64 will do.

    Raises NotFound with the closest names.
    """
    return cached(session, ("resolve", kind, text), partial(_resolved, session, kind, text.strip()))


def _resolved(session: Session, kind: NameKind, text: str) -> int:
    found = _by_id(session, kind, text)
    if found is not None:
        return found
    search = NameSearch(session, kind, search_key(text))
    found = _player(search, text) if kind is NameKind.PLAYER else _thing(search, text)
    if found is None:
        raise NotFound(kind.name.lower(), quotable(text), _suggestions(search))
    return found


def named(session: Session, kind: NameKind, text: str) -> tuple[int, str]:
    """Return the id of the thing that `text` names, and its name as the data write it.

    It is no game: one without a title has an app id, by which it is found, but no name. Raises NotFound as
    `resolve` does.
    """
    thing = resolve(session, kind, text)
    label = cached(session, ("label", kind, thing), partial(_label, session, kind, thing))
    assert label is not None
    return thing, label


def resolve_players(session: Session, user_ids: Sequence[str]) -> list[int]:
    """Return what `resolve` returns of each player; those given as they are written are found together.

    Raises NotFound as `resolve` does, of the first who is unknown.
    """
    written = session.connection().execute(_BY_USER_ID, values_param(user_ids)).all()
    found = {user_id: player for user_id, player in written if not _ID_VALUE.fullmatch(user_id)}
    return [found.get(text) or resolve(session, NameKind.PLAYER, text) for text in user_ids]


def complete(session: Session, kind: NameKind, text: str, limit: int = 25) -> tuple[Choice, ...]:
    """Return up to `limit` names for what was typed so far: exact, by prefix, by words, then misspelt ones.

    Within each, base games come before their add-ons and the more owned first (`Name.rank`). Without text:
    the highest ranked. Labels and values fit Discord's limit of 100 characters; games of one title are told
    apart by year or app id; `resolve` finds exactly the chosen thing by its value.
    """
    rows = NameSearch(session, kind, search_key(text)).best(limit)
    labels = _labels(session, kind, rows)
    return tuple(Choice(label, _value(kind, row)) for label, row in zip(labels, rows, strict=True))


def is_exact(session: Session, kind: NameKind, text: str) -> bool:
    """Tell whether `text` is a whole name of the kind, but for case, accents and punctuation."""
    return bool(NameSearch(session, kind, search_key(text)).exact())


def quotable(text: str) -> str:
    """Return what a person typed as a sentence can quote it: on one line, printable and not too long."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text[:1000]).split())
    return _shortened(plain, _LONGEST_QUOTE)


def _by_id(session: Session, kind: NameKind, text: str) -> int | None:
    patterns = (_APP_ID, _STORE_PAGE) if kind is NameKind.GAME else (_ID_VALUE,)
    written = next((match for pattern in patterns if (match := pattern.fullmatch(text))), None)
    if written is None:
        return None
    thing = int(written[1])
    if kind is NameKind.GAME:
        return session.connection().scalar(_GAME, {"id": thing})
    return None if _label(session, kind, thing) is None else thing


def _label(session: Session, kind: NameKind, thing: int) -> str | None:
    label: str | None = session.connection().scalar(_LABEL, {"id": Name.make_id(kind, thing)})
    return label


def _thing(search: NameSearch, text: str) -> int | None:
    found = _literally(search, text)
    renumbered = search.renumbered()
    if found is None and renumbered is not None:
        found = _literally(renumbered, text)
    found = found or search.clearly_meant()
    return None if found is None else found.ref_id


def _literally(search: NameSearch, text: str) -> NameRow | None:
    same_key = search.exact()
    if same_key:
        # min() keeps the highest ranked of equals.
        return min(same_key, key=lambda row: (row.label != text, row.label.casefold() != text.casefold()))
    return search.only_one()


def _player(search: NameSearch, text: str) -> int | None:
    same_key = search.exact()
    for row in same_key:
        if row.label == text:
            return row.ref_id
    but_for_case = [row for row in same_key if row.label.casefold() == text.casefold()]
    if len(but_for_case) == 1:
        return but_for_case[0].ref_id
    if _STEAM_ID.fullmatch(text):
        return search.session.scalar(_BY_STEAM_ID, {"steam_id": text})
    return None


def _suggestions(search: NameSearch) -> tuple[str, ...]:
    if not search.key:
        return ()
    # A few more than needed, since several things may share a name.
    labels = dict.fromkeys(row.label for row in search.best(2 * MOST_SUGGESTIONS))
    return tuple(labels)[:MOST_SUGGESTIONS]


def _value(kind: NameKind, row: NameRow) -> str:
    if kind is NameKind.GAME:
        return str(row.ref_id)
    is_plain = _length(row.label) <= LONGEST_CHOICE and not _ID_VALUE.fullmatch(row.label)
    return row.label if is_plain else f"id:{row.ref_id}"


def _labels(session: Session, kind: NameKind, rows: Sequence[NameRow]) -> list[str]:
    labels = [_shortened(row.label, LONGEST_CHOICE) for row in rows]
    for notes_of in (_year_notes, _app_notes) if kind is NameKind.GAME else (_id_notes,):
        counts = Counter(labels)
        alike = [row.ref_id for row, label in zip(rows, labels, strict=True) if counts[label] > 1]
        notes = notes_of(session, alike) if alike else {}
        labels = [
            _shortened(row.label, LONGEST_CHOICE, notes[row.ref_id]) if row.ref_id in notes else label
            for row, label in zip(rows, labels, strict=True)
        ]
    return labels


def _year_notes(session: Session, app_ids: list[int]) -> dict[int, str]:
    known = select(Game.id, Game.release_year).where(Game.id.in_(app_ids), Game.release_year.is_not(None))
    return {app_id: f" ({year})" for app_id, year in session.execute(known)}


def _app_notes(_session: Session, app_ids: list[int]) -> dict[int, str]:
    return {app_id: f" (app {app_id})" for app_id in app_ids}


def _id_notes(_session: Session, ids: list[int]) -> dict[int, str]:
    return {ref_id: f" ({ref_id})" for ref_id in ids}


def _length(text: str) -> int:
    """Return the length as Discord's client counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shortened(text: str, limit: int, note: str = "") -> str:
    room = limit - len(note)
    if _length(text) > room:
        cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (room - 1)]
        text = cut.decode("utf-16-le", "ignore").rstrip() + "…"
    return text + note
