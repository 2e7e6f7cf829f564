"""What names one thing without a search: ids, addresses, and labels as suggestions show them."""

import re
from urllib.parse import unquote

from sqlalchemy import BigInteger, Integer, String, bindparam, select
from sqlalchemy.orm import Session

from store.dialect import NameRow, Prepared
from store.models import Game, Name, NameKind, Player
from store.names.notes import notes_of
from store.names.search import NameSearch
from store.names.search_key import search_key

_APP_ID = re.compile(r"(?:(?:id|app|app ?id)[ :=/#]*|#)?([0-9]{1,9})", re.IGNORECASE)
# Sites that name a page of a game by its app id: Steam's own, and those that players look things up at.
_SITES = (
    r"(?:[\w-]+\.)*(?:(?:steampowered|steamcommunity|steamstatic|steamcharts|steamspy|protondb|pcgamingwiki)\.com"
    r"|steamdb\.info|s\.team|gg\.deals|isthereanydeal\.com)"
)
# An address of a page there, also between the signs of Markdown, or within another that leads on to it: with
# "https://", as there a site may stand in a path that is not its own.
_PAGE = re.compile(
    rf"(?:https?://{_SITES}(?::[0-9]+)?/|(?<![\w./@-]){_SITES}(?::[0-9]+)?/|steam://)([^\s()\[\]<>`|\"]*)",
    re.IGNORECASE,
)
_ID_IN_PAGE = re.compile(
    r"(?:^|[/=])(?:apps?|a|games(?:/details)?|stats|dlc|video|widget|gamehub|storeapppage|store|run|rungameid"
    r"|runsafe|install|preload|validate|uninstall|launch|gameproperties|purchase|advertise|appnews|updatenews)"
    r"/+([0-9]{1,9})(?![0-9])"
    r"|[?&]app_?ids?=([0-9]{1,9})(?![0-9])",
    re.IGNORECASE,
)
_STEAM_ID = re.compile(r"[0-9]{17}")
# Stands in for a name that is too long, see `Choice.short_value`.
ID_VALUE = re.compile(r"id:([0-9]{1,9})")
# The note that a suggestion has at its end where several are called alike.
_WITH_NOTE = re.compile(r"(.+) \(([^()]{1,20})\)", re.DOTALL)

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


def app_ids_in(text: str) -> tuple[int, ...]:
    """Return the app ids of the games whose pages a text has the addresses of, each once, in its order."""
    found = (_ID_IN_PAGE.search(rest) for rest in _PAGE.findall(unquote(text)))
    return tuple(dict.fromkeys(int(next(filter(None, one.groups()))) for one in found if one is not None))


def _app_id(text: str) -> int | None:
    """Return the app id that a text, or the one address of a game's page in it, is about."""
    written = _APP_ID.fullmatch(text)
    if written is not None:
        return int(written[1])
    pasted = app_ids_in(text)
    return pasted[0] if len(pasted) == 1 else None


def find_noted(session: Session, kind: NameKind, text: str) -> NameRow | None:
    """Return the thing whose name and note `text` is, as in "TERA (2015)"."""
    written = _WITH_NOTE.fullmatch(text)
    if written is None:
        return None
    rows = NameSearch(session, kind, search_key(written[1])).exact
    notes = notes_of(session, kind, rows)
    return next((row for row in rows if written[2] in notes[row.ref_id]), None)


def find_account(session: Session, text: str) -> int | None:
    """Return the player whose SteamID64 `text` is."""
    if not _STEAM_ID.fullmatch(text):
        return None
    return session.scalar(_BY_STEAM_ID, {"steam_id": text})


def name_row(session: Session, kind: NameKind, thing: int) -> NameRow | None:
    """Return the name of a thing; None if there is no such thing or it has no name."""
    found = _NAME.all(session.connection(), {"id": Name.make_id(kind, thing)})
    return NameRow(*found[0]) if found else None
