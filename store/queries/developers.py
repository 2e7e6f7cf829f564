"""What the numbers say about developers."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.boundary.arguments import COUNT, NAME, YEAR, choice
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.game_refs import REF_COLUMNS, ref
from store.models import (
    Developer,
    DeveloperReviewYear,
    DeveloperYear,
    Game,
    GameDeveloper,
    GameKind,
    GameStats,
    NameKind,
    YearBasis,
)
from store.names import named
from store.queries.years import require_reviews, review_dates
from store.results import (
    DeveloperRanking,
    DeveloperReport,
    LovedGame,
    RankedDeveloper,
    RecommendedShare,
    SentimentCounts,
)
from store.results import DeveloperYear as ReleasesOfYear
from store.scoring.wilson import lower_bound_of

PLACES = 3


def _ranked_by(count: InstrumentedAttribute[int]) -> Select[str, int]:
    table = DeveloperReviewYear
    return (
        select(Developer.name, count)
        .join(Developer, Developer.id == table.developer_id)
        .where(table.basis == bindparam("basis", type_=table.basis.type), table.year == _YEAR, count > 0)
        .order_by(count.desc(), Developer.name)
        .limit(PLACES)
    )


def _total(count: InstrumentedAttribute[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(count), 0)


_ID = bindparam("id", type_=Integer)
_YEAR = bindparam("year", type_=Integer)
_RELEASES = (
    select(
        DeveloperYear.year,
        DeveloperYear.items,
        DeveloperYear.free_items,
        DeveloperYear.unpriced_items,
        DeveloperYear.undated_items,
    )
    .where(DeveloperYear.developer_id == _ID)
    .order_by(DeveloperYear.year.desc())  # the unknown year is 0
)
_PRAISED = _ranked_by(DeveloperReviewYear.praised)
_PANNED = _ranked_by(DeveloperReviewYear.panned)
_TONE = select(
    _total(DeveloperReviewYear.negative),
    _total(DeveloperReviewYear.neutral),
    _total(DeveloperReviewYear.positive),
    _total(DeveloperReviewYear.judged_negative),
    _total(DeveloperReviewYear.judged_neutral),
    _total(DeveloperReviewYear.judged_positive),
    _total(DeveloperReviewYear.inferred),
).where(DeveloperReviewYear.developer_id == _ID, DeveloperReviewYear.basis == YearBasis.REVIEWED)

_REVIEWED = func.coalesce(GameStats.reviews, 0)
_RECOMMENDED = func.coalesce(GameStats.recommended, 0)
_BEST_GAMES: Select[*tuple[Any, ...]] = (
    select(*REF_COLUMNS, _REVIEWED, _RECOMMENDED)
    .join(GameDeveloper, GameDeveloper.game_id == Game.id)
    .outerjoin(GameStats, GameStats.game_id == Game.id)
    .where(GameDeveloper.developer_id == _ID, Game.kind == literal(GameKind.GAME, Game.kind.type))
    .order_by(
        case((_REVIEWED > 0, lower_bound_of(_RECOMMENDED, _REVIEWED)), else_=-1.0).desc(),
        func.coalesce(GameStats.owners, 0).desc(),
        Game.title.is_(None),
        Game.title,
        Game.id,
    )
    .limit(bindparam("limit", type_=Integer))
)

_RECOMMENDS = (
    select(func.coalesce(func.sum(GameStats.reviews), 0), func.coalesce(func.sum(GameStats.recommended), 0))
    .join(GameDeveloper, GameDeveloper.game_id == GameStats.game_id)
    .where(GameDeveloper.developer_id == _ID)
)


@question(name=NAME)
@kept
def developer(session: Session, name: str) -> DeveloperReport:
    """Return how many items a developer released each year and how many of them are free.

    Years come newest first, the unknown one (None) last.

    Raises:
        NotFound: No developer is called `name`.
    """
    developer_id, known_as = named(session, NameKind.DEVELOPER, name)
    years = session.connection().execute(_RELEASES, {"id": developer_id}).all()
    return DeveloperReport(known_as, tuple(ReleasesOfYear(year or None, *counts) for year, *counts in years))


@question(developer=NAME, limit=COUNT)
@kept
def best_games(session: Session, developer: str, limit: int) -> tuple[LovedGame, ...]:
    """Return up to `limit` games that a developer is credited for, best first.

    They go by the lower end of the 95% Wilson interval of the share of reviews that recommend, then by owners
    and title. DLC, soundtracks and the like are no games.

    Raises:
        NotFound: No developer has that name.
    """
    developer_id, _ = named(session, NameKind.DEVELOPER, developer)
    rows = session.connection().execute(_BEST_GAMES, {"id": developer_id, "limit": limit}).all()
    return tuple(LovedGame(ref(*game), reviews, recommended) for *game, reviews, recommended in rows)


@question(developer=NAME)
@kept
def recommended_of_developer(session: Session, developer: str) -> RecommendedShare:
    """Return how many reviews of a developer's games recommend them, of those that say.

    Raises:
        NotFound: No developer has that name.
    """
    developer_id, _ = named(session, NameKind.DEVELOPER, developer)
    return RecommendedShare(*session.connection().execute(_RECOMMENDS, {"id": developer_id}).one())


@question(year=YEAR, basis=choice(YearBasis, "basis must be"))
@kept
def best_developer_year(
    session: Session, year: int, basis: YearBasis | str = YearBasis.REVIEWED
) -> DeveloperRanking:
    """Return the three developers with most reviews that recommend a game and are positive.

    With the basis "reviewed" the reviews posted in `year` count, with "released" the reviews of the games
    released in it, whenever posted. Ties break by name.

    Raises:
        NotFound: No review is of that year.
        WrongArgument: The basis is neither of the two.
    """
    basis = YearBasis(basis)
    require_reviews(session, year, basis)
    return _ranking(session, year, basis, _PRAISED)


@question(year=YEAR)
@kept
def users_worst_developer(session: Session, year: int) -> DeveloperRanking:
    """Return the three developers with most negative reviews that advise against a game, posted in `year`.

    Ties break by name.

    Raises:
        NotFound: No review was posted in that year.
    """
    require_reviews(session, year)
    return _ranking(session, year, YearBasis.REVIEWED, _PANNED)


@question(developer=NAME)
@kept
def developer_reviews_analysis(session: Session, developer: str) -> SentimentCounts:
    """Return how many reviews of a developer's games are negative, neutral and positive, of all years.

    Raises:
        NotFound: No developer has that name.
    """
    developer_id, known_as = named(session, NameKind.DEVELOPER, developer)
    counts = session.connection().execute(_TONE, {"id": developer_id}).one()
    return SentimentCounts.of(known_as, counts)


def _ranking(session: Session, year: int, basis: YearBasis, ranked_by: Select[str, int]) -> DeveloperRanking:
    ranked = session.connection().execute(ranked_by, {"year": year, "basis": basis}).all()
    return DeveloperRanking(
        (RankedDeveloper(rank, name, reviews) for rank, (name, reviews) in enumerate(ranked, start=1)),
        review_dates(session, year) if basis is YearBasis.REVIEWED else None,
    )
