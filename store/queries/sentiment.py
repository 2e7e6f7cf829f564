"""How opinions of a developer's games, or of one game, changed over the years, and in which words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count, islice
from operator import itemgetter

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    FromClause,
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
from store.dialect import VALUES_TABLE, Prepared, values_param, values_table
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

# How many reviews each of a developer's games has, or one game; one without a row has none.
_REVIEWS_OF_DEVELOPER = Prepared(
    select(GameDeveloper.game_id, func.coalesce(GameStats.reviews, 0))
    .outerjoin(GameStats, GameStats.game_id == GameDeveloper.game_id)
    .where(GameDeveloper.developer_id == _ID)
)
_REVIEWS_OF_GAME = Prepared(select(GameStats.game_id, GameStats.reviews).where(GameStats.game_id == _ID))

_LIMIT = bindparam("limit", type_=Integer)
_OFFSET = bindparam("offset", type_=Integer)
_GAMES, _CHOSEN = values_table("game_ids"), values_table("review_ids")
_UNWANTED = select(Player.id).where(Player.user_id.in_(select(VALUES_TABLE.c.value)))


def _of_game() -> CompoundSelect[int, int]:
    """Choose the most helpful reviews of a game.

    A covering index has them by sentiment and recommendation, within each from the most helpful on: SQLite
    merges these as they are, so that no more are looked at than are wanted.
    """
    reviews = union_all(
        *(
            select(Review.id, Review.helpful).where(
                Review.game_id == _ID,
                Review.sentiment == literal(sentiment, Review.sentiment.type),
                Review.recommend.is_not_distinct_from(literal(recommend, Boolean)),
            )
            for sentiment in Sentiment
            for recommend in (None, False, True)
        )
    )
    columns = reviews.selected_columns
    return reviews.order_by(columns.helpful.desc(), columns.id).limit(_LIMIT).offset(_OFFSET)


def _texts_of(chosen: FromClause, ids: ColumnElement[int]) -> Prepared[str]:
    return Prepared(
        select(case((Review.player_id.in_(_UNWANTED), ""), else_=func.substr(Review.text, 1, _LONGEST_TEXT)))
        .join(chosen, ids == Review.id)
        .order_by(Review.helpful.desc(), Review.id)
    )


def _of_games() -> Select[int, int]:
    """Choose those of several games: the same index is enough, all of it that is about the games."""
    return (
        select(Review.id, Review.helpful)
        .where(Review.game_id.in_(select(_GAMES.c.value)))
        .order_by(Review.helpful.desc(), Review.id)
        .limit(_LIMIT)
        .offset(_OFFSET)
    )


_MOST_HELPFUL_OF_GAME, _MOST_HELPFUL_OF_GAMES = Prepared(_of_game()), Prepared(_of_games())
_CHOSEN_OF_GAME, _CHOSEN_OF_GAMES = _of_game().subquery(), _of_games().subquery()
_TEXTS_OF_GAME = _texts_of(_CHOSEN_OF_GAME, _CHOSEN_OF_GAME.c.id)
_TEXTS_OF_GAMES = _texts_of(_CHOSEN_OF_GAMES, _CHOSEN_OF_GAMES.c.id)
_TEXTS_OF_CHOSEN = _texts_of(_CHOSEN, _CHOSEN.c.value)

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
        developer_id, subject = named(session, NameKind.DEVELOPER, developer)
        games = dict(_REVIEWS_OF_DEVELOPER.all(session.connection(), {"id": developer_id}))
    elif game is not None:
        app_id, subject = _game(session, game)
        games = {app_id: 0, **dict(_REVIEWS_OF_GAME.all(session.connection(), {"id": app_id}))}
    else:
        raise WrongArgument("Texts are those of a developer or of a game; give one of them.")
    written = _texts(session, games, sorted(without_players), limit + _SPARE)
    return ReviewTexts(subject, sum(games.values()), tuple(islice(written, limit)))


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
    session: Session, games: Mapping[int, int], without_players: Sequence[str], at_once: int
) -> Iterator[str]:
    """Yield all texts about some games that are not empty, most helpful first, read in batches.

    Args:
        session: The session to read with.
        games: App ids to how many reviews each game has.
        without_players: The user ids of those whose texts are left out.
        at_once: How many are read at a time.
    """
    unwanted = values_param(without_players)
    for start in count(0, at_once):
        some = _some_texts(session, games, {**unwanted, "limit": at_once, "offset": start})
        yield from (text for (text,) in some if text)
        if len(some) < at_once:
            return


def _some_texts(
    session: Session, games: Mapping[int, int], window: Mapping[str, int | str]
) -> list[tuple[str]]:
    """Return the texts of a window of the most helpful reviews, in the way that takes the least time."""
    connection = session.connection()
    if len(games) == 1:
        [game] = games
        return _TEXTS_OF_GAME.all(connection, {**window, "id": game})
    start = int(window["offset"])
    stop = start + int(window["limit"])
    few = [game for game, reviews in games.items() if reviews <= stop]
    of_few = values_param(few, "game_ids")
    if len(few) == len(games):
        return _TEXTS_OF_GAMES.all(connection, {**window, **of_few})
    # Of a game with more reviews than are wanted, no more than these are looked at.
    first = {"limit": stop, "offset": 0}
    found = _MOST_HELPFUL_OF_GAMES.all(connection, {**first, **of_few})
    for game in games.keys() - few:
        found += _MOST_HELPFUL_OF_GAME.all(connection, {**first, "id": game})
    found.sort(key=itemgetter(0))
    found.sort(key=itemgetter(1), reverse=True)
    chosen = [review for review, _helpful in found[start:stop]]
    return _TEXTS_OF_CHOSEN.all(connection, {**window, **values_param(chosen, "review_ids")})


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
