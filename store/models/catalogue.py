"""Games and what describes them: developers, genres, tags and specs."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, text_enum


class GameKind(enum.StrEnum):
    """What an app on Steam is, so that an add-on never crowds out a game."""

    GAME = "game"
    DLC = "dlc"
    SOUNDTRACK = "soundtrack"
    DEMO = "demo"
    BETA = "beta"
    SOFTWARE = "software"
    VIDEO = "video"
    MOD = "mod"


class Maturity(enum.StrEnum):
    """For whom an app is, as far as nudity and sexual content go; violence makes no difference."""

    GENERAL = "general"
    EXPLICIT = "explicit"
    ADULTS_ONLY = "adults_only"


class Game(Base):
    """An app of the Steam store, or one that only players' libraries and reviews mention."""

    __tablename__ = "games"
    __table_args__ = (Index("ix_games_adult", "id", sqlite_where=text("maturity <> 'general'")),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="Steam app id")
    title: Mapped[str | None] = mapped_column(doc="its name; NULL where no file has one")
    listed: Mapped[bool] = mapped_column(
        doc="whether the games file has it; the others are known from libraries and reviews alone"
    )
    kind: Mapped[GameKind] = mapped_column(
        text_enum(GameKind), doc="what the app is, told by its title, genres, tags and specs"
    )
    publisher: Mapped[str | None] = mapped_column(doc="NULL where the file has none")
    release_date: Mapped[date | None] = mapped_column(doc="NULL where the file has no whole date")
    release_year: Mapped[int | None] = mapped_column(doc="NULL where the file's date has no year")
    release_text: Mapped[str | None] = mapped_column(
        doc="the release date as the file writes it; NULL where it has none"
    )
    price_cents: Mapped[int | None] = mapped_column(doc="US cents; 0 is free, NULL is unknown")
    early_access: Mapped[bool] = mapped_column(
        default=False, doc="whether it is sold unfinished; false also where it is not listed"
    )
    metascore: Mapped[int | None] = mapped_column(
        doc="Metacritic's score, 0 to 100; NULL where the file has none"
    )
    steam_rating: Mapped[str | None] = mapped_column(
        doc="Steam's own words, such as 'Very Positive'; NULL where the file has none"
    )
    maturity: Mapped[Maturity] = mapped_column(
        text_enum(Maturity),
        default=Maturity.GENERAL,
        doc="by Steam's content descriptors, where they are known, else by its first tags",
    )
    fingerprint: Mapped[bytes | None] = mapped_column(
        doc="digest of the cleaned row, to see whether it changed; NULL is compared again"
    )


class Developer(Base):
    """A studio, in the spelling that most of its games use."""

    __tablename__ = "developers"

    id: Mapped[int] = mapped_column(primary_key=True, doc="the store's own number")
    name: Mapped[str] = mapped_column(unique=True, doc="as the file writes it")


class GameDeveloper(Base):
    """A developer's credit for a game."""

    __tablename__ = "game_developers"
    __table_args__ = (Index(None, "developer_id", "game_id"), {"sqlite_with_rowid": False})

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True)
    developer_id: Mapped[int] = mapped_column(ForeignKey("developers.id"), primary_key=True)
    position: Mapped[int] = mapped_column(doc="place in the file's own order, from 0")


class Genre(Base):
    """A genre of the store, such as 'Action'."""

    __tablename__ = "genres"

    id: Mapped[int] = mapped_column(primary_key=True, doc="the store's own number")
    name: Mapped[str] = mapped_column(unique=True, doc="as the file writes it")


class GameGenre(Base):
    """A genre that a game carries."""

    __tablename__ = "game_genres"
    __table_args__ = (Index(None, "genre_id", "game_id"), {"sqlite_with_rowid": False})

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True)
    genre_id: Mapped[int] = mapped_column(ForeignKey("genres.id"), primary_key=True)
    position: Mapped[int] = mapped_column(doc="place in the file's own order, from 0")


class Tag(Base):
    """A tag that players gave, such as 'Dark Fantasy'."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True, doc="the store's own number")
    name: Mapped[str] = mapped_column(unique=True, doc="as the file writes it")


class GameTag(Base):
    """A tag that a game carries; Steam lists the most voted first."""

    __tablename__ = "game_tags"
    __table_args__ = (Index(None, "tag_id", "game_id"), {"sqlite_with_rowid": False})

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)
    position: Mapped[int] = mapped_column(doc="place in the file's own order, from 0")


class Spec(Base):
    """A feature of the store page, such as 'Co-op'."""

    __tablename__ = "specs"

    id: Mapped[int] = mapped_column(primary_key=True, doc="the store's own number")
    name: Mapped[str] = mapped_column(unique=True, doc="as the file writes it")


class GameSpec(Base):
    """A feature that a game has."""

    __tablename__ = "game_specs"
    __table_args__ = (Index(None, "spec_id", "game_id"), {"sqlite_with_rowid": False})

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True)
    spec_id: Mapped[int] = mapped_column(ForeignKey("specs.id"), primary_key=True)
    position: Mapped[int] = mapped_column(doc="place in the file's own order, from 0")
