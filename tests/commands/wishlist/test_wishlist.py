"""What is on sale from a person's Steam wishlist, most liked first; closed and empty ones are said to be."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.steam_options import SteamPeopleOptions
from playground import Reply
from playground.steam import LocalSteam
from playground.steam.people import FIRST_STEAMID, Person, Wish
from store import Database, user_data
from store.models import Game, StorePage
from tests.bot.conftest import Serve, Served
from tests.commands.suggestions.suggested import GAME

HELENA = FIRST_STEAMID + 3_001
PORTAL, PORTAL_2, TERRARIA, SKYRIM = 400, 620, 105600, 72850


@pytest.fixture
async def served(serve: Serve, own_store: Database, steam: LocalSteam) -> Served:
    """The bot without a key, whose member has linked an account of the local Steam."""
    served = await serve(own_store, steam=SteamPeopleOptions(api_host=steam.api))
    with own_store.user_data.writer() as session:
        user_data.link_account(session, served.member.user.id, HELENA, persona="Helena")
    return served


def wish(steam: LocalSteam, *app_ids: int, is_open: bool = True) -> None:
    wishes = tuple(Wish(app_id, place, 1_700_000_000) for place, app_id in enumerate(app_ids, start=1))
    steam.world.put(Person(HELENA, "Helena", wishlist=wishes, wishlist_open=is_open))


def price(store: Database, app_id: int, now: int, usual: int, *, ends: datetime | None = None) -> None:
    with store.writer() as session:
        session.merge(
            StorePage(
                game_id=app_id,
                currency="USD",
                list_price_cents=usual,
                price_now_cents=now,
                discount_percent=100 - 100 * now // usual,
                discount_ends=ends,
                checked_at=datetime.now(UTC),
            )
        )


def shown(reply: Reply) -> list[int]:
    return [int(app_id) for _, app_id in GAME.findall(reply.embeds[0]["description"])]


async def test_what_is_on_sale_comes_first_and_only_its_owner_sees_it(
    served: Served, own_store: Database, steam: LocalSteam
) -> None:
    wish(steam, PORTAL, TERRARIA, PORTAL_2)
    price(own_store, TERRARIA, 499, 999)
    price(own_store, PORTAL, 999, 999)
    reply = await served.member.ask("/wishlist")
    assert reply.ephemeral
    assert shown(reply)[0] == TERRARIA
    assert "-51%" in reply.text
    assert set(shown(reply)[1:]) == {PORTAL, PORTAL_2}


async def test_what_the_person_would_like_most_comes_first(
    served: Served, own_store: Database, steam: LocalSteam
) -> None:
    wish(steam, TERRARIA, PORTAL_2)
    for app_id in (PORTAL_2, TERRARIA):
        price(own_store, app_id, 499, 999)
    assert shown(await served.member.ask("/wishlist")) == [TERRARIA, PORTAL_2], "in the wishlist's own order"
    await served.member.ask("/taste", like="Portal")
    assert shown(await served.member.ask("/wishlist"))[0] == PORTAL_2


async def test_a_discount_that_is_over_is_none(
    served: Served, own_store: Database, steam: LocalSteam
) -> None:
    wish(steam, TERRARIA)
    price(own_store, TERRARIA, 499, 999, ends=datetime.now(UTC) - timedelta(hours=1))
    assert "Nothing on it is on sale right now." in (await served.member.ask("/wishlist")).text


async def test_what_is_not_out_yet_is_a_part_of_its_own(
    served: Served, own_store: Database, steam: LocalSteam
) -> None:
    wish(steam, TERRARIA, PORTAL)
    with own_store.writer() as session:
        game = session.get_one(Game, TERRARIA)
        game.release_date, game.release_year, game.price_cents = date(2049, 1, 1), 2049, None
    reply = await served.member.ask("/wishlist")
    out, _, coming = reply.embeds[0]["description"].partition("Not out yet")
    assert [int(app_id) for _, app_id in GAME.findall(out)] == [PORTAL]
    assert [int(app_id) for _, app_id in GAME.findall(coming)] == [TERRARIA]
    assert "price unknown" not in reply.text


async def test_a_closed_wishlist_and_an_empty_one_are_told_apart(served: Served, steam: LocalSteam) -> None:
    wish(steam, PORTAL, is_open=False)
    closed = await served.member.ask("/wishlist")
    assert closed.ephemeral
    assert closed.text.startswith("Steam shows your wishlist to nobody else.")
    wish(steam)
    assert "It is public, and empty." in (await served.member.ask("/wishlist")).text


async def test_without_an_account_it_says_how_to_link_one(served: Served) -> None:
    refused = await served.admin.ask("/wishlist")
    assert "`/link`" in refused.text
    assert refused.ephemeral


async def test_a_steam_in_trouble_is_said_to_be(served: Served, steam: LocalSteam) -> None:
    steam.stop()
    refused = await served.member.ask("/wishlist")
    assert refused.ephemeral
    assert refused.text.startswith("Steam does not answer just now")
