"""How opinions of a developer's games, or of one game, changed over the years, and in which words."""

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from store.models import (
    UNKNOWN_YEAR,
    Developer,
    DeveloperReviewYear,
    Game,
    GameDeveloper,
    GameReviewYear,
    GameStats,
    NameKind,
    Review,
    ReviewYear,
    YearBasis,
)
from store.names import resolve
from store.queries.game_refs import game_ref
from store.results import ReviewTexts, SentimentCounts, SentimentOverTime

# More reviews than these, or more of a long one, hardly change which words are frequent.
MOST_TEXTS = 1_000
_LONGEST_TEXT = 2_000


def _by_year(
    table: type[ReviewYear | GameReviewYear | DeveloperReviewYear],
) -> Select[int, int, int, int]:
    return (
        select(table.year, table.negative, table.neutral, table.positive)
        .where(table.year != UNKNOWN_YEAR)
        .order_by(table.year)
    )


# Put together once, since that takes longer than to run them.
_ID = bindparam("id", type_=Integer)
_OF_ALL = _by_year(ReviewYear)
_OF_GAME = _by_year(GameReviewYear).where(GameReviewYear.game_id == _ID)
_OF_DEVELOPER = _by_year(DeveloperReviewYear).where(
    DeveloperReviewYear.developer_id == _ID, DeveloperReviewYear.basis == YearBasis.REVIEWED
)


def sentiment_over_time(
    session: Session, *, developer: str | None = None, game: str | None = None
) -> SentimentOverTime:
    """Return how many reviews of each sentiment were posted each year, oldest first.

    They are of a developer's games, of one game (a title or an app id), or, with neither given, of all games.

    Raises NotFound if nothing goes by that name, ValueError if both are given.
    """
    _require_one_at_most(developer, game)
    if developer is not None:
        found = _developer(session, developer)
        years = _counts(session, _OF_DEVELOPER, found.id)
        return SentimentOverTime(found.name, years)
    if game is not None:
        of_game = _game(session, game)
        return SentimentOverTime(game_ref(of_game).title, _counts(session, _OF_GAME, of_game.id))
    return SentimentOverTime(None, _counts(session, _OF_ALL))


def review_texts(
    session: Session, *, developer: str | None = None, game: str | None = None, limit: int = MOST_TEXTS
) -> ReviewTexts:
    """Return the texts of up to `limit` reviews of a developer's games or of one game, most helpful first.

    Of a long review there are the first 2,000 characters.

    Raises NotFound if nothing goes by that name, ValueError unless exactly one of the two is given.
    """
    _require_one_at_most(developer, game)
    text = func.substr(Review.text, 1, _LONGEST_TEXT)
    helpful = select(text).where(Review.text != "").order_by(Review.helpful.desc(), Review.id)
    if developer is not None:
        found = _developer(session, developer)
        subject = found.name
        credited = select(GameDeveloper.game_id).where(GameDeveloper.developer_id == found.id)
        texts = helpful.where(Review.game_id.in_(credited))
        total = select(func.sum(GameStats.reviews)).where(GameStats.game_id.in_(credited))
    elif game is not None:
        of_game = _game(session, game)
        subject = game_ref(of_game).title
        texts = helpful.where(Review.game_id == of_game.id)
        total = select(GameStats.reviews).where(GameStats.game_id == of_game.id)
    else:
        raise ValueError("review_texts needs a developer or a game.")
    return ReviewTexts(subject, session.scalar(total) or 0, tuple(session.scalars(texts.limit(limit))))


def _require_one_at_most(developer: str | None, game: str | None) -> None:
    if developer is not None and game is not None:
        raise ValueError("Give a developer or a game, not both.")


def _developer(session: Session, name: str) -> Developer:
    return session.get_one(Developer, resolve(session, NameKind.DEVELOPER, name))


def _game(session: Session, name: str) -> Game:
    return session.get_one(Game, resolve(session, NameKind.GAME, name))


def _counts(
    session: Session, statement: Select[int, int, int, int], subject: int | None = None
) -> tuple[SentimentCounts, ...]:
    return tuple(
        SentimentCounts(*row) for row in session.connection().execute(statement, {"id": subject}).all()
    )
