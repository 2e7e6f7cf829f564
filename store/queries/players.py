"""What the numbers say about a player."""

from sqlalchemy import BigInteger, bindparam, func, select
from sqlalchemy.orm import Session

from store.damage import damage_named
from store.errors import NotFound
from store.game_refs import dollars
from store.models import GameGenre, Genre, NameKind, OwnedGame, Player, PlayerStats
from store.names import resolve
from store.names.steam_ids import account_names
from store.queries.playtime import hours
from store.results import GenreShare, LibraryByGenre, UserData
from store.scoring.libraries import owner_of

_ID = bindparam("id", type_=BigInteger)
_NUMBERS = (
    select(
        Player.user_id,
        Player.items_count,
        PlayerStats.spent_cents,
        PlayerStats.unpriced,
        PlayerStats.reviews,
        PlayerStats.recommended,
    )
    .outerjoin(PlayerStats, PlayerStats.player_id == Player.id)
    .where(Player.id == _ID)
)
_PLAYED = (
    select(Player.user_id, PlayerStats.owned, PlayerStats.minutes)
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
_GENRES = (
    select(Genre.name, _COUNTED.c.games, _COUNTED.c.minutes)
    .join(_COUNTED, _COUNTED.c.genre_id == Genre.id)
    .order_by(_COUNTED.c.minutes.desc(), _COUNTED.c.games.desc(), Genre.name)
)


@damage_named
def find_player(session: Session, text: str) -> str:
    """Return the user id of the player whom `text` names.

    `text` is a user id as for `userdata`, a SteamID64, the address of a Steam profile, or a friend code.

    Raises:
        NotFound: No player goes by it.
    """
    unknown = None
    for name in account_names(text):
        try:
            return owner_of(session, resolve(session, NameKind.PLAYER, name))
        except NotFound as error:
            unknown = unknown or error
    assert unknown is not None
    raise unknown


@damage_named
def userdata(session: Session, user_id: str) -> UserData:
    """Return what a player's library cost, how much it holds, and how often the player recommends.

    `user_id` is the exact id, the id in another case where that is one player only, or a SteamID64.

    Raises:
        NotFound: No player goes by it.
    """
    player = resolve(session, NameKind.PLAYER, user_id)
    name, items, spent, unpriced, reviews, recommended = (
        session.connection().execute(_NUMBERS, {"id": player}).one()
    )
    return UserData(
        user_id=name,
        money_spent=dollars(spent or 0),
        recommend_percent=100 * recommended / reviews if reviews else None,
        items=items or 0,
        reviews=reviews or 0,
        unpriced_items=unpriced or 0,
    )


@damage_named
def library_by_genre(session: Session, user_id: str) -> LibraryByGenre:
    """Return how many games of each genre a player owns and the hours played in them, most hours first.

    `user_id` is as for `userdata`. Genres of equal hours are ordered by games, then by name.

    Raises:
        NotFound: No player goes by it.
    """
    player = resolve(session, NameKind.PLAYER, user_id)
    name, owned, minutes = session.connection().execute(_PLAYED, {"id": player}).one()
    genres = session.connection().execute(_GENRES, {"id": player}).all()
    return LibraryByGenre(
        user_id=name,
        games=owned or 0,
        hours=hours(minutes or 0),
        genres=tuple(GenreShare(genre, owned, hours(played)) for genre, owned, played in genres),
    )
