"""Resolving free text to the one thing that it names."""

import re
from collections.abc import Collection, Sequence
from functools import partial

from sqlalchemy import BigInteger, Integer, String, bindparam, select
from sqlalchemy.orm import Session

from store.anonymous import is_anonymous
from store.dialect import VALUES_TABLE, NameRow, values_param
from store.errors import NotFound
from store.models import Game, Name, NameKind, Player
from store.names.search import NameSearch
from store.names.search_key import search_key
from store.session_cache import cached

_MOST_SUGGESTIONS = 5
# How many more names are looked at where some may not be suggested.
_MOST_PASSED_OVER = 50
_LONGEST_QUOTE = 80

_APP_ID = re.compile(r"([0-9]{1,9})")
_STORE_PAGE = re.compile(r"(?:https?://)?store\.steampowered\.com/app/([0-9]{1,9})(?:/.*)?")
_STEAM_ID = re.compile(r"[0-9]{17}")
# Stands in for a name that is too long, see `Choice.short_value`.
ID_VALUE = re.compile(r"id:([0-9]{1,9})")

_GAME = select(Game.id).where(Game.id == bindparam("id", type_=Integer))
_LABEL = select(Name.label).where(Name.id == bindparam("id", type_=BigInteger))
_BY_STEAM_ID = (
    select(Player.id).where(Player.steam_id == bindparam("steam_id", type_=String)).order_by(Player.id)
)

_BY_USER_ID = select(Player.user_id, Player.id).where(Player.user_id.in_(select(VALUES_TABLE.c.value)))


def resolve(session: Session, kind: NameKind, text: str) -> int:
    """Return the id of the thing that `text` names; for a game that is the app id.

    Tried in this order: the `value` or `short_value` of a `Choice` (for games an app id, and so is the
    address of a store page), the exact name, the name in another case or punctuation, the beginning or words
    of one name only, the same with 5 for V or V for 5, and a misspelt name that resembles one name clearly
    more than any other. Among games of one name the highest ranked is meant. A player is never guessed at:
    only the user id, in any case, or the SteamID64 will do.

    Raises:
        NotFound: Nothing is called that; it has the closest names.
    """
    return cached(session, ("resolve", kind, text), partial(_resolved, session, kind, text.strip()))


def _resolved(session: Session, kind: NameKind, text: str) -> int:
    found = _by_id(session, kind, text)
    if found is not None:
        return found
    search = NameSearch(session, kind, search_key(text))
    found = _player(search, text) if kind is NameKind.PLAYER else _thing(search, text)
    if found is None:
        raise _unknown(search, text)
    return found


def unknown(
    session: Session, kind: NameKind, text: str, *, without: Collection[str] = frozenset()
) -> NotFound:
    """Return the error that nothing of the kind is called `text`, as if the names in `without` were none."""
    return _unknown(NameSearch(session, kind, search_key(text)), text.strip(), without)


def _unknown(search: NameSearch, text: str, without: Collection[str] = frozenset()) -> NotFound:
    return NotFound(search.kind.name.lower(), quotable(text), _suggestions(search, without))


def named(session: Session, kind: NameKind, text: str) -> tuple[int, str]:
    """Return the id of the thing that `text` names, and its name as the data write it.

    Args:
        session: The session to read with.
        kind: Any kind but games: one without a title has an app id, by which it is found, but no name.
        text: What was typed.

    Raises:
        NotFound: As `resolve` does.
    """
    thing = resolve(session, kind, text)
    label = cached(session, ("label", kind, thing), partial(_label, session, kind, thing))
    assert label is not None
    return thing, label


def resolve_players(session: Session, user_ids: Sequence[str]) -> list[int]:
    """Return what `resolve` returns of each player; those given as they are written are found together.

    Raises:
        NotFound: As `resolve` does, of the first who is unknown.
    """
    written = session.connection().execute(_BY_USER_ID, values_param(user_ids)).all()
    found = {
        user_id: player
        for user_id, player in written
        if not (ID_VALUE.fullmatch(user_id) or is_anonymous(user_id))
    }
    return [found.get(text) or resolve(session, NameKind.PLAYER, text) for text in user_ids]


def is_exact(session: Session, kind: NameKind, text: str) -> bool:
    """Tell whether `text` is a whole name of the kind, but for case, accents and punctuation."""
    return bool(NameSearch(session, kind, search_key(text)).exact())


def quotable(text: str) -> str:
    """Return what a person typed as a sentence can quote it: on one line, printable and not too long."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text[:1000]).split())
    return plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _by_id(session: Session, kind: NameKind, text: str) -> int | None:
    patterns = (_APP_ID, _STORE_PAGE) if kind is NameKind.GAME else (ID_VALUE,)
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


def _suggestions(search: NameSearch, without: Collection[str]) -> tuple[str, ...]:
    if not search.key:
        return ()
    # A few more than needed, since several things may share a name.
    rows = search.best(2 * _MOST_SUGGESTIONS + min(len(without), _MOST_PASSED_OVER))
    labels = dict.fromkeys(row.label for row in rows if row.label not in without)
    return tuple(labels)[:_MOST_SUGGESTIONS]
