"""What names one thing without a search: ids, addresses, and labels as suggestions show them."""

import re

from sqlalchemy import BigInteger, Integer, String, bindparam, select
from sqlalchemy.orm import Session

from store.dialect import NameRow, Prepared
from store.models import Game, Name, NameKind, Player
from store.names.addresses import app_ids_in
from store.names.notes import notes_of
from store.names.search import NameSearch
from store.names.search_key import search_key

_APP_ID = re.compile(r"(?:(?:id|app|app ?id)[ :=/#]*|#)?([0-9]{1,9})", re.IGNORECASE)
_STEAM_ID = re.compile(r"[0-9]{17}")
# Stands in for a name that is too long, see `Choice.short_value`.
ID_VALUE = re.compile(r"id:([0-9]{1,9})")
# The note that a suggestion has at its end where several are called alike.
_WITH_NOTE = re.compile(r"(.+) \(([^()]{1,20})\)", re.DOTALL)
# The line that a list of games has: place, title, and facts of it.
_LISTED = re.compile(r"(?:\**[0-9]{1,3}\.\** )?(.+?)(?:\s· (.+))?", re.DOTALL)
_DOT = re.compile(r"\s· ")

_GAME = Prepared(select(Game.id).where(Game.id == bindparam("id", type_=Integer)))
_NAME = Prepared(
    select(Name.id, Name.key, Name.label, Name.rank).where(Name.id == bindparam("id", type_=BigInteger))
)
_BY_STEAM_ID = (
    select(Player.id).where(Player.steam_id == bindparam("steam_id", type_=String)).order_by(Player.id)
)


def find_written(session: Session, kind: NameKind, text: str) -> int | None:
    """Return the id of the thing whose id or address `text` is, for a game the address of a page of it."""
    if kind is NameKind.GAME:
        app_id = _app_id(text)
        if app_id is None:
            return None
        return app_id if _GAME.all(session.connection(), {"id": app_id}) else None
    written = ID_VALUE.fullmatch(text)
    row = None if written is None else name_row(session, kind, int(written[1]))
    return None if row is None else row.ref_id


def _app_id(text: str) -> int | None:
    """Return the app id that a text, or the one address of a game's page in it, is about."""
    written = _APP_ID.fullmatch(text)
    if written is not None:
        return int(written[1])
    pasted = app_ids_in(text)
    return pasted[0] if len(pasted) == 1 else None


def find_noted(session: Session, kind: NameKind, text: str) -> NameRow | None:
    """Return the thing whose name and note `text` is, as in "TERA (2015)", or its line "1. TERA · 2015"."""
    written = _WITH_NOTE.fullmatch(text)
    if written is not None:
        return _with_note(session, kind, written[1], (written[2],))
    line = _LISTED.fullmatch(text)
    if line is None or line[1] == text or kind is not NameKind.GAME:
        return None
    facts = tuple(_DOT.split(line[2] or ""))
    return _with_note(session, kind, line[1], facts) or next(iter(_called(session, kind, line[1])), None)


def _with_note(session: Session, kind: NameKind, name: str, notes: tuple[str, ...]) -> NameRow | None:
    rows = _called(session, kind, name)
    noted = notes_of(session, kind, rows)
    return next((row for row in rows if not set(notes).isdisjoint(noted[row.ref_id])), None)


def _called(session: Session, kind: NameKind, name: str) -> list[NameRow]:
    return NameSearch(session, kind, search_key(name)).exact


def find_account(session: Session, text: str) -> int | None:
    """Return the player whose SteamID64 `text` is."""
    if not _STEAM_ID.fullmatch(text):
        return None
    return session.scalar(_BY_STEAM_ID, {"steam_id": text})


def name_row(session: Session, kind: NameKind, thing: int) -> NameRow | None:
    """Return the name of a thing; None if there is no such thing or it has no name."""
    found = _NAME.all(session.connection(), {"id": Name.make_id(kind, thing)})
    return NameRow(*found[0]) if found else None
