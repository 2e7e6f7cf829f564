"""The clean rows that every source gives, whatever it reads them from."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ingest.clean.maturity import maturity_by, maturity_of
from store.models import ControllerSupport, DeckRating, GameKind, Maturity, Offer


@dataclass(frozen=True, slots=True)
class CleanStorePage:
    """What a game's store page says, as the store keeps it; None is unknown throughout.

    Prices are in hundredths of `currency` (ISO 4217), times in UTC. `rating_percent`
    of the `rating_count` reviews that Steam counts recommend the game. Languages are by Steam's names;
    `content_descriptors` are Steam's numbers. `players_now` played it at `players_counted_at`.
    """

    short_description: str | None = None
    header_image: str | None = None
    currency: str | None = None
    list_price_cents: int | None = None
    price_now_cents: int | None = None
    discount_percent: int | None = None
    discount_ends: datetime | None = None
    offer: Offer | None = None
    offer_ends: datetime | None = None
    rating_percent: int | None = None
    rating_count: int | None = None
    on_windows: bool | None = None
    on_mac: bool | None = None
    on_linux: bool | None = None
    deck_rating: DeckRating | None = None
    controller: ControllerSupport | None = None
    family_sharing: bool | None = None
    languages: tuple[str, ...] | None = None
    audio_languages: tuple[str, ...] | None = None
    content_descriptors: tuple[int, ...] | None = None
    checked_at: datetime | None = None
    players_now: int | None = None
    players_counted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CleanGame:
    """An app as the store keeps it.

    `price_cents` are US cents: 0 is free, None is unknown, which is not free. Lists are in the source's
    order, without repeats. `titles` are its names in other languages, by Steam's name of the language.
    """

    id: int
    title: str | None
    listed: bool
    kind: GameKind
    publisher: str | None = None
    release_date: date | None = None
    release_year: int | None = None
    release_text: str | None = None
    price_cents: int | None = None
    early_access: bool = False
    metascore: int | None = None
    steam_rating: str | None = None
    developers: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    specs: tuple[str, ...] = ()
    page: CleanStorePage | None = None
    titles: tuple[tuple[str, str], ...] = ()

    @property
    def maturity(self) -> Maturity:
        """For whom it is: by Steam's content descriptors, where they are known, else by its tags."""
        descriptors = self.page.content_descriptors if self.page else None
        return maturity_of(self.tags) if descriptors is None else maturity_by(descriptors)


@dataclass(frozen=True, slots=True)
class CleanReview:
    """A review as the store keeps it, without its sentiment.

    `helpful` of `helpful_of` people found it helpful; both are 0 where nobody has said, or it is not known.
    `recommend` is None where that is not known. `posted_inferred` says that the year of `posted` is not the
    source's own. `language` is the ISO 639-1 code where the source says what the text is written in.
    """

    user_id: str
    game_id: int
    recommend: bool | None
    posted: date | None
    posted_inferred: bool
    helpful: int
    helpful_of: int
    funny: int
    text: str
    language: str | None = None


def _int32s() -> "array[int]":
    return array("i")


@dataclass(frozen=True, slots=True, eq=False)
class LibraryColumns:
    """Some libraries: one entry for each owner, and the games of all owners one after the other.

    `user_ids`, `steam_ids`, `items_counts` (the source's own count, -1 for none) and `sizes` (games that
    follow) have one length, `games` (app ids), `minutes` (played in all) and `minutes_2weeks` (played in the
    last two weeks) another, the sum of `sizes`; numbers are int32. An owner may come again, with the same or
    with other games. `titles` are names of apps, each where it is first met, for apps that are not among the
    games.
    """

    user_ids: list[str] = field(default_factory=list)
    steam_ids: list[str | None] = field(default_factory=list)
    items_counts: "array[int]" = field(default_factory=_int32s)
    sizes: "array[int]" = field(default_factory=_int32s)
    games: "array[int]" = field(default_factory=_int32s)
    minutes: "array[int]" = field(default_factory=_int32s)
    minutes_2weeks: "array[int]" = field(default_factory=_int32s)
    titles: Mapping[int, str] = field(default_factory=dict)


def _uint64s() -> "array[int]":
    return array("Q")


def _int8s() -> "array[int]":
    return array("b")


@dataclass(frozen=True, slots=True, eq=False)
class AnonymousColumns:
    """Libraries of anonymous players, which only training reads.

    One entry for each game of each: `people` are uint64 numbers that tell them apart, also from those of
    other data sets, and are not kept; `games` (app ids) and `minutes` (0 also where not known) are int32,
    `recommends` int8: 1 recommended, 0 not, -1 not known.
    """

    people: "array[int]" = field(default_factory=_uint64s)
    games: "array[int]" = field(default_factory=_int32s)
    minutes: "array[int]" = field(default_factory=_int32s)
    recommends: "array[int]" = field(default_factory=_int8s)
