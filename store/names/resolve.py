"""Resolving free text to the one thing that it names, or to a question which thing is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.boundary.damage import naming_damage
from store.caches.answer_cache import kept
from store.dialect import VALUES_TABLE, NameRow, Prepared, values_param
from store.models import NameKind, Player
from store.names.addresses import app_ids_in, title_in_address
from store.names.editions import edition_key, is_only_edition
from store.names.fame import is_far_better_known, stands_out
from store.names.guess import guessed, is_rather_that
from store.names.nicknames import KnownGame, game_called, game_of_app
from store.names.not_found import not_found, not_in_data
from store.names.search import NameSearch
from store.names.search_key import search_key
from store.names.written import ID_VALUE, find_account, find_noted, find_written, name_row
from store.people.anonymous import is_anonymous

# How many names with the same words are looked at beside what is called so.
_MOST_RIVALS = 25
_LONGEST_APP_ID = 9

_BY_USER_ID = Prepared(
    select(Player.user_id, Player.id).where(Player.user_id.in_(select(VALUES_TABLE.c.value)))
)


@dataclass(frozen=True, slots=True)
class Understood:
    """The thing that a text was understood to name.

    `id` is its id, for a game the app id; `label` its name as the data write it, None of a game without a
    title. With `guessed` the text is only a part of the name or a misspelt one, so that the person is told.
    """

    id: int
    label: str | None
    guessed: bool = False

    def __post_init__(self) -> None:
        """Refuse a label that is no text, which a damaged row has."""
        if not isinstance(self.label, str | None):
            raise TypeError(f"the label of {self.id} is {type(self.label).__name__}")


def resolve(session: Session, kind: NameKind, text: str) -> int:
    """Return the id of the thing that `text` names; for a game that is the app id. Raises as `understand`."""
    return understand(session, kind, text).id


@naming_damage()
def understand(session: Session, kind: NameKind, text: str) -> Understood:
    """Return what `text` names.

    Tried in this order: the `value`, `short_value` or label of a `Choice` (for games an app id, and so is the
    address of a page about the game), the exact name, a nickname, the name in other spaces or numerals. Among
    games of one name the best known is meant. These are sure; what follows is a guess: the beginning, words
    or initials of a game that ten times as many know as any other so called, a misspelt name that resembles
    one name clearly more than any other, and a game's name with an edition that the data do not have. What
    merely says an edition, such as "goty", is no name. Of other things than games there may be but one whose
    name has the words. A player is never guessed at: only the user id, in any case, or the SteamID64 will do.

    Raises:
        NotInData: A well-known game or studio is called that, which these data do not have.
        NotFound: Nothing is called that, or several things could be meant; it has the closest ones.
    """
    text = text.strip()
    written = find_written(session, kind, text)
    if written is not None:
        row = name_row(session, kind, written)
        return Understood(written, None if row is None else row.label)
    if kind is NameKind.GAME:
        text = title_in_address(text) or text
    search = NameSearch(session, kind, search_key(text))
    if kind is NameKind.PLAYER:
        return _player(search, text)
    sure = _sure(search, text)
    if sure is not None:
        return Understood(sure.ref_id, sure.label)
    known = _known(search.key, text) if kind is NameKind.GAME else None
    if known is not None:
        return _without_title(search, known, text)
    if kind is NameKind.DEVELOPER and search.studios:
        raise not_in_data(search, search.studios[0], text)
    if kind is NameKind.GAME and is_only_edition(search.key):
        raise not_found(search, text)
    if kind is NameKind.GAME and search.called:
        raise not_found(search, text)
    guess = guessed(search)
    missing = search.missing()
    if missing is not None and (guess is None or not is_rather_that(search, guess)):
        return replace(_without_title(search, missing, text), guessed=True)
    if guess is None:
        raise not_found(search, text)
    return Understood(guess.ref_id, guess.label, guessed=True)


@kept
def taken_for(session: Session, kind: NameKind, text: str) -> Understood:
    """Return what `understand` does, for telling of it.

    It may be kept from a session of a newer state of the store, where an id may be another thing's: only app
    ids are the same in all.
    """
    return understand(session, kind, text)


@naming_damage()
def named(session: Session, kind: NameKind, text: str) -> tuple[int, str]:
    """Return the id of the thing that `text` names, and its name as the data write it.

    Args:
        session: The session to read with.
        kind: Any kind but games: one without a title has an app id, by which it is found, but no name.
        text: What was typed.

    Raises:
        NotFound: As `understand` does.
    """
    understood = understand(session, kind, text)
    assert understood.label is not None
    return understood.id, understood.label


@naming_damage()
def resolve_players(session: Session, user_ids: Sequence[str]) -> list[int]:
    """Return what `resolve` returns of each player; those given as they are written are found together.

    Raises:
        NotFound: As `understand` does, of the first who is unknown.
    """
    written = _BY_USER_ID.all(session.connection(), values_param(user_ids))
    found = {
        user_id: player
        for user_id, player in written
        if not (ID_VALUE.fullmatch(user_id) or is_anonymous(user_id))
    }
    return [found.get(text) or resolve(session, NameKind.PLAYER, text) for text in user_ids]


@naming_damage()
def is_exact(session: Session, kind: NameKind, text: str) -> bool:
    """Return whether `text` is a whole name of the kind, but for case, accents and punctuation."""
    return bool(NameSearch(session, kind, search_key(text)).exact)


def _sure(search: NameSearch, text: str) -> NameRow | None:
    same_key = search.exact
    if not same_key:
        return find_noted(search.session, search.kind, text) or _called(search)
    # min() keeps the highest ranked of equals.
    exact = min(same_key, key=lambda row: (row.label != text, row.label.casefold() != text.casefold()))
    return next(iter(search.nicknamed), None) if _is_rather_a_nickname(search, exact) else exact


def _called(search: NameSearch) -> NameRow | None:
    """Return what is called so; not what is so called but for its edition where another is far better known.

    "Lethal VR" is no "Lethal" while there is "Lethal League", nor "ARMA: Gold Edition" an "Arma" beside
    "Arma 3".
    """
    row = next(iter(search.called), None)
    if row is None or search.kind is not NameKind.GAME or row in search.nicknamed:
        return row
    edition = edition_key(row.key)
    if edition == row.key:
        return row
    others = (
        other
        for other in search.by_words(_MOST_RIVALS)
        if f" {search.key} " in f" {other.key} " and edition_key(other.key) != edition
    )
    if any(is_far_better_known(search.session, other.ref_id, row.ref_id) for other in others):
        return None
    return row


def _is_rather_a_nickname(search: NameSearch, exact: NameRow) -> bool:
    """Return whether the title of a game that hardly anybody has is what players call a well-known one.

    "Apex" is a game, but nobody who asks for it means that one.
    """
    if search.kind is not NameKind.GAME:
        return False
    known = game_called(search.key)
    if known is None or known.app == exact.ref_id or search_key(known.title) == exact.key:
        return False
    return not stands_out(search.session, exact.ref_id, None)


def _without_title(search: NameSearch, known: KnownGame, text: str) -> Understood:
    """Return the well-known game if people own it though the data have no title of it, else refuse.

    Raises:
        NotInData: The data do not have the game at all.
    """
    if (
        known.app is not None
        and name_row(search.session, search.kind, known.app) is None
        and find_written(search.session, search.kind, str(known.app)) is not None
    ):
        return Understood(known.app, None)
    raise not_in_data(search, known.title, text, on_steam=known.app is not None)


def _known(key: str, text: str) -> KnownGame | None:
    """Return the well-known game that a text names, or that of the store page whose address it has."""
    pasted = app_ids_in(text)
    if len(pasted) == 1:
        return game_of_app(pasted[0]) or KnownGame(f"app {pasted[0]}", pasted[0])
    known = game_called(key)
    is_number = known is None and text.isdecimal() and len(text) <= _LONGEST_APP_ID
    return game_of_app(int(text)) if is_number else known


def _player(search: NameSearch, text: str) -> Understood:
    same_key = search.exact
    exactly = [row for row in same_key if row.label == text]
    but_for_case = exactly or [row for row in same_key if row.label.casefold() == text.casefold()]
    if exactly or len(but_for_case) == 1:
        return Understood(but_for_case[0].ref_id, but_for_case[0].label)
    by_account = find_account(search.session, text)
    if by_account is None:
        raise not_found(search, text)
    row = name_row(search.session, search.kind, by_account)
    return Understood(by_account, None if row is None else row.label)
