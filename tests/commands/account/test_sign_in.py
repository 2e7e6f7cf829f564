"""Signing in from Discord: the button, whose account it is then, and the library that comes by itself."""

import pytest
from sqlalchemy import update

from playground import Reply, SimulatedUser
from playground.steam import LocalSteam
from store import Database, user_data
from store.models import Player
from tests.bot.conftest import Served
from tests.bot.sign_in.browser import Page, browsing
from tests.commands.account.conftest import GAEL


def button(reply: Reply) -> str:
    """The address of the one link under a reply."""
    (url,) = [part["url"] for row in reply.components for part in row["components"] if "url" in part]
    assert isinstance(url, str)
    return url


async def sign_in(person: SimulatedUser, steam: LocalSteam) -> tuple[Page, Reply]:
    """Press the button of a person's `/link` and sign in as Gael; returns the last page, and the reply."""
    reply = await person.ask("/link")
    assert reply.ephemeral
    async with browsing() as browser:
        return await browser.sign_in(steam, button(reply), GAEL), reply


def account(served: Served, person: SimulatedUser) -> user_data.SteamAccount | None:
    with served.database.user_data.reader() as session:
        return user_data.steam_account(session, person.user.id)


def player_of(served: Served, person: SimulatedUser) -> str | None:
    with served.database.user_data.reader() as session:
        linked = user_data.linked_player(session, person.user.id)
    return None if linked is None else linked.user_id


@pytest.mark.usefixtures("games")
async def test_after_signing_in_the_library_and_suggestions_come_to_discord(
    linked_up: Served, steam: LocalSteam
) -> None:
    page, reply = await sign_in(linked_up.member, steam)
    assert page.status == 200
    assert "is yours here now" in page.text
    came = await reply.followup()
    assert came.ephemeral
    assert "**Proven**" in came.embeds[0]["description"]
    assert came.embeds[1]["title"] == "Games for Gael"
    found = account(linked_up, linked_up.member)
    assert found is not None
    assert (found.steam_id, found.proven) == (GAEL, True)


@pytest.mark.usefixtures("games")
async def test_who_proves_an_account_takes_it_over_from_whoever_only_said_so(
    linked_up: Served, steam: LocalSteam, other: SimulatedUser
) -> None:
    await other.ask("/link", player="gael")
    assert account(linked_up, other) is not None
    await sign_in(linked_up.member, steam)
    assert account(linked_up, other) is None
    assert "signed in through Steam with this account" in (await other.ask("/link", player="gael")).content


@pytest.mark.usefixtures("games")
async def test_a_proven_account_is_nobody_elses_even_who_signs_in(
    linked_up: Served, steam: LocalSteam, other: SimulatedUser
) -> None:
    await sign_in(linked_up.member, steam)
    page, _ = await sign_in(other, steam)
    assert page.status == 409
    assert "Another Discord user" in page.text
    assert account(linked_up, other) is None
    found = account(linked_up, linked_up.member)
    assert found is not None
    assert found.proven


@pytest.mark.usefixtures("games")
async def test_who_says_to_have_an_account_keeps_nobody_from_saying_so_too(
    linked_up: Served, other: SimulatedUser
) -> None:
    await linked_up.member.ask("/link", player="gael")
    assert len((await other.ask("/link", player="gael")).embeds) == 2


@pytest.mark.usefixtures("games")
async def test_a_player_of_the_data_goes_with_the_proof_and_is_nobody_elses_then(
    linked_up: Served, own_store: Database, steam: LocalSteam, other: SimulatedUser, players: list[str]
) -> None:
    with own_store.writer() as session:
        session.execute(update(Player).where(Player.user_id == players[1]).values(steam_id=str(GAEL)))
    for named in ("gael", players[1]):
        await other.ask("/link", player=named)
        assert player_of(linked_up, other) == players[1]
    await sign_in(linked_up.member, steam)
    assert player_of(linked_up, other) is None
    assert player_of(linked_up, linked_up.member) == players[1]
    refused = await other.ask("/link", player=players[1])
    assert "Another Discord user has signed in through Steam" in refused.content
    assert "are private" in (await other.ask("/userdata", player=players[1])).content


async def test_without_a_page_link_asks_for_a_name(served: Served) -> None:
    assert "Name your Steam account" in (await served.member.ask("/link")).content
