"""What people stored through the bot. It lives in a file of its own, which no refresh touches."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Double, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from store.models.base import NAMING, BigInt, UtcDateTime, text_enum
from store.user_data.enums import LibraryState, Sharing


class UserDataBase(DeclarativeBase):
    """The base of the tables about the people who use the bot. Discord's ids are 64-bit integers."""

    metadata = MetaData(naming_convention=NAMING)


class Link(UserDataBase):
    """The player of the data that a Discord user claims to be. One who is proven is nobody else's.

    The player is named, not referenced: a refresh may drop and bring back players, the link stays.
    """

    __tablename__ = "links"

    discord_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False, doc="the Discord user's id"
    )
    user_id: Mapped[str] = mapped_column(doc="the player's user_id in the data")
    public: Mapped[bool] = mapped_column(doc="whether others may see it")
    proven: Mapped[bool] = mapped_column(
        default=False, doc="whether the person signed in through Steam as the player"
    )
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="UTC")


class HiddenGame(UserDataBase):
    """A game that a Discord user does not want suggested."""

    __tablename__ = "hidden_games"
    __table_args__ = ({"sqlite_with_rowid": False},)

    discord_id: Mapped[int] = mapped_column(BigInt, primary_key=True, doc="the Discord user's id")
    game_id: Mapped[int] = mapped_column(primary_key=True, doc="Steam app id")
    hidden_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="UTC")


class StoredTaste(UserDataBase):
    """A game that a Discord user says to like, or not to."""

    __tablename__ = "tastes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    discord_id: Mapped[int] = mapped_column(BigInt, primary_key=True, doc="the Discord user's id")
    game_id: Mapped[int] = mapped_column(primary_key=True, doc="Steam app id")
    likes: Mapped[bool] = mapped_column(doc="whether the person likes it")
    told_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="UTC")


class Person(UserDataBase):
    """What holds of a Discord user whatever else is stored."""

    __tablename__ = "people"

    discord_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False, doc="the Discord user's id"
    )
    sharing: Mapped[Sharing] = mapped_column(
        text_enum(Sharing), doc="who else is shown the person's profile: private, groups or public"
    )
    active_on: Mapped[date | None] = mapped_column(
        doc="the last day, in UTC, on which the person asked by the own library; NULL before the first"
    )


class Account(UserDataBase):
    """The Steam account of a Discord user. One that is proven belongs to nobody else."""

    __tablename__ = "steam_accounts"

    discord_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False, doc="the Discord user's id"
    )
    steam_id: Mapped[int] = mapped_column(BigInteger, index=True, doc="SteamID64")
    persona: Mapped[str | None] = mapped_column(
        doc="the account's name when Steam was last asked; NULL where it did not say"
    )
    proven: Mapped[bool] = mapped_column(doc="whether the person signed in through Steam")
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="UTC")
    asked_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="UTC, when Steam was last asked for the library; NULL before the first time"
    )
    state: Mapped[LibraryState | None] = mapped_column(
        text_enum(LibraryState), doc="what Steam answered then; NULL before the first time"
    )
    fetched_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="UTC, when the library came that is stored; NULL where none is"
    )
    closed_since: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="UTC, since when Steam no longer shows the library; NULL where it does"
    )


class PackedOwnLibrary(UserDataBase):
    """The games of a Steam account, fetched at its person's request, packed into a row."""

    __tablename__ = "own_libraries"

    discord_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False, doc="the Discord user's id"
    )
    game_ids: Mapped[bytes] = mapped_column(doc="int32 app ids, ascending")
    minutes: Mapped[bytes] = mapped_column(doc="int32 minutes played in all; -1 where hidden")


class FamilyMember(UserDataBase):
    """Somebody of a person's Steam family, who agreed that the own library counts as borrowable for it."""

    __tablename__ = "family_members"
    __table_args__ = ({"sqlite_with_rowid": False},)

    discord_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False, doc="who may borrow: the Discord user's id"
    )
    member_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False, index=True, doc="who lends: the Discord user's id"
    )
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="UTC, when the lender agreed")


class ServerSettings(UserDataBase):
    """What the admins of a Discord server set for it."""

    __tablename__ = "server_settings"

    guild_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False, doc="the Discord server's id"
    )
    locale: Mapped[str | None] = mapped_column(
        doc="language where a person's own is not known; NULL where none is set"
    )
    report_channel_id: Mapped[int | None] = mapped_column(
        BigInteger, doc="where failed refreshes are told; NULL where none is set"
    )
    hides_adult_games: Mapped[bool] = mapped_column(
        default=False, doc="whether games for adults are shown in no channel, not even an age-restricted one"
    )
    quiet: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="commands whose replies only the asker sees, by channel id; '*' is every channel"
    )


class AuditLine(UserDataBase):
    """An action of an admin."""

    __tablename__ = "audit_lines"

    id: Mapped[int] = mapped_column(primary_key=True, doc="the file's own number")
    at: Mapped[datetime] = mapped_column(UtcDateTime, doc="UTC")
    guild_id: Mapped[int | None] = mapped_column(
        BigInteger, index=True, doc="the Discord server's id; NULL outside of servers"
    )
    discord_id: Mapped[int | None] = mapped_column(BigInteger, doc="who; NULL once that person is forgotten")
    action: Mapped[str] = mapped_column(doc="name of the action")
    detail: Mapped[str] = mapped_column(doc="what it changed")


class AskedGame(UserDataBase):
    """How much a game was asked about lately; nothing says by whom."""

    __tablename__ = "asked_games"

    game_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="Steam app id")
    weight: Mapped[float] = mapped_column(
        Double,
        doc="binary logarithm of the sum of 2 to the day of each question, in days of which 1 is 0001-01-01",
    )


class Installation(UserDataBase):
    """The one row by which the file is known, and by which damage to the links is found out."""

    __tablename__ = "installation"

    mark: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, doc="the number that the store has of this file"
    )
    links_sha256: Mapped[str] = mapped_column(doc="of all rows of `links`, renewed with each change")
