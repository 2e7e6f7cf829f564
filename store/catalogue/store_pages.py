"""How a query's answer shows a game's page in the Steam store."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from store.catalogue.game_refs import dollars
from store.dialect import VALUES_TABLE, values_param
from store.models import StorePage as Page
from store.results import StorePage

_PLATFORMS = {"Windows": "on_windows", "macOS": "on_mac", "Linux": "on_linux"}
_PAGES = select(
    *(Page.game_id, Page.short_description, Page.header_image, Page.currency),
    *(Page.list_price_cents, Page.price_now_cents, Page.discount_percent, Page.discount_ends),
    *(Page.offer, Page.offer_ends, Page.rating_percent, Page.rating_count),
    *(Page.on_windows, Page.on_mac, Page.on_linux, Page.deck_rating),
    *(Page.players_now, Page.players_counted_at),
).where(Page.game_id.in_(select(VALUES_TABLE.c.value)))

_SHAREABLE = select(Page.game_id).where(
    Page.game_id.in_(select(VALUES_TABLE.c.value)), Page.family_sharing.is_(True)
)


def store_pages(session: Session, app_ids: Iterable[int]) -> dict[int, StorePage]:
    """Return the store pages of games by app id; those that no source knows are left out."""
    rows = session.connection().execute(_PAGES, values_param(list(app_ids))).all()
    return {row.game_id: _page(row) for row in rows}


def shareable_games(session: Session, app_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the games by app id that Steam lets members of a family lend to one another."""
    rows = session.connection().execute(_SHAREABLE, values_param(list(app_ids)))
    return frozenset(row.game_id for row in rows)


def _page(row: Row[*tuple[Any, ...]]) -> StorePage:
    return StorePage(
        short_description=row.short_description,
        header_image=row.header_image,
        currency=row.currency,
        list_price=None if row.list_price_cents is None else dollars(row.list_price_cents),
        price_now=None if row.price_now_cents is None else dollars(row.price_now_cents),
        discount_percent=row.discount_percent,
        discount_ends=row.discount_ends,
        offer=row.offer,
        offer_ends=row.offer_ends,
        rating_percent=row.rating_percent,
        rating_count=row.rating_count,
        platforms=tuple(name for name, column in _PLATFORMS.items() if getattr(row, column)),
        deck_rating=row.deck_rating,
        players_now=row.players_now,
        players_counted_at=row.players_counted_at,
    )
