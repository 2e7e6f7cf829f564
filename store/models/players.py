"""Players, what they own and what they wrote."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, Index, SmallInteger, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class Sentiment(enum.IntEnum):
    """Class of a review by VADER compound score: <= -0.05, between, >= 0.05; no text is neutral."""

    NEGATIVE = 0
    NEUTRAL = 1
    POSITIVE = 2


class SentimentColumn(TypeDecorator[Sentiment]):
    """Stores the number of a `Sentiment`, so that SQL can sum and compare it."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Sentiment | None, dialect: Dialect) -> int | None:
        """Write the number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Sentiment | None:
        """Read the number."""
        return None if value is None else Sentiment(value)


class Player(Base):
    """A Steam user of the items file, the reviews file, or both."""

    __tablename__ = "players"

    id: Mapped[int] = mapped_column(primary_key=True, doc="the store's own number")
    user_id: Mapped[str] = mapped_column(
        unique=True,
        doc="vanity name, or the SteamID64 where there is none; `~` and a hash where nobody may look it up",
    )
    steam_id: Mapped[str | None] = mapped_column(
        index=True, doc="SteamID64; NULL for those who only wrote reviews"
    )
    items_count: Mapped[int | None] = mapped_column(
        doc="the items file's own count; NULL where the file lacks the player"
    )
    items_fingerprint: Mapped[bytes | None] = mapped_column(
        doc="digest of the library, to see whether it changed; NULL is compared again"
    )


class OwnedGame(Base):
    """A game in a player's library. Clustered by player: a library is one range of the table."""

    __tablename__ = "owned_games"
    __table_args__ = ({"sqlite_with_rowid": False},)

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True)
    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True)
    minutes: Mapped[int] = mapped_column(doc="minutes played in all; 0 also where it is not known")
    minutes_2weeks: Mapped[int] = mapped_column(doc="minutes played in the two weeks before the crawl")


class PackedLibrary(Base):
    """All that `OwnedGame` says of a player but the last two weeks; who owns nothing has none.

    Both arrays are of one length and little-endian: reading a whole library takes a hundredth of the time
    that its rows would.
    """

    __tablename__ = "packed_libraries"

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True, autoincrement=False)
    game_ids: Mapped[bytes] = mapped_column(doc="int32 app ids, ascending")
    minutes: Mapped[bytes] = mapped_column(doc="int32 minutes played in all")


class Review(Base):
    """What a player wrote about a game, with the sentiment of the text."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("player_id", "game_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="the store's own number")
    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"))
    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"))
    recommend: Mapped[bool | None] = mapped_column(
        doc="whether the player recommends the game; NULL where the file does not say it"
    )
    posted: Mapped[date | None] = mapped_column(doc="the day; NULL where the file has none")
    posted_inferred: Mapped[bool] = mapped_column(
        doc="whether the year was not in the file and is the crawl's"
    )
    helpful: Mapped[int] = mapped_column(doc="people who found it helpful")
    helpful_of: Mapped[int] = mapped_column(doc="people who voted on that; 0 is 'No ratings yet'")
    funny: Mapped[int] = mapped_column(doc="people who found it funny")
    text: Mapped[str] = mapped_column(doc="as written; may be empty")
    language: Mapped[str | None] = mapped_column(
        doc="ISO 639-1 code where the text is surely not English, so that its tone is not judged; else NULL"
    )
    sentiment_score: Mapped[float] = mapped_column(doc="VADER compound, -1 to 1")
    sentiment: Mapped[Sentiment] = mapped_column(
        SentimentColumn, doc="the specification's class, of any text: 0 negative, 1 neutral, 2 positive"
    )
    tone: Mapped[Sentiment | None] = mapped_column(
        SentimentColumn, doc="the class with ratings counted; NULL where the tone is not judged"
    )
    fingerprint: Mapped[bytes | None] = mapped_column(
        doc="digest of the review, to see whether it changed; NULL is compared again"
    )


# In this order the most helpful reviews of a game are read without sorting those that are as helpful.
Index(
    "ix_reviews_most_helpful",
    *(Review.game_id, Review.sentiment, Review.recommend, Review.helpful.desc()),
)
