"""All that the data say about one game."""

from statistics import median_low
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

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
from store.queries.game_refs import game_ref
from store.queries.recommend import recommend_game
from store.results import GameCard, Playtime, Recommendations, ReviewExcerpt, SentimentCounts

_Link: TypeAlias = type[GameDeveloper] | type[GameGenre] | type[GameTag] | type[GameSpec]

SIMILAR_GAMES = 5
# The most helpful reviews are looked at for one that is neither a shout nor an essay, in characters.
_REVIEWS_CONSIDERED = 40
_SHORTEST_REVIEW = 60
_LONGEST_REVIEW = 400
_MINUTES_PER_HOUR = 60


def game(session: Session, name: str) -> GameCard:
    """Return all that the store knows of one game; `name` is a title or an app id.

    Playtimes are in hours, over those who played at all. A typical review is one that recommends and is
    positive (or advises against and is negative), of readable length, among those found most helpful, whose
    tone is the usual one for the game.

    Raises NotFound if no game goes by `name`.
    """
    found = session.get_one(Game, resolve(session, NameKind.GAME, name))
    reference = game_ref(found)
    stats = session.get(GameStats, found.id)
    basis = session.scalar(select(Neighbours.basis).where(Neighbours.game_id == found.id))
    counts = (0, 0, 0) if stats is None else (stats.negative, stats.neutral, stats.positive)
    return GameCard(
        game=reference,
        listed=found.listed,
        developers=_in_order(session, found.id, GameDeveloper, Developer.name),
        publisher=found.publisher,
        genres=_in_order(session, found.id, GameGenre, Genre.name),
        tags=_in_order(session, found.id, GameTag, Tag.name),
        specs=_in_order(session, found.id, GameSpec, Spec.name),
        release_date=found.release_date,
        early_access=found.early_access,
        owners=0 if stats is None else stats.owners,
        playtime=None if stats is None else _playtime(stats),
        reviews=SentimentCounts(reference.title, *counts),
        recommended=0 if stats is None else stats.recommended,
        typical_positive=_typical_review(session, found.id, Sentiment.POSITIVE, recommend=True),
        typical_negative=_typical_review(session, found.id, Sentiment.NEGATIVE, recommend=False),
        similar=Recommendations(()) if basis is None else recommend_game(session, found.id, SIMILAR_GAMES),
        similar_basis=basis,
    )


def _in_order(
    session: Session, app_id: int, link: _Link, name: InstrumentedAttribute[str]
) -> tuple[str, ...]:
    """Return the names that `link` gives a game, in the order of the games file."""
    ordered = select(name).join(link).where(link.game_id == app_id).order_by(link.position)
    return tuple(session.scalars(ordered))


def _playtime(stats: GameStats) -> Playtime | None:
    lower, middle, upper = stats.minutes_p25, stats.minutes_median, stats.minutes_p75
    if lower is None or middle is None or upper is None:
        return None
    hours = (minutes / _MINUTES_PER_HOUR for minutes in (lower, middle, upper))
    return Playtime(stats.players, *hours)


def _typical_review(
    session: Session, app_id: int, sentiment: Sentiment, *, recommend: bool
) -> ReviewExcerpt | None:
    helpful = session.execute(
        select(Review, Player.user_id)
        .join(Player, Player.id == Review.player_id)
        .where(Review.game_id == app_id, Review.sentiment == sentiment, Review.recommend == recommend)
        .order_by(Review.helpful.desc(), Review.id)
        .limit(_REVIEWS_CONSIDERED)
    ).all()
    if not helpful:
        return None
    readable = [row for row in helpful if _SHORTEST_REVIEW <= len(row[0].text) <= _LONGEST_REVIEW] or helpful
    usual = median_low(review.sentiment_score for review, _ in readable)
    # min() keeps the more helpful of those that are equally near.
    review, user_id = min(readable, key=lambda row: abs(row[0].sentiment_score - usual))
    return ReviewExcerpt(
        user_id=user_id,
        text=_excerpt(review.text),
        score=review.sentiment_score,
        helpful=review.helpful,
        posted=review.posted,
    )


def _excerpt(text: str) -> str:
    if len(text) <= _LONGEST_REVIEW:
        return text
    cut = text[: _LONGEST_REVIEW - 1]
    return (cut.rsplit(maxsplit=1)[0] if " " in cut else cut).rstrip() + "…"
