"""What the numbers say about genres."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.errors import NothingPlayed
from store.models import (
    UNKNOWN_YEAR,
    Genre,
    GenreChampionYear,
    GenreYear,
    NameKind,
    Player,
)
from store.models import GenreChampion as ChampionOfGenre
from store.names import resolve
from store.results import GenreChampion, GenreHours, GenreTopYear, YearHours

_MINUTES_PER_HOUR = 60


def user_for_genre(session: Session, genre: str) -> GenreChampion:
    """Return the player with most hours in a genre, and that player's hours in it by release year.

    A game counts in full for each of its genres. Years come oldest first, the unknown one (None) last.

    Raises NotFound if no genre is called `genre`, NothingPlayed if nobody has played a game of it.
    """
    found = _genre(session, genre)
    champion = session.execute(
        select(Player.user_id, ChampionOfGenre.minutes)
        .join(Player, Player.id == ChampionOfGenre.player_id)
        .where(ChampionOfGenre.genre_id == found.id)
    ).one_or_none()
    if champion is None:
        raise NothingPlayed(found.name)
    table = GenreChampionYear
    years = session.execute(
        select(table.year, table.minutes)
        .where(table.genre_id == found.id, table.minutes > 0)
        .order_by(table.year == UNKNOWN_YEAR, table.year)
    )
    return GenreChampion(
        found.name,
        champion.user_id,
        _hours(champion.minutes),
        tuple(YearHours(year or None, _hours(minutes)) for year, minutes in years),
    )


def play_time_genre(session: Session, genre: str) -> GenreTopYear:
    """Return the release year whose games of the genre were played most, in hours of all players.

    Games of unknown year are the answer only when no other was played. Of equal years the earlier is given.

    Raises NotFound if no genre is called `genre`, NothingPlayed if nobody has played a game of it.
    """
    found = _genre(session, genre)
    top = session.execute(
        select(GenreYear.year, GenreYear.minutes)
        .where(GenreYear.genre_id == found.id, GenreYear.minutes > 0)
        .order_by(GenreYear.year == UNKNOWN_YEAR, GenreYear.minutes.desc(), GenreYear.year)
        .limit(1)
    ).one_or_none()
    if top is None:
        raise NothingPlayed(found.name)
    return GenreTopYear(found.name, YearHours(top.year or None, _hours(top.minutes)))


def genre_hours(session: Session, genre: str) -> GenreHours:
    """Return the hours that all players played games of a genre, by release year; years without are left out.

    Years come oldest first, the unknown one (None) last.

    Raises NotFound if no genre is called `genre`, NothingPlayed if nobody has played a game of it.
    """
    found = _genre(session, genre)
    years = session.execute(
        select(GenreYear.year, GenreYear.minutes)
        .where(GenreYear.genre_id == found.id, GenreYear.minutes > 0)
        .order_by(GenreYear.year == UNKNOWN_YEAR, GenreYear.year)
    ).all()
    if not years:
        raise NothingPlayed(found.name)
    return GenreHours(found.name, tuple(YearHours(year or None, _hours(minutes)) for year, minutes in years))


def _genre(session: Session, name: str) -> Genre:
    return session.get_one(Genre, resolve(session, NameKind.GENRE, name))


def _hours(minutes: int) -> float:
    return minutes / _MINUTES_PER_HOUR
