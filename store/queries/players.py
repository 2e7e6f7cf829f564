"""What the numbers say about a player."""

from sqlalchemy import BigInteger, bindparam, func, select
from sqlalchemy.orm import Session

from store.boundary.arguments import NAME
from store.boundary.questions import question
from store.catalogue.game_refs import dollars
from store.dialect import Prepared
from store.errors import NotFound
from store.models import GameGenre, Genre, NameKind, OwnedGame, Player, PlayerStats
from store.names import resolve
from store.names.steam_ids import account_names
from store.queries.playtime import hours
from store.results import GenreShare, LibraryByGenre, UserData
from store.scoring.libraries import owner_of

_ID = bindparam("id", type_=BigInteger)
_NUMBERS = Prepared(
    select(
        Player.user_id,
        Player.items_count,
        PlayerStats.owned,
        PlayerStats.spent_cents,
        PlayerStats.unpriced,
        PlayerStats.reviews,
        PlayerStats.recommended,
    )
    .outerjoin(PlayerStats, PlayerStats.player_id == Player.id)
    .where(Player.id == _ID)
)
_PLAYED = Prepared(
    select(Player.user_id, Player.items_count, PlayerStats.owned, PlayerStats.minutes)
    .outerjoin(PlayerStats, PlayerStats.player_id == Player.id)
    .where(Player.id == _ID)
)
# Named once they are counted: a large library has thousands of games, but all have the same few genres.
_COUNTED = (
    select(
        GameGenre.genre_id,
        func.count(OwnedGame.game_id).label("games"),
        func.sum(OwnedGame.minutes).label("minutes"),
    )
    .join(OwnedGame, OwnedGame.game_id == GameGenre.game_id)
    .where(OwnedGame.player_id == _ID)
    .group_by(GameGenre.genre_id)
    .subquery()
)
_GENRES = Prepared(
    select(Genre.name, _COUNTED.c.games, _COUNTED.c.minutes)
    .join(_COUNTED, _COUNTED.c.genre_id == Genre.id)
    .order_by(_COUNTED.c.minutes.desc(), _COUNTED.c.games.desc(), Genre.name)
)


@question(text=NAME)
def find_player(session: Session, text: str) -> str:
    """Return the user id of the player whom `text` names.

    `text` is a user id as for `userdata`, a SteamID64, the address of a Steam profile, or a friend code.

    Raises:
        NotFound: No player goes by it.
    """
    unknown = None
    for account in account_names(text):
        try:
            return owner_of(session, resolve(session, NameKind.PLAYER, account))
        except NotFound as error:
            unknown = unknown or error
    assert unknown is not None
    raise unknown


@question(user_id=NAME)
def userdata(session: Session, user_id: str) -> UserData:
    """Return what a player's library cost, how much it holds, and how often the player recommends.

    `user_id` is the exact id, the id in another case where that is one player only, or a SteamID64.

    Raises:
        NotFound: No player goes by it.
    """
    return data_of(session, resolve(session, NameKind.PLAYER, user_id))


def data_of(session: Session, player: int) -> UserData:
    """Return the same of the player with this id of the store."""
    [(name, items_count, *counts)] = _NUMBERS.all(session.connection(), {"id": player})
    owned, spent_cents, unpriced, reviews, recommended = (count or 0 for count in counts)
    has_library = is_library_known(items_count, owned)
    items = owned if items_count is None else items_count
    # The sum of no prices says nothing, unless nothing is owned.
    has_price = spent_cents or owned > unpriced or not items
    return UserData(
        user_id=name,
        money_spent=dollars(spent_cents) if has_library and has_price else None,
        recommend_percent=100 * recommended / reviews if reviews else None,
        items=items if has_library else None,
        reviews=reviews,
        unpriced_items=unpriced if has_library else None,
    )


def is_library_known(items_count: int | None, owned: int | None) -> bool:
    """Return whether the data have a player's library at all, if only an empty one.

    Args:
        items_count: The items file's own count; None where it lacks the player.
        owned: How many games of the library the store has.
    """
    return items_count is not None or bool(owned)


@question(user_id=NAME)
def library_by_genre(session: Session, user_id: str) -> LibraryByGenre:
    """Return how many games of each genre a player owns and the hours played in them, most hours first.

    `user_id` is as for `userdata`. Genres of equal hours are ordered by games, then by name.

    Raises:
        NotFound: No player goes by it.
    """
    player = resolve(session, NameKind.PLAYER, user_id)
    [(name, items_count, owned, minutes)] = _PLAYED.all(session.connection(), {"id": player})
    genres = _GENRES.all(session.connection(), {"id": player})
    has_library = is_library_known(items_count, owned)
    return LibraryByGenre(
        user_id=name,
        games=(owned or 0) if has_library else None,
        hours=hours(minutes or 0) if has_library else None,
        genres=tuple(GenreShare(genre, count, hours(played)) for genre, count, played in genres),
    )
