"""The games at the top of a list, by what people say of them or how much they play them."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from store.models import Game, GameGenre, GameKind, GameStats, Genre, NameKind, Player
from store.names import resolve
from store.queries.game_refs import game_refs
from store.results import TopBy, TopGame, TopGames
from store.wilson import lower_bound, lower_bound_of

# A hidden gem is known to at most one player in so many.
PLAYERS_PER_GEM_OWNER = 100
_MINUTES_PER_HOUR = 60


def top_games(
    session: Session,
    by: TopBy | str = TopBy.RECOMMENDED,
    *,
    genre: str | None = None,
    year: int | None = None,
    limit: int = 50,
) -> TopGames:
    """Return up to `limit` games, of a genre and a release year where those are given, best first.

    - "recommended": by the lower end of the 95% Wilson interval of the share of reviews that recommend, so
      that 90 of 100 is better than 3 of 3.
    - "gems": the same among the games that at most one player in a hundred owns or reviewed.
    - "hours": by the hours of all players.
    - "owners": by the number of players who own it.

    Ties break by title. DLC, soundtracks and the like are no games, and those that only libraries mention are
    left out. The list is empty where nothing meets the conditions.

    Raises NotFound if no genre is called `genre`, ValueError if `by` is none of the four.
    """
    by = _by(by)
    found = None if genre is None else session.get_one(Genre, resolve(session, NameKind.GENRE, genre))
    rows = session.execute(_ranked(by, None if found is None else found.id, year).limit(limit)).all()
    games = game_refs(session, (row.game_id for row in rows))
    return TopGames(
        by,
        None if found is None else found.name,
        year,
        tuple(
            TopGame(
                rank=rank,
                game=games[row.game_id],
                owners=row.owners,
                hours=row.minutes / _MINUTES_PER_HOUR,
                reviews=row.reviews,
                recommended=row.recommended,
                score=lower_bound(row.recommended, row.reviews) if row.reviews else None,
            )
            for rank, row in enumerate(rows, start=1)
        ),
    )


def _by(by: TopBy | str) -> TopBy:
    try:
        return TopBy(by)
    except ValueError:
        known = ", ".join(f"“{way.value}”" for way in TopBy)
        raise ValueError(f"by must be one of {known}, not {by!r}.") from None


def _ranked(by: TopBy, genre_id: int | None, year: int | None) -> Select[int, int, int, int, int]:
    """Select from the statistics, which are narrow, and look at a game only where they do not rule it out."""
    order, condition = _order(by)
    listed = [Game.id == GameStats.game_id, Game.listed, Game.kind == GameKind.GAME]
    if year is not None:
        listed.append(Game.release_year == year)
    title = select(Game.title).where(Game.id == GameStats.game_id).scalar_subquery()
    statement = (
        select(
            GameStats.game_id, GameStats.owners, GameStats.minutes, GameStats.reviews, GameStats.recommended
        )
        .where(condition, select(Game.id).where(*listed).exists())
        .order_by(order.desc(), title)
    )
    if genre_id is None:
        return statement
    of_genre = select(GameGenre.game_id).where(GameGenre.genre_id == genre_id)
    return statement.where(GameStats.game_id.in_(of_genre))


def _order(by: TopBy) -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """Return what to order by, and which games come into question."""
    if by is TopBy.HOURS:
        return GameStats.__table__.c.minutes, GameStats.minutes > 0
    if by is TopBy.OWNERS:
        return GameStats.__table__.c.owners, GameStats.owners > 0
    loved = lower_bound_of(GameStats.recommended, GameStats.reviews)
    if by is TopBy.GEMS:
        few = select(func.count() / PLAYERS_PER_GEM_OWNER).select_from(Player).scalar_subquery()
        # One that nobody owns is missing from the libraries rather than little known.
        return loved, and_(GameStats.owners.between(1, few), GameStats.reviews.between(1, few))
    return loved, GameStats.reviews > 0
