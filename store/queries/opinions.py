"""How opinions of a developer's games, or of one game, changed over the years, and in which words."""

from sqlalchemy import ColumnElement, func, select
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
    YearBasis,
)
from store.names import resolve
from store.queries.game_refs import game_ref
from store.results import ReviewTexts, SentimentCounts, SentimentOverTime

# More reviews than these, or more of a long one, hardly change which words are frequent.
MOST_TEXTS = 1_000
_LONGEST_TEXT = 2_000


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
        years = _developer_years(session, found.id)
        return SentimentOverTime(found.name, years)
    if game is not None:
        of_game = _game(session, game)
        return SentimentOverTime(
            game_ref(of_game).title, _game_years(session, GameReviewYear.game_id == of_game.id)
        )
    return SentimentOverTime(None, _game_years(session))


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


def _developer_years(session: Session, developer_id: int) -> tuple[SentimentCounts, ...]:
    table = DeveloperReviewYear
    rows = session.execute(
        select(table.year, table.negative, table.neutral, table.positive)
        .where(
            table.developer_id == developer_id,
            table.basis == YearBasis.REVIEWED,
            table.year != UNKNOWN_YEAR,
        )
        .order_by(table.year)
    )
    return tuple(SentimentCounts(*row) for row in rows)


def _game_years(session: Session, *of_games: ColumnElement[bool]) -> tuple[SentimentCounts, ...]:
    table = GameReviewYear
    rows = session.execute(
        select(table.year, func.sum(table.negative), func.sum(table.neutral), func.sum(table.positive))
        .where(table.year != UNKNOWN_YEAR, *of_games)
        .group_by(table.year)
        .order_by(table.year)
    )
    return tuple(SentimentCounts(*row) for row in rows)
