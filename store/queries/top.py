"""The games at the top of a list, by what people say of them or how much they play them."""

from statistics import median_low
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from store.models import Game, GameGenre, GameKind, GameStats, Genre, NameKind
from store.names import resolve
from store.queries.game_refs import game_refs
from store.results import TopBy, TopGame, TopGames
from store.wilson import lower_bound, lower_bound_of

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
    - "gems": the same among the games that no more players own, or reviewed, than own the middle one of all
      reviewed games (`most_owners` of the result).
    - "hours": by the hours of all players.
    - "owners": by the number of players who own it.

    Ties break by title. DLC, soundtracks and the like are no games, and those that only libraries mention are
    left out. The list is empty where nothing meets the conditions.

    Raises NotFound if no genre is called `genre`, ValueError if `by` is none of the four.
    """
    by = _by(by)
    found = None if genre is None else session.get_one(Genre, resolve(session, NameKind.GENRE, genre))
    most_owners = _usual_owners(session) if by is TopBy.GEMS else None
    statement = _ranked(*_order(by, most_owners), None if found is None else found.id, year)
    rows = session.execute(statement.limit(limit)).all()
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
        most_owners,
    )


def _by(by: TopBy | str) -> TopBy:
    try:
        return TopBy(by)
    except ValueError:
        known = ", ".join(f"“{way.value}”" for way in TopBy)
        raise ValueError(f"by must be one of {known}, not {by!r}.") from None


def _usual_owners(session: Session) -> int:
    """Return how many players own the middle one of the games that are reviewed and owned at all."""
    owners = session.scalars(
        select(GameStats.owners).where(GameStats.reviews > 0, GameStats.owners > 0)
    ).all()
    return median_low(owners) if owners else 0


def _ranked(
    order: ColumnElement[Any], condition: ColumnElement[bool], genre_id: int | None, year: int | None
) -> Select[int, int, int, int, int]:
    """Select from the statistics, which are narrow, and look at a game only where they do not rule it out."""
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


def _order(by: TopBy, most_owners: int | None) -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """Return what to order by, and which games come into question."""
    if by is TopBy.HOURS:
        return GameStats.__table__.c.minutes, GameStats.minutes > 0
    if by is TopBy.OWNERS:
        return GameStats.__table__.c.owners, GameStats.owners > 0
    loved = lower_bound_of(GameStats.recommended, GameStats.reviews)
    if most_owners is not None:
        # One that nobody owns is missing from the libraries rather than little known.
        few = (GameStats.owners.between(1, most_owners), GameStats.reviews.between(1, most_owners))
        return loved, and_(*few)
    return loved, GameStats.reviews > 0
