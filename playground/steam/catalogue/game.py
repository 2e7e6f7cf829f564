"""One app of the catalogue: a game, or what comes with games (a demo, DLC, a soundtrack)."""

from dataclasses import dataclass, field, replace

from playground.steam.catalogue.labels import Kind
from playground.steam.catalogue.sections import (
    About,
    Categories,
    Languages,
    Platforms,
    Price,
    Rating,
    Release,
    ReviewCounts,
    Tags,
)


@dataclass(frozen=True, slots=True)
class FreeWeekend:
    """When a game may be played without buying it. Unix seconds."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Game:
    """An app and all that is said of it.

    Attributes:
        price: None for what is free, and for what is sold nowhere.
        descriptors: content warnings; 3 is adult-only, 4 frequent nudity.
        parent: the game that a demo, DLC or soundtrack belongs to; 0 for none.
        listed: false once it was withdrawn from the store.
        unvetted: whether profile features are limited, so that libraries leave it out unless asked.
        last_modified: when anything of it changed last. Unix seconds.
        price_change_number: grows whenever the price may have changed; 0 for some old apps.
    """

    appid: int
    name: str
    kind: Kind = Kind.GAME
    about: About = field(default_factory=About)
    tags: Tags = field(default_factory=Tags)
    categories: Categories = field(default_factory=Categories)
    reviews: ReviewCounts = field(default_factory=ReviewCounts)
    release: Release = field(default_factory=Release)
    platforms: Platforms = field(default_factory=Platforms)
    languages: Languages = field(default_factory=Languages)
    price: Price | None = None
    is_free: bool = False
    rating: Rating | None = None
    descriptors: tuple[int, ...] = ()
    genres: tuple[int, ...] = ()
    metacritic: int = 0
    achievements: int = 0
    parent: int = 0
    listed: bool = True
    unvetted: bool = False
    free_weekend: FreeWeekend | None = None
    last_modified: int = 0
    price_change_number: int = 0

    def at(self, moment: float) -> "Game":
        """Return the game of a moment: discounts and free weekends end by themselves, as changes."""
        game = self
        price = game.price
        if price is not None and price.discount_percent and 0 < price.discount_ends <= moment:
            game = replace(
                game,
                price=Price(price.list_cents),
                last_modified=price.discount_ends,
                price_change_number=game.price_change_number + 1,
            )
        weekend = game.free_weekend
        if weekend is not None and weekend.end <= moment:
            game = replace(game, free_weekend=None, last_modified=max(weekend.end, game.last_modified))
        return game
