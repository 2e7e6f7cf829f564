"""What ingest precomputes so that no query scans the libraries: counts, hours and names."""

import enum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, BigInt, text_enum


class GameStats(Base):
    """Owners, playtime and reviews of a game. Playtimes are minutes, over those who played at all."""

    __tablename__ = "game_stats"

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True, autoincrement=False)
    owners: Mapped[int] = mapped_column(doc="players of the items file who own it")
    players: Mapped[int] = mapped_column(doc="owners who played at least a minute")
    minutes: Mapped[int] = mapped_column(BigInt, doc="minutes that all owners played it")
    minutes_p25: Mapped[float | None] = mapped_column(doc="lower quartile, minutes; NULL if nobody played it")
    minutes_median: Mapped[float | None] = mapped_column(doc="minutes; NULL if nobody played it")
    minutes_p75: Mapped[float | None] = mapped_column(doc="upper quartile, minutes; NULL if nobody played it")
    reviews: Mapped[int] = mapped_column(doc="reviews that say whether they recommend it")
    recommended: Mapped[int] = mapped_column(doc="reviews with recommend=True, of any sentiment")
    negative: Mapped[int] = mapped_column(doc="reviews of negative sentiment")
    neutral: Mapped[int] = mapped_column(doc="reviews of neutral sentiment")
    positive: Mapped[int] = mapped_column(doc="reviews of positive sentiment")
    judged_negative: Mapped[int] = mapped_column(doc="reviews of negative `Review.tone`")
    judged_neutral: Mapped[int] = mapped_column(doc="reviews of neutral `Review.tone`")
    judged_positive: Mapped[int] = mapped_column(doc="reviews of positive `Review.tone`")


class PlayerStats(Base):
    """What a player owns and wrote, in numbers."""

    __tablename__ = "player_stats"

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True, autoincrement=False)
    owned: Mapped[int] = mapped_column(doc="distinct games in the library")
    minutes: Mapped[int] = mapped_column(BigInt, doc="minutes that the player played all of them")
    spent_cents: Mapped[int] = mapped_column(BigInt, doc="US cents, over games of known price")
    unpriced: Mapped[int] = mapped_column(doc="owned games whose price is unknown")
    reviews: Mapped[int] = mapped_column(doc="reviews of the player that say whether they recommend")
    recommended: Mapped[int] = mapped_column(doc="those of them with recommend=True")


class DeveloperYear(Base):
    """A developer's releases of a year; `year` 0 is unknown."""

    __tablename__ = "developer_years"
    __table_args__ = ({"sqlite_with_rowid": False},)

    developer_id: Mapped[int] = mapped_column(ForeignKey("developers.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, doc="release year; 0 is unknown")
    items: Mapped[int] = mapped_column(doc="apps of any kind")
    free_items: Mapped[int] = mapped_column(doc="those of them whose price is 0")
    unpriced_items: Mapped[int] = mapped_column(doc="items whose price is unknown")
    undated_items: Mapped[int] = mapped_column(doc="items of a known year without a day, such as 'Q1 2018'")


class GenreYear(Base):
    """Minutes that everybody played games of a genre, by the games' release year; `year` 0 is unknown."""

    __tablename__ = "genre_years"
    __table_args__ = ({"sqlite_with_rowid": False},)

    genre_id: Mapped[int] = mapped_column(ForeignKey("genres.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, doc="the games' release year; 0 is unknown")
    minutes: Mapped[int] = mapped_column(BigInt, doc="minutes played")


class GenreChampion(Base):
    """The player with most minutes in a genre."""

    __tablename__ = "genre_champions"

    genre_id: Mapped[int] = mapped_column(ForeignKey("genres.id"), primary_key=True, autoincrement=False)
    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"))
    minutes: Mapped[int] = mapped_column(BigInt, doc="minutes played")


class GenreChampionYear(Base):
    """That player's minutes in the genre, by the games' release year; `year` 0 is unknown."""

    __tablename__ = "genre_champion_years"
    __table_args__ = ({"sqlite_with_rowid": False},)

    genre_id: Mapped[int] = mapped_column(ForeignKey("genres.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, doc="the games' release year; 0 is unknown")
    minutes: Mapped[int] = mapped_column(BigInt, doc="minutes played")


class ReviewCounts:
    """The counts of reviews that the review questions rank by."""

    negative: Mapped[int] = mapped_column(doc="reviews of negative sentiment")
    neutral: Mapped[int] = mapped_column(doc="reviews of neutral sentiment")
    positive: Mapped[int] = mapped_column(doc="reviews of positive sentiment")
    praised: Mapped[int] = mapped_column(doc="recommend=True and positive")
    liked: Mapped[int] = mapped_column(doc="recommend=True and positive or neutral")
    panned: Mapped[int] = mapped_column(doc="recommend=False and negative")
    judged_negative: Mapped[int] = mapped_column(doc="reviews of negative `Review.tone`")
    judged_neutral: Mapped[int] = mapped_column(doc="reviews of neutral `Review.tone`")
    judged_positive: Mapped[int] = mapped_column(doc="reviews of positive `Review.tone`")
    inferred: Mapped[int] = mapped_column(doc="posted in a year that is inferred; 0 by any other year")


class GameReviewYear(ReviewCounts, Base):
    """A game's reviews by the year they were posted; `year` 0 is unknown."""

    __tablename__ = "game_review_years"
    __table_args__ = (
        Index(None, "game_id"),
        Index(None, "year", "liked"),
        Index(None, "year", "panned"),
        {"sqlite_with_rowid": False},
    )

    year: Mapped[int] = mapped_column(primary_key=True, doc="0 is unknown")
    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True)


class ReviewYear(Base):
    """All reviews by the year they were posted; `year` 0 is unknown."""

    __tablename__ = "review_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="0 is unknown")
    negative: Mapped[int] = mapped_column(doc="reviews of negative sentiment")
    neutral: Mapped[int] = mapped_column(doc="reviews of neutral sentiment")
    positive: Mapped[int] = mapped_column(doc="reviews of positive sentiment")
    judged_negative: Mapped[int] = mapped_column(doc="reviews of negative `Review.tone`")
    judged_neutral: Mapped[int] = mapped_column(doc="reviews of neutral `Review.tone`")
    judged_positive: Mapped[int] = mapped_column(doc="reviews of positive `Review.tone`")
    inferred: Mapped[int] = mapped_column(doc="posted in a year that is inferred")


class YearBasis(enum.StrEnum):
    """Which year a review counts for: the one it was posted in, or the one its game was released in."""

    REVIEWED = "reviewed"
    RELEASED = "released"


class DeveloperReviewYear(ReviewCounts, Base):
    """Reviews of a developer's games by year; `year` 0 is unknown."""

    __tablename__ = "developer_review_years"
    __table_args__ = (
        Index(None, "developer_id", "basis"),
        Index(None, "basis", "year", "praised"),
        Index(None, "basis", "year", "panned"),
        {"sqlite_with_rowid": False},
    )

    basis: Mapped[YearBasis] = mapped_column(
        text_enum(YearBasis), primary_key=True, doc="which year of a review `year` is"
    )
    year: Mapped[int] = mapped_column(primary_key=True, doc="0 is unknown")
    developer_id: Mapped[int] = mapped_column(ForeignKey("developers.id"), primary_key=True)


class TopBy(enum.StrEnum):
    """What a list of games is ordered by; `store.queries.top_games` states each."""

    RECOMMENDED = "recommended"
    GEMS = "gems"
    HOURS = "hours"
    OWNERS = "owners"


class RankedGames(Base):
    """The games of a genre in one order, best first; `genre_id` 0 is all games.

    The two arrays are of one length and little-endian: a list of any genre and year is read from one row,
    where sorting all games would take longer than any other answer.
    """

    __tablename__ = "ranked_games"

    by: Mapped[TopBy] = mapped_column(text_enum(TopBy), primary_key=True, doc="what they are ordered by")
    genre_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, doc="id in `genres`; 0 is all games"
    )
    most_owners: Mapped[int | None] = mapped_column(
        doc="no game of the list has more owners; NULL where it is not of gems"
    )
    game_ids: Mapped[bytes] = mapped_column(doc="int32 app ids")
    years: Mapped[bytes] = mapped_column(doc="int16 release years; 0 is unknown")


class NameKind(enum.IntEnum):
    """The kind of thing that a searchable name names. The number is part of a name's id."""

    GAME = 1
    DEVELOPER = 2
    GENRE = 3
    TAG = 4
    PLAYER = 5


# Ids of one kind are one range, so that a range of row ids restricts the full-text index to one kind.
_IDS_PER_KIND = 10**10


class Name(Base):
    """A name that people look things up by; `id` tells its kind and the thing named, see `make_id`."""

    __tablename__ = "names"
    __table_args__ = (Index(None, "kind", "key", "rank"), Index(None, "kind", "rank", "key"))

    id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False, doc="kind * 10,000,000,000 + id of the thing named"
    )
    kind: Mapped[int] = mapped_column(doc="1 game, 2 developer, 3 genre, 4 tag, 5 player")
    key: Mapped[str] = mapped_column(doc="`store.names.search_key` of the label")
    label: Mapped[str] = mapped_column(doc="the name as the data write it")
    rank: Mapped[int] = mapped_column(
        doc="place among the names of its kind, from 0: base games first, then by how well known they are"
    )

    @staticmethod
    def make_id(kind: int, ref_id: int) -> int:
        """Return the id of the name that the thing `ref_id` of a kind has."""
        return kind * _IDS_PER_KIND + ref_id

    @staticmethod
    def kind_of(name_id: int) -> NameKind:
        """Return what the name with this id is the name of."""
        return NameKind(name_id // _IDS_PER_KIND)

    @staticmethod
    def ref_of(name_id: int) -> int:
        """Return the id of the thing that the name with this id names."""
        return name_id % _IDS_PER_KIND

    @staticmethod
    def ids_of(kind: int) -> range:
        """Return the ids that names of a kind have."""
        return range(kind * _IDS_PER_KIND, (kind + 1) * _IDS_PER_KIND)

    @hybrid_property
    def ref_id(self) -> int:
        """The id of the thing named, in statements too."""
        return self.id % _IDS_PER_KIND


class GameAlias(Base):
    """What else players call a game, as its title tells: initials, the title without spaces and the like."""

    __tablename__ = "game_aliases"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[str] = mapped_column(primary_key=True, doc="`store.names.search_key`, without spaces")
    rank: Mapped[int] = mapped_column(primary_key=True, doc="`names.rank` of the game")
    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), doc="the game that is called so")
    whole: Mapped[bool] = mapped_column(
        doc="whether it is the title but for spelling and the words of an edition, rather than a part of it"
    )
