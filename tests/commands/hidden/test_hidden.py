"""What a person hid is listed to that person alone and can be brought back."""

import pytest

from playground import ComponentNotFound, Reply, SimulatedUser
from store import Database, queries, user_data
from store.models import NameKind
from tests.bot.conftest import Served

PORTAL_2, TERRARIA = 620, 105600
NOT_IN_THE_DATA = 999_999_999


def hide(store: Database, person: SimulatedUser, *app_ids: int) -> None:
    for app_id in app_ids:
        with store.user_data.writer() as session:
            user_data.hide_game(session, person.user.id, app_id)


def lines(reply: Reply) -> list[str]:
    (embed,) = reply.embeds
    description: str = embed["description"]
    return description.splitlines()


async def test_with_nothing_hidden_it_says_how_a_game_is_hidden(person: SimulatedUser) -> None:
    reply = await person.ask("/hidden")
    assert reply.ephemeral
    assert lines(reply) == ["You have hidden no game. “Not for me” under a suggestion hides one."]
    assert reply.components == []


async def test_games_are_listed_with_their_day_newest_first_and_to_oneself_alone(
    served: Served, person: SimulatedUser, own_store: Database
) -> None:
    hide(own_store, person, TERRARIA, NOT_IN_THE_DATA, PORTAL_2)
    hide(own_store, served.admin, 400)
    reply = await person.ask("/hidden")
    assert reply.ephemeral
    titles = [line[1 : line.index("](")] for line in lines(reply)]
    assert titles == ["Portal\xa02", f"App {NOT_IN_THE_DATA}", "Terraria"]
    assert all(":d>" in line for line in lines(reply))


async def test_chosen_games_are_brought_back_and_may_be_suggested_again(
    person: SimulatedUser, own_store: Database
) -> None:
    hide(own_store, person, TERRARIA, NOT_IN_THE_DATA, PORTAL_2)
    reply = await person.ask("/hidden")
    reply = await person.select(reply, "Portal 2", str(NOT_IN_THE_DATA))
    assert lines(reply)[0] == f"May be suggested to you again: Portal\xa02 and App {NOT_IN_THE_DATA}."
    assert len(lines(reply)) == 2
    with own_store.user_data.reader() as session:
        assert user_data.hidden_games(session, person.user.id) == {TERRARIA}
    reply = await person.select(reply, "Terraria")
    assert lines(reply)[1].startswith("You have hidden no game.")
    assert reply.components == []


async def test_many_are_turned_page_by_page(person: SimulatedUser, own_store: Database) -> None:
    hide(own_store, person, *range(1, 61))
    reply = await person.ask("/hidden")
    seen = lines(reply)
    with pytest.raises(ComponentNotFound):
        await person.click(reply, "Back")
    for _ in range(2):
        reply = await person.click(reply, "Next")
        seen += lines(reply)
    assert len(set(seen)) == 60
    with pytest.raises(ComponentNotFound):
        await person.click(reply, "Next")
    # The last page is gone once all of it is brought back.
    reply = await person.select(reply, *map(str, range(1, 11)))
    assert len(lines(reply)) == 1 + 25
    assert len(lines(await person.click(reply, "Back"))) == 25


async def test_me_says_how_many_are_hidden_and_where_they_are_shown(
    person: SimulatedUser, own_store: Database
) -> None:
    hide(own_store, person, PORTAL_2, TERRARIA)
    with own_store.reader() as session:
        player = queries.complete(session, NameKind.PLAYER, "", 1)[0].value
    await person.ask("/link", player=player)
    fields = {field["name"]: field["value"] for field in (await person.ask("/me")).embeds[0]["fields"]}
    assert "2\xa0hidden games; `/hidden` shows them" in fields["Stored about you"]


async def test_what_was_erased_meanwhile_is_brought_back_without_harm(
    person: SimulatedUser, own_store: Database
) -> None:
    hide(own_store, person, PORTAL_2)
    reply = await person.ask("/hidden")
    await person.click(await person.ask("/forget-me"), "Erase everything")
    reply = await person.select(reply, "Portal 2")
    assert lines(reply)[-1].startswith("You have hidden no game.")
