"""The games of a wishlist, and which of them are on sale."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from store.catalogue.game_refs import game_refs
from store.catalogue.store_pages import store_pages
from store.people.person import Person
from store.queries.favourites import by_preference
from store.queries.releases import coming_games
from store.results import GameRef, StorePage


@dataclass(frozen=True, slots=True)
class Wish:
    """A game of a wishlist, with its store page where that is known."""

    game: GameRef
    page: StorePage | None

    @property
    def has_price(self) -> bool:
        """Whether anything is known of what it costs; of a game that is not out there often is not."""
        return self.game.price is not None or (self.page is not None and self.page.price_now is not None)

    def is_on_sale(self, now: datetime) -> bool:
        """Return whether it costs less than usual now."""
        page = self.page
        if page is None or page.price_now is None:
            return False
        ends = [end for end in (page.discount_ends, page.offer_ends) if end is not None]
        is_cheaper = page.list_price is not None and page.price_now < page.list_price
        return bool(page.discount_percent or is_cheaper) and (not ends or min(ends) > now)


@dataclass(frozen=True, slots=True)
class Sale:
    """A wishlist by now: what is on sale, what is not, what is not out, and how many games the data lack."""

    on_sale: tuple[Wish, ...]
    others: tuple[Wish, ...]
    coming: tuple[Wish, ...]
    unknown: int


def sale_of(session: Session, person: Person, app_ids: Sequence[int], now: datetime | None = None) -> Sale:
    """Return a wishlist by now, each part in the order in which the person would like the games.

    Where nothing is known of the person, the order is the wishlist's own. Raises as `by_preference`.
    """
    refs = game_refs(session, app_ids)
    pages = store_pages(session, app_ids)
    known = [app_id for app_id in app_ids if app_id in refs]
    wishes = [Wish(refs[app_id], pages.get(app_id)) for app_id in by_preference(session, person, known)]
    moment = now or datetime.now(UTC)
    coming = coming_games(session, known, moment.date())
    on_sale = tuple(wish for wish in wishes if wish.is_on_sale(moment))
    others = [wish for wish in wishes if not wish.is_on_sale(moment)]
    return Sale(
        on_sale,
        tuple(wish for wish in others if wish.game.id not in coming),
        tuple(wish for wish in others if wish.game.id in coming),
        len(app_ids) - len(known),
    )
