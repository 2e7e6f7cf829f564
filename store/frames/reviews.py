"""Reviews as a DataFrame."""

from collections.abc import Iterator

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.frames.players import read_players
from store.frames.table import Column, Table, columns_of, typed
from store.models import Review, Sentiment

_SENTIMENTS = pandas.CategoricalDtype([sentiment.name.lower() for sentiment in Sentiment], ordered=True)
_REVIEWS = select(
    Review.player_id,
    Review.game_id,
    Review.recommend,
    Review.posted,
    Review.posted_inferred,
    Review.helpful,
    Review.helpful_of,
    Review.funny,
    Review.text,
    Review.language,
    Review.sentiment_score,
    Review.sentiment,
    Review.tone,
).order_by(Review.id)

_COLUMNS = (
    Column("player", "category", "who wrote it: user id"),
    Column("app_id", "int32", "the game: Steam's app id"),
    Column(
        "recommend",
        "boolean",
        "whether the player recommends the game; missing where the file has none",
        True,
    ),
    Column("posted", "datetime64[s]", "the day; missing where the file has none", True),
    Column(
        "posted_inferred", "bool", "whether the year of `posted` is that of the crawl, as Steam left it out"
    ),
    Column("helpful", "int32", "people who found it helpful"),
    Column("helpful_of", "int32", "people who voted on that; 0 where nobody has"),
    Column("funny", "int32", "people who found it funny"),
    Column("text", "string", "as written; may be empty"),
    Column("language", "string", "ISO 639-1 code where the text is surely not English; else missing", True),
    Column("sentiment_score", "float64", "VADER's compound of the text, -1 to 1"),
    Column("sentiment", _SENTIMENTS, "by `sentiment_score`: negative < neutral < positive"),
    Column("tone", _SENTIMENTS, "the same with ratings counted; missing where the text is not English", True),
)


def _read(session: Session) -> Iterator[pandas.DataFrame]:
    players = read_players(session)
    names = [column.name for column in _COLUMNS]
    for values in columns_of(session, _REVIEWS):
        columns = dict(zip(names, values, strict=True))
        yield typed(
            _COLUMNS,
            columns
            | {
                "player": players.column(columns["player"]),
                "sentiment": [sentiment.name.lower() for sentiment in columns["sentiment"]],
                "tone": [None if tone is None else tone.name.lower() for tone in columns["tone"]],
            },
        )


REVIEWS = Table("reviews", "A review, in the order of the reviews file.", _COLUMNS, _read)
