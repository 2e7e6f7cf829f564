"""What the numbers say about a player."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.errors import NotFound
from store.models import GameGenre, Genre, NameKind, OwnedGame, Player, PlayerStats
from store.names import resolve
from store.queries.game_refs import dollars
from store.results import GenreShare, LibraryByGenre, UserData
from store.steam_ids import account_names

_MINUTES_PER_HOUR = 60


def find_player(session: Session, text: str) -> str:
    """Return the user id of the player whom `text` names.

    `text` is a user id as for `userdata`, a SteamID64, the address of a Steam profile, or a friend code.

    Raises NotFound if no player goes by it.
    """
    unknown = None
    for name in account_names(text):
        try:
            return session.get_one(Player, resolve(session, NameKind.PLAYER, name)).user_id
        except NotFound as error:
            unknown = unknown or error
    assert unknown is not None
    raise unknown


def userdata(session: Session, user_id: str) -> UserData:
    """Return what a player's library cost, how much it holds, and how often the player recommends.

    `user_id` is the exact id, the id in another case where that is one player only, or a SteamID64.

    Raises NotFound if no player goes by it.
    """
    player = _player(session, user_id)
    stats = session.get(PlayerStats, player.id)
    spent, unpriced, reviews, recommended = (
        (0, 0, 0, 0)
        if stats is None
        else (stats.spent_cents, stats.unpriced, stats.reviews, stats.recommended)
    )
    return UserData(
        user_id=player.user_id,
        money_spent=dollars(spent),
        recommend_percent=100 * recommended / reviews if reviews else None,
        items=player.items_count or 0,
        reviews=reviews,
        unpriced_items=unpriced,
    )


def library_by_genre(session: Session, user_id: str) -> LibraryByGenre:
    """Return how many games of each genre a player owns and the hours played in them, most hours first.

    `user_id` is as for `userdata`. Genres of equal hours are ordered by games, then by name.

    Raises NotFound if no player goes by it.
    """
    player = _player(session, user_id)
    stats = session.get(PlayerStats, player.id)
    games, minutes = func.count(OwnedGame.game_id), func.sum(OwnedGame.minutes)
    genres = session.execute(
        select(Genre.name, games, minutes)
        .join(GameGenre, GameGenre.genre_id == Genre.id)
        .join(OwnedGame, OwnedGame.game_id == GameGenre.game_id)
        .where(OwnedGame.player_id == player.id)
        .group_by(Genre.id)
        .order_by(minutes.desc(), games.desc(), Genre.name)
    )
    return LibraryByGenre(
        user_id=player.user_id,
        games=0 if stats is None else stats.owned,
        hours=0 if stats is None else stats.minutes / _MINUTES_PER_HOUR,
        genres=tuple(GenreShare(genre, owned, played / _MINUTES_PER_HOUR) for genre, owned, played in genres),
    )


def _player(session: Session, user_id: str) -> Player:
    return session.get_one(Player, resolve(session, NameKind.PLAYER, user_id))
