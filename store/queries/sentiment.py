"""How opinions of a developer's games, or of one game, changed over the years, and in which words."""

from collections.abc import Collection, Iterator, Mapping
from itertools import count, islice

from sqlalchemy import (
    Boolean,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from store.boundary.arguments import COUNT, NAME, list_of_names, optional
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.game_refs import game_refs
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.errors import WrongArgument
from store.models import (
    UNKNOWN_YEAR,
    DeveloperReviewYear,
    GameDeveloper,
    GameReviewYear,
    GameStats,
    NameKind,
    Player,
    Review,
    ReviewYear,
    Sentiment,
    YearBasis,
)
from store.names import named, resolve
from store.results import ReviewTexts, SentimentCounts, SentimentOverTime

# More reviews than these, or more of a long one, hardly change which words are frequent.
MOST_TEXTS = 1_000
_LONGEST_TEXT = 2_000
# How many more are read than wanted, since some are empty.
_SPARE = 50


def _by_year(
    table: type[ReviewYear | GameReviewYear | DeveloperReviewYear],
) -> Select[*tuple[int, ...]]:
    return (
        select(
            *(table.year, table.negative, table.neutral, table.positive),
            *(table.judged_negative, table.judged_neutral, table.judged_positive),
            table.inferred,
        )
        .where(table.year != UNKNOWN_YEAR)
        .order_by(table.year)
    )


_ID = bindparam("id", type_=Integer)
_OF_ALL = _by_year(ReviewYear)
_OF_GAME = _by_year(GameReviewYear).where(GameReviewYear.game_id == _ID)
_OF_DEVELOPER = _by_year(DeveloperReviewYear).where(
    DeveloperReviewYear.developer_id == _ID, DeveloperReviewYear.basis == YearBasis.REVIEWED
)

_LIMIT = bindparam("limit", type_=Integer)
_OFFSET = bindparam("offset", type_=Integer)
_UNWANTED = select(Player.id).where(Player.user_id.in_(select(VALUES_TABLE.c.value)))
_MOST_HELPFUL = select(Review.id, Review.helpful).order_by(Review.helpful.desc(), Review.id)


def _texts_of(among: Select[int, int]) -> Prepared[str]:
    chosen = among.limit(_LIMIT).offset(_OFFSET).subquery()
    return Prepared(
        select(case((Review.player_id.in_(_UNWANTED), ""), else_=func.substr(Review.text, 1, _LONGEST_TEXT)))
        .join(chosen, chosen.c.id == Review.id)
        .order_by(chosen.c.helpful.desc(), chosen.c.id)
    )


def _of_game() -> Select[int, int]:
    """Choose the most helpful reviews of a game.

    A covering index has them by sentiment and recommendation, within each from the most helpful on: only
    so many of each are looked at, however many the game has.
    """
    of_each = [
        select(
            _MOST_HELPFUL.where(
                Review.game_id == _ID,
                Review.sentiment == literal(sentiment, Review.sentiment.type),
                Review.recommend.is_not_distinct_from(literal(recommend, Boolean)),
            )
            .limit(_LIMIT + _OFFSET)
            .subquery()
        )
        for sentiment in Sentiment
        for recommend in (None, False, True)
    ]
    most = union_all(*of_each).subquery()
    return select(most.c.id, most.c.helpful).order_by(most.c.helpful.desc(), most.c.id)


_CREDITED = select(GameDeveloper.game_id).where(GameDeveloper.developer_id == _ID)
_TEXTS_OF_GAME = _texts_of(_of_game())
# The same index is enough to choose by; only the chosen ones are read.
_TEXTS_OF_DEVELOPER = _texts_of(_MOST_HELPFUL.where(Review.game_id.in_(_CREDITED)))
_TOTAL_OF_GAME = select(GameStats.reviews).where(GameStats.game_id == _ID)
_TOTAL_OF_DEVELOPER = select(func.sum(GameStats.reviews)).where(GameStats.game_id.in_(_CREDITED))

_ENDS = select(func.min(Review.id), func.max(Review.id))
_TEXTS_OF_ALL = select(func.substr(Review.text, 1, bindparam("characters", type_=Integer))).where(
    Review.id.in_(select(VALUES_TABLE.c.value))
)


@question(developer=optional(NAME), game=optional(NAME))
@kept
def sentiment_over_time(
    session: Session, *, developer: str | None = None, game: str | None = None
) -> SentimentOverTime:
    """Return how many reviews of each sentiment were posted each year, oldest first.

    They are of a developer's games, of one game (a title or an app id), or, with neither given, of all games.

    Raises:
        NotFound: Nothing goes by that name.
        WrongArgument: Both are given.
    """
    _require_one_at_most(developer, game)
    if developer is not None:
        developer_id, known_as = named(session, NameKind.DEVELOPER, developer)
        return SentimentOverTime(known_as, _counts(session, _OF_DEVELOPER, developer_id))
    if game is not None:
        app_id, title = _game(session, game)
        return SentimentOverTime(title, _counts(session, _OF_GAME, app_id))
    return SentimentOverTime(None, _counts(session, _OF_ALL))


@question(
    developer=optional(NAME),
    game=optional(NAME),
    limit=COUNT,
    without_players=list_of_names("Players are given by their user ids"),
)
def review_texts(
    session: Session,
    *,
    developer: str | None = None,
    game: str | None = None,
    limit: int = MOST_TEXTS,
    without_players: Collection[str] = (),
) -> ReviewTexts:
    """Return the texts of up to `limit` reviews of a developer's games or of one game, most helpful first.

    Of a long review there are the first 2,000 characters. Those by `without_players`, given by their user
    ids, are left out.

    Raises:
        NotFound: Nothing goes by that name.
        WrongArgument: Both are given, or neither.
    """
    _require_one_at_most(developer, game)
    if developer is not None:
        subject_id, subject = named(session, NameKind.DEVELOPER, developer)
        texts, total = _TEXTS_OF_DEVELOPER, _TOTAL_OF_DEVELOPER
    elif game is not None:
        subject_id, subject = _game(session, game)
        texts, total = _TEXTS_OF_GAME, _TOTAL_OF_GAME
    else:
        raise WrongArgument("Texts are those of a developer or of a game; give one of them.")
    reviews = session.connection().scalar(total, {"id": subject_id}) or 0
    asked = {"id": subject_id, **values_param(sorted(without_players))}
    written = _texts(session, texts, asked, limit + _SPARE)
    return ReviewTexts(subject, reviews, tuple(islice(written, limit)))


def texts_of_all(session: Session, limit: int, characters: int) -> tuple[str, ...]:
    """Return the beginnings of up to `limit` reviews that are spread evenly over all of them.

    The same reviews are returned until the data change; those without text are left out.
    """
    first, last = session.connection().execute(_ENDS).one()
    if first is None:
        return ()
    step = max(1, (last - first) // limit)
    ids = list(range(first, last + 1, step))[:limit]
    asked = {"characters": characters, **values_param(ids)}
    return tuple(filter(None, session.connection().scalars(_TEXTS_OF_ALL, asked)))


def _texts(
    session: Session, texts: Prepared[str], asked: Mapping[str, object], at_once: int
) -> Iterator[str]:
    """Yield all texts that are not empty, read in batches."""
    for start in count(0, at_once):
        window = {"limit": at_once, "offset": start}
        some = texts.all(session.connection(), {**asked, **window})
        yield from (text for (text,) in some if text)
        if len(some) < at_once:
            return


def _require_one_at_most(developer: str | None, game: str | None) -> None:
    if developer is not None and game is not None:
        raise WrongArgument("Give a developer or a game, not both.")


def _game(session: Session, asked: str) -> tuple[int, str]:
    app_id = resolve(session, NameKind.GAME, asked)
    return app_id, game_refs(session, [app_id])[app_id].title


def _counts(
    session: Session, statement: Select[*tuple[int, ...]], subject: int | None = None
) -> tuple[SentimentCounts, ...]:
    return tuple(
        SentimentCounts.of(year, counts)
        for year, *counts in session.connection().execute(statement, {"id": subject}).all()
    )
