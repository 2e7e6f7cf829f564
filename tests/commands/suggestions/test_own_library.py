"""Suggestions for whoever has an own library: from it, only for its person, for as long as it is there."""

from datetime import UTC, datetime, timedelta

import pytest

from playground import SimulatedUser
from store import Database, user_data
from store.catalogue.game_refs import game_refs
from store.models import StorePage
from store.user_data import Sharing
from tests.bot.conftest import Served
from tests.commands.own_library import PERSONA, STEAM_ID, give_library, library_of
from tests.commands.suggestions.suggested import games


@pytest.fixture
def own(own_store: Database, person: SimulatedUser, players: list[str]) -> dict[int, int | None]:
    """The own library of the person: what a player of the data owns."""
    library = library_of(own_store, players[0])
    give_library(own_store, person, library)
    return library


async def test_a_bare_recommend_goes_by_the_own_library_as_it_would_by_that_of_a_player(
    person: SimulatedUser, players: list[str], own: dict[int, int | None]
) -> None:
    reply = await person.ask("/recommend")
    assert reply.ephemeral
    assert reply.embeds[0]["title"] == f"Games for {PERSONA}"
    assert not own.keys() & set(games(reply))
    assert games(reply) == games(await person.ask("/recommend", player=players[0]))


async def test_an_own_library_counts_instead_of_a_linked_player(
    served: Served, person: SimulatedUser, players: list[str], own: dict[int, int | None]
) -> None:
    with served.database.user_data.writer() as session:
        user_data.link(session, person.user.id, players[1])
    assert (await person.ask("/recommend")).embeds[0]["title"] == f"Games for {PERSONA}"


async def test_hidden_hours_are_unknown_and_suggestions_come_all_the_same(
    own_store: Database, person: SimulatedUser, players: list[str]
) -> None:
    give_library(own_store, person, dict.fromkeys(library_of(own_store, players[0])))
    assert len(games(await person.ask("/recommend"))) == 5


async def test_the_surprise_is_no_game_of_the_own_library(
    person: SimulatedUser, own: dict[int, int | None]
) -> None:
    reply = await person.ask("/surprise")
    assert reply.ephemeral
    app_id = int(reply.embeds[0]["url"].rstrip("/").rsplit("/", 1)[1])
    assert app_id not in own


@pytest.mark.usefixtures("own")
async def test_what_is_shared_with_everybody_is_answered_in_public(
    own_store: Database, person: SimulatedUser
) -> None:
    for sharing, is_alone in ((Sharing.PUBLIC, False), (Sharing.GROUPS, True), (Sharing.PRIVATE, True)):
        with own_store.user_data.writer() as session:
            user_data.set_sharing(session, person.user.id, sharing)
        assert (await person.ask("/recommend")).ephemeral is is_alone
        assert (await person.ask("/surprise")).ephemeral is is_alone


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("command", ["/recommend", "/surprise"])
async def test_a_button_goes_on_no_longer_once_the_library_is_forgotten(
    own_store: Database, person: SimulatedUser, command: str
) -> None:
    reply = await person.ask(command)
    own_store.user_data.forget(person.user.id)
    pressed = await person.click(reply, "Another 5" if command == "/recommend" else "Another one")
    assert "is not stored any more" in pressed.content


@pytest.mark.usefixtures("own")
async def test_a_public_reply_goes_on_no_longer_once_the_library_is_private(
    own_store: Database, person: SimulatedUser
) -> None:
    with own_store.user_data.writer() as session:
        user_data.set_sharing(session, person.user.id, Sharing.PUBLIC)
    reply = await person.ask("/recommend")
    with own_store.user_data.writer() as session:
        user_data.set_sharing(session, person.user.id, Sharing.PRIVATE)
    assert "private now" in (await person.click(reply, "Another 5")).content


@pytest.mark.usefixtures("own")
async def test_that_somebody_asked_is_written_down_for_the_daily_refresh(
    served: Served, own_store: Database, person: SimulatedUser
) -> None:
    await person.ask("/recommend")
    await served.bot.services.user_data.write(lambda _: None)  # in turn after what was noted
    with own_store.user_data.reader() as session:
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        assert user_data.accounts_due(session, tomorrow) == {person.user.id: STEAM_ID}


@pytest.mark.usefixtures("own")
async def test_a_suggestion_that_somebody_of_the_family_lends_is_said_to_be_lent(
    own_store: Database, person: SimulatedUser, ben: SimulatedUser
) -> None:
    first, second, *_ = games(await person.ask("/recommend"))
    give_library(own_store, ben, {first: 60, second: 60}, steam_id=STEAM_ID + 1)
    with own_store.user_data.writer() as session:
        user_data.lend(session, ben.user.id, person.user.id, datetime.now(UTC))
    with own_store.writer() as session:
        for app_id, shareable in ((first, True), (second, False)):
            session.merge(StorePage(game_id=app_id, family_sharing=shareable))
    reply = await person.ask("/recommend")
    assert games(reply)[:2] == [first, second]
    with own_store.reader() as session:
        titles = {app_id: ref.title for app_id, ref in game_refs(session, [first, second]).items()}
    foot = reply.embeds[0]["footer"]["text"]
    assert f"Somebody of your family has {titles[first]}, which Steam lets you borrow" in foot
    assert titles[second] not in foot
