"""What a game's page in the Steam store says, beside the catalogue's facts: art, price now, platforms."""

import enum
from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, UtcDateTime, text_enum


class Offer(enum.StrEnum):
    """Why a game costs nothing at the moment; the first is for good, the others end."""

    FREE_TO_PLAY = "free_to_play"
    FREE_TO_KEEP = "free_to_keep"
    FREE_WEEKEND = "free_weekend"
    TEMPORARILY_FREE = "temporary"


class DeckRating(enum.StrEnum):
    """Valve's word on how a game runs on the Steam Deck."""

    UNSUPPORTED = "unsupported"
    PLAYABLE = "playable"
    VERIFIED = "verified"


class ControllerSupport(enum.StrEnum):
    """How far a game can be played with a controller."""

    PARTIAL = "partial"
    FULL = "full"


class StorePage(Base):
    """A game's store page, where a source knows it; NULL is unknown throughout."""

    __tablename__ = "store_pages"

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True, autoincrement=False)
    short_description: Mapped[str | None] = mapped_column(
        doc="plain text, in the source's language; NULL is unknown"
    )
    header_image: Mapped[str | None] = mapped_column(
        doc="address of the wide picture, as the source has it; NULL is unknown"
    )
    currency: Mapped[str | None] = mapped_column(
        doc="of both prices, by ISO 4217, such as 'USD'; NULL is unknown"
    )
    list_price_cents: Mapped[int | None] = mapped_column(
        doc="without discount, in hundredths of `currency`; NULL is unknown"
    )
    price_now_cents: Mapped[int | None] = mapped_column(
        doc="at the time of `checked_at`; 0 is free; NULL is unknown"
    )
    discount_percent: Mapped[int | None] = mapped_column(doc="0 to 100; 0 is none; NULL is unknown")
    discount_ends: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="UTC; NULL is unknown")
    offer: Mapped[Offer | None] = mapped_column(
        text_enum(Offer), doc="why it costs nothing; NULL if it does, or that is not known"
    )
    offer_ends: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="UTC; NULL is unknown")
    rating_percent: Mapped[int | None] = mapped_column(
        doc="share of Steam's reviews that recommend it, 0 to 100; NULL is unknown"
    )
    rating_count: Mapped[int | None] = mapped_column(doc="how many reviews Steam counts; NULL is unknown")
    on_windows: Mapped[bool | None] = mapped_column(doc="whether it runs there; NULL is unknown")
    on_mac: Mapped[bool | None] = mapped_column(doc="whether it runs there; NULL is unknown")
    on_linux: Mapped[bool | None] = mapped_column(doc="whether it runs there; NULL is unknown")
    deck_rating: Mapped[DeckRating | None] = mapped_column(
        text_enum(DeckRating), doc="Valve's word on the Deck; NULL is unknown"
    )
    controller: Mapped[ControllerSupport | None] = mapped_column(
        text_enum(ControllerSupport), doc="how far a controller serves; NULL is unknown"
    )
    family_sharing: Mapped[bool | None] = mapped_column(
        doc="whether a Steam family may share it; NULL is unknown"
    )
    languages: Mapped[list[str] | None] = mapped_column(
        JSON(none_as_null=True),
        doc="of its texts, by Steam's names, such as ['english', 'latam']; NULL is unknown",
    )
    audio_languages: Mapped[list[str] | None] = mapped_column(
        JSON(none_as_null=True), doc="those with full audio; NULL is unknown"
    )
    content_descriptors: Mapped[list[int] | None] = mapped_column(
        JSON(none_as_null=True),
        doc="1 some nudity, 2 violence, 3 adults only, 4 frequent nudity, 5 mature; NULL is unknown",
    )
    checked_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="UTC; when the source looked last; NULL is unknown"
    )
    players_now: Mapped[int | None] = mapped_column(
        doc="how many played it at `players_counted_at`; NULL is unknown"
    )
    players_counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="UTC; NULL is never")


class GameTitle(Base):
    """A game's name in a language other than that of `games.title`."""

    __tablename__ = "game_titles"
    __table_args__ = ({"sqlite_with_rowid": False},)

    game_id: Mapped[int] = mapped_column(ForeignKey("games.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True, doc="by Steam's name, such as 'spanish'")
    title: Mapped[str] = mapped_column(doc="the name there")
