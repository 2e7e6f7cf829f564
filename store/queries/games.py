"""All that the data say about one game."""

from dataclasses import replace
from itertools import islice
from statistics import median_low
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Integer,
    Row,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.boundary.arguments import NAME, whole_number
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.game_refs import REF_COLUMNS, ref
from store.catalogue.store_pages import store_pages
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.errors import NothingLeft, NothingToGoOn
from store.models import (
    Developer,
    Game,
    GameDeveloper,
    GameGenre,
    GameSpec,
    GameStats,
    GameTag,
    Genre,
    NameKind,
    Neighbours,
    Player,
    Review,
    Sentiment,
    Spec,
    Tag,
)
from store.names import resolve
from store.people.anonymous import is_anonymous
from store.queries.playtime import hours
from store.queries.readable import WELCOME, is_presentable
from store.queries.recommend import recommend_game
from store.results import GameCard, Playtime, Recommendations, ReviewExcerpt, SentimentCounts

SIMILAR_GAMES = 5
# How many of the most helpful reviews are looked at, and how many of those that can be shown are considered.
_REVIEWS_LOOKED_AT = 40
_REVIEWS_CONSIDERED = 8
_LONGEST_REVIEW = WELCOME.stop - 1

_APP_ID = bindparam("app_id", type_=Integer)
_GAME: Select[*tuple[Any, ...]] = (
    select(
        *REF_COLUMNS,
        Game.listed,
        Game.publisher,
        Game.release_date,
        Game.release_text,
        Game.early_access,
        Game.metascore,
        Game.steam_rating,
        GameStats.owners,
        GameStats.players,
        GameStats.minutes_p25,
        GameStats.minutes_median,
        GameStats.minutes_p75,
        GameStats.reviews,
        GameStats.recommended,
        GameStats.negative,
        GameStats.neutral,
        GameStats.positive,
        GameStats.judged_negative,
        GameStats.judged_neutral,
        GameStats.judged_positive,
        Neighbours.basis,
    )
    .outerjoin(GameStats, GameStats.game_id == Game.id)
    .outerjoin(Neighbours, Neighbours.game_id == Game.id)
    .where(Game.id == _APP_ID)
)


def _named(what: str, name: InstrumentedAttribute[str], place: type[Any]) -> Select[str, int, str]:
    return (
        select(
            literal_column(f"'{what}'").label("what"), place.position.label("position"), name.label("name")
        )
        .join(place)
        .where(place.game_id == _APP_ID)
    )


# One query for all, which takes little longer than one for each.
_NAMES = Prepared(
    union_all(
        _named("developers", Developer.name, GameDeveloper),
        _named("genres", Genre.name, GameGenre),
        _named("tags", Tag.name, GameTag),
        _named("specs", Spec.name, GameSpec),
    ).order_by("position")
)


def _helpful(sentiment: Sentiment, *, recommend: bool) -> Select[bool, int, int, float, int, str]:
    # A covering index is enough to choose by; only the chosen reviews themselves are read.
    chosen = (
        select(Review.id, Review.helpful)
        .where(
            Review.game_id == _APP_ID,
            Review.sentiment == literal(sentiment, Review.sentiment.type),
            Review.recommend == literal(recommend, Boolean),
        )
        .order_by(Review.helpful.desc(), Review.id)
        .limit(_REVIEWS_LOOKED_AT)
        .subquery()
    )
    return (
        select(
            Review.recommend,
            Review.id,
            Review.helpful,
            Review.sentiment_score,
            func.length(Review.text),
            func.substr(Review.text, 1, _LONGEST_REVIEW),
        )
        .join(chosen, chosen.c.id == Review.id)
        .where(Review.tone == literal(sentiment, Review.tone.type))
    )


_HELPFUL_REVIEWS = Prepared(
    union_all(_helpful(Sentiment.POSITIVE, recommend=True), _helpful(Sentiment.NEGATIVE, recommend=False))
)
_EXCERPTS = Prepared(
    select(
        Review.id,
        Player.user_id,
        Review.text,
        Review.sentiment_score,
        Review.helpful,
        Review.posted,
        Review.posted_inferred,
    )
    .join(Player, Player.id == Review.player_id)
    .where(Review.id.in_(select(VALUES_TABLE.c.value)))
)


_REVIEW_COUNTS = (
    *("negative", "neutral", "positive"),
    *("judged_negative", "judged_neutral", "judged_positive"),
)


class _Helpful(NamedTuple):
    """A review: its id, how many found it helpful, its tone, its length, and the beginning that is shown."""

    id: int
    helpful: int
    score: float
    characters: int
    beginning: str


@question(name=NAME, similar=whole_number("Similar games are a whole number, 0 or more", least=0))
@kept
def game(session: Session, name: str, *, similar: int = SIMILAR_GAMES) -> GameCard:
    """Return all that the store knows of one game; `name` is a title or an app id.

    Playtimes are in hours, over those who played at all. A typical review is one that recommends and is
    positive (or advises against and is negative), of readable length and in words for anybody, among those
    found most helpful, whose tone is the usual one for the game. There are up to `similar` similar games.

    Raises:
        NotFound: No game goes by `name`.
    """
    app_id = resolve(session, NameKind.GAME, name)
    found = session.connection().execute(_GAME, {"app_id": app_id}).one()
    reference = ref(*found[: len(REF_COLUMNS)])
    names = _names(session, app_id)
    typical = _typical_reviews(session, app_id)
    # Of a game that nobody owns or reviewed there are no counts.
    sentiment = SentimentCounts.of(reference.title, [getattr(found, name) or 0 for name in _REVIEW_COUNTS])
    return GameCard(
        game=reference,
        listed=found.listed,
        developers=names["developers"],
        publisher=found.publisher,
        genres=names["genres"],
        tags=names["tags"],
        specs=names["specs"],
        release_date=found.release_date,
        release_text=found.release_text if found.release_date is None else None,
        early_access=found.early_access,
        owners=found.owners or 0,
        playtime=_playtime(found),
        reviews=sentiment,
        recommended=found.recommended or 0,
        typical_positive=typical.get(True),
        typical_negative=typical.get(False),
        similar=_similar(session, app_id, similar) if similar else Recommendations(()),
        similar_basis=found.basis if similar else None,
        undecided=sentiment.total - (found.reviews or 0),
        metascore=found.metascore,
        steam_rating=found.steam_rating,
        page=store_pages(session, [app_id]).get(app_id),
    )


def _similar(session: Session, app_id: int, limit: int) -> Recommendations:
    try:
        return recommend_game(session, app_id, limit)
    except (NothingToGoOn, NothingLeft):
        return Recommendations(())


def _names(session: Session, app_id: int) -> dict[str, tuple[str, ...]]:
    """Return the names of a game's developers, genres, tags and specs, each in the store page's order."""
    names: dict[str, list[str]] = {"developers": [], "genres": [], "tags": [], "specs": []}
    for what, _position, name in _NAMES.all(session.connection(), {"app_id": app_id}):
        names[what].append(name)
    return {what: tuple(of_game) for what, of_game in names.items()}


def _playtime(found: Row[*tuple[Any, ...]]) -> Playtime | None:
    lower, middle, upper = found.minutes_p25, found.minutes_median, found.minutes_p75
    if lower is None or middle is None or upper is None:
        return None
    return Playtime(found.players, hours(lower), hours(middle), hours(upper))


def _typical_reviews(session: Session, app_id: int) -> dict[bool, ReviewExcerpt]:
    """Return the typical review that recommends the game, and the one that does not, if there are such."""
    helpful: dict[bool, list[_Helpful]] = {}
    for row in _HELPFUL_REVIEWS.all(session.connection(), {"app_id": app_id}):
        helpful.setdefault(row[0], []).append(_Helpful(*row[1:]))
    typical = {
        recommend: review
        for recommend, reviews in helpful.items()
        if (review := _typical(reviews)) is not None
    }
    excerpts = {
        row[0]: ReviewExcerpt("" if is_anonymous(row[1]) else row[1], *row[2:])
        for row in _EXCERPTS.all(session.connection(), values_param(list(typical.values())))
    }
    return {
        recommend: replace(excerpts[review], text=_excerpt(excerpts[review].text))
        for recommend, review in typical.items()
    }


def _typical(reviews: list[_Helpful]) -> int | None:
    """Return the id of the typical one of the most helpful reviews, None where none can be shown."""
    by_helpful = sorted(
        reviews, key=lambda review: (review.characters not in WELCOME, -review.helpful, review.id)
    )
    # Looking at texts takes long, and few are needed.
    shown = list(islice((r for r in by_helpful if is_presentable(r.beginning)), _REVIEWS_CONSIDERED))
    if not shown:
        return None
    readable = [review for review in shown if review.characters in WELCOME] or shown
    usual = median_low(review.score for review in readable)
    return min(readable, key=lambda review: (abs(review.score - usual), -review.helpful, review.id)).id


def _excerpt(text: str) -> str:
    if len(text) <= _LONGEST_REVIEW:
        return text
    cut = text[: _LONGEST_REVIEW - 1]
    return (cut.rsplit(maxsplit=1)[0] if " " in cut else cut).rstrip() + "…"
