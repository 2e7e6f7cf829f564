"""The tables of what has been kept of Steam's answers, and of where its steps stand."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Date, Index, Integer, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from store.models.base import UtcDateTime

_BIG = BigInteger().with_variant(Integer, "sqlite")


class KeptBase(DeclarativeBase):
    """The base of these tables, which have nothing to do with those of the store."""

    metadata = MetaData()


class Mark(KeptBase):
    """A value by its name: the version of these tables, the key of the hashes, names of tags."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column()


class SweepCursor(KeptBase):
    """Where a walk through a list stands: the newest of each kind."""

    __tablename__ = "cursors"

    name: Mapped[str] = mapped_column(primary_key=True, doc="the method that is walked through")
    number: Mapped[int] = mapped_column(doc="counts full walks, from 1; apps remember the last they were in")
    is_full: Mapped[bool] = mapped_column(doc="whether it goes through all, or what has changed")
    position: Mapped[int] = mapped_column(doc="the last app id, or the offset, that was kept")
    since: Mapped[int] = mapped_column(doc="what changed after this stamp is asked for; 0 is all")
    added: Mapped[int] = mapped_column(doc="apps that were new to it")
    passes: Mapped[int] = mapped_column(doc="how often it went through from the beginning")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="NULL while it is under way")
    full_at: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="when the last full walk ended")
    full_number: Mapped[int] = mapped_column(doc="the number of the last full walk that ended; 0 is none")


class AppState(KeptBase):
    """What is known of an app without its page, and when it was asked for."""

    __tablename__ = "app_states"
    __table_args__ = (Index(None, "checked_at"), Index(None, "ratings"))

    app: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_seen: Mapped[datetime] = mapped_column(UtcDateTime)
    last_modified: Mapped[int] = mapped_column(default=0, doc="as the list says it now")
    price_change_number: Mapped[int] = mapped_column(default=0, doc="as the list says it now")
    seen_in: Mapped[int] = mapped_column(default=0, doc="the last full walk through the list that had it")
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="NULL was never asked for")
    checked_modified: Mapped[int] = mapped_column(default=0, doc="`last_modified` when it was checked")
    checked_price: Mapped[int] = mapped_column(default=0, doc="`price_change_number` when it was checked")
    expires: Mapped[int | None] = mapped_column(doc="the stamp from which on the page cannot be right")
    misses: Mapped[int] = mapped_column(default=0, doc="days in a row on which Steam did not know it")
    missed_on: Mapped[date | None] = mapped_column(Date, doc="the last of those days")
    ratings: Mapped[int] = mapped_column(default=0, doc="reviews that Steam counts")
    is_game: Mapped[bool] = mapped_column(default=False, doc="whether its page says that it is a listed game")
    titles_modified: Mapped[int | None] = mapped_column(
        doc="`last_modified` when its titles came; NULL is never"
    )
    details_at: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="NULL was never asked for")


class AppPage(KeptBase):
    """What Steam says of an app, as it came, and the clean row that is made of it."""

    __tablename__ = "app_pages"

    app: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    page: Mapped[bytes] = mapped_column(LargeBinary, doc="the item as JSON, packed with zstd")
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    details: Mapped[dict[str, object] | None] = mapped_column(
        JSON(none_as_null=True), doc="genres and Metascore, which the page lacks; NULL is unknown"
    )
    titles: Mapped[dict[str, str] | None] = mapped_column(
        JSON(none_as_null=True), doc="names that differ from the page's, by Steam's name of the language"
    )
    listed: Mapped[bool] = mapped_column(doc="false once Steam has not known it on three days")
    clean: Mapped[bytes] = mapped_column(LargeBinary, doc="the clean row in MessagePack")
    rules: Mapped[str] = mapped_column(doc="of the cleaning; a row of other rules is cleaned again")


class ReviewMark(KeptBase):
    """How far the reviews of an app have been walked through, newest first."""

    __tablename__ = "review_marks"

    app: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    newest: Mapped[int] = mapped_column(default=0, doc="the newest stamp of the last walk that ended")
    cursor: Mapped[str] = mapped_column(default="*", doc="where the walk goes on; '*' is the beginning")
    walk_newest: Mapped[int] = mapped_column(default=0, doc="the newest stamp of the walk under way")
    pages: Mapped[int] = mapped_column(default=0, doc="pages that the walk has kept")
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="when a walk ended last")


class KeptReview(KeptBase):
    """A review; who wrote it is kept as a hash alone."""

    __tablename__ = "reviews"
    __table_args__ = (Index(None, "app"),)

    id: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=False, doc="recommendationid")
    app: Mapped[int] = mapped_column()
    author: Mapped[str] = mapped_column(doc="keyed hash of the SteamID; the key is in this file alone")
    minutes: Mapped[int] = mapped_column(doc="played in all by its author")
    minutes_2weeks: Mapped[int] = mapped_column(doc="played in the two weeks before it was asked for")
    language: Mapped[str] = mapped_column(doc="by Steam's name")
    recommend: Mapped[bool] = mapped_column()
    created: Mapped[int] = mapped_column(_BIG, doc="seconds since the epoch")
    updated: Mapped[int] = mapped_column(_BIG, doc="seconds since the epoch")
    helpful: Mapped[int] = mapped_column()
    funny: Mapped[int] = mapped_column()
    text: Mapped[str] = mapped_column()


class PlayerCount(KeptBase):
    """How many played an app when it was last asked for."""

    __tablename__ = "player_counts"

    app: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    players: Mapped[int | None] = mapped_column(doc="NULL if Steam has never said it")
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="when it said so")


class HostLimit(KeptBase):
    """When a host may be asked again, and how often in a row it has failed."""

    __tablename__ = "host_limits"

    host: Mapped[str] = mapped_column(primary_key=True)
    next_allowed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    strikes: Mapped[int] = mapped_column(doc="failures in a row")


class DayBudget(KeptBase):
    """How many calls a day of UTC has seen."""

    __tablename__ = "day_budgets"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    calls: Mapped[int] = mapped_column()
