"""What the numbers say about genres."""

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from store.boundary.arguments import NAME
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.errors import NothingPlayed
from store.models import (
    UNKNOWN_YEAR,
    GenreChampionYear,
    GenreYear,
    NameKind,
    Player,
)
from store.models import GenreChampion as ChampionOfGenre
from store.names import named
from store.queries.playtime import hours
from store.results import GenreChampion, GenreHours, GenreTopYear, YearHours

_ID = bindparam("id", type_=Integer)
_CHAMPION = (
    select(Player.user_id, ChampionOfGenre.minutes)
    .join(Player, Player.id == ChampionOfGenre.player_id)
    .where(ChampionOfGenre.genre_id == _ID)
)
_YEARS_OF_CHAMPION = (
    select(GenreChampionYear.year, GenreChampionYear.minutes)
    .where(GenreChampionYear.genre_id == _ID, GenreChampionYear.minutes > 0)
    .order_by(GenreChampionYear.year == UNKNOWN_YEAR, GenreChampionYear.year)
)
_PLAYED = select(GenreYear.year, GenreYear.minutes).where(GenreYear.genre_id == _ID, GenreYear.minutes > 0)
_YEARS = _PLAYED.order_by(GenreYear.year == UNKNOWN_YEAR, GenreYear.year)
_TOP_YEAR = _PLAYED.order_by(GenreYear.year == UNKNOWN_YEAR, GenreYear.minutes.desc(), GenreYear.year).limit(
    1
)


@question(genre=NAME)
def user_for_genre(session: Session, genre: str) -> GenreChampion:
    """Return the player with most hours in a genre, and that player's hours in it by release year.

    A game counts in full for each of its genres. Years come oldest first, the unknown one (None) last.

    Raises:
        NotFound: No genre is called `genre`.
        NothingPlayed: Nobody has played a game of it.
    """
    genre_id, known_as = named(session, NameKind.GENRE, genre)
    champion = session.connection().execute(_CHAMPION, {"id": genre_id}).one_or_none()
    if champion is None:
        raise NothingPlayed(known_as)
    years = session.connection().execute(_YEARS_OF_CHAMPION, {"id": genre_id}).all()
    return GenreChampion(
        known_as,
        champion.user_id,
        hours(champion.minutes),
        tuple(YearHours(year or None, hours(minutes)) for year, minutes in years),
    )


@question(genre=NAME)
@kept
def play_time_genre(session: Session, genre: str) -> GenreTopYear:
    """Return the release year whose games of the genre were played most, in hours of all players.

    Games of unknown year are the answer only when no other was played. Of equal years the earlier is given.

    Raises:
        NotFound: No genre is called `genre`.
        NothingPlayed: Nobody has played a game of it.
    """
    genre_id, known_as = named(session, NameKind.GENRE, genre)
    top = session.connection().execute(_TOP_YEAR, {"id": genre_id}).one_or_none()
    if top is None:
        raise NothingPlayed(known_as)
    return GenreTopYear(known_as, YearHours(top.year or None, hours(top.minutes)))


@question(genre=NAME)
@kept
def genre_hours(session: Session, genre: str) -> GenreHours:
    """Return the hours that all players played games of a genre, by release year; years without are left out.

    Years come oldest first, the unknown one (None) last.

    Raises:
        NotFound: No genre is called `genre`.
        NothingPlayed: Nobody has played a game of it.
    """
    genre_id, known_as = named(session, NameKind.GENRE, genre)
    years = session.connection().execute(_YEARS, {"id": genre_id}).all()
    if not years:
        raise NothingPlayed(known_as)
    return GenreHours(known_as, tuple(YearHours(year or None, hours(minutes)) for year, minutes in years))
