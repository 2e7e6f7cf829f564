"""What is not for a person is hidden from that person, and replaced at once."""

import pytest

from playground import SimulatedUser
from store import Database, user_data
from tests.bot.conftest import Served
from tests.commands.suggestions.suggested import WAYS, ask, games, hidden_from, hide, labels

EVERY_WAY = pytest.mark.parametrize("what", WAYS)


@EVERY_WAY
async def test_what_is_not_for_me_is_replaced_at_once_and_never_comes_back(
    person: SimulatedUser, own_store: Database, players: list[str], what: str
) -> None:
    reply = await ask(person, what, players, limit=5)
    before = games(reply)
    reply = await hide(person, reply, before[1])
    after = games(reply)
    assert len(after) == len(before)
    assert before[1] not in after
    assert after[0] == before[0], "what stays keeps its place"
    assert after[2:] == before[2:]
    said = "1\xa0game is hidden from you for good; `/hidden` brings it back."
    assert said in reply.embeds[0]["description"]
    assert hidden_from(own_store, person) == {before[1]}
    for _ in range(3):
        reply = await person.click(reply, next(label for label in labels(reply) if "Another" in label))
        assert before[1] not in games(reply)


async def test_several_games_are_hidden_at_once(person: SimulatedUser, own_store: Database) -> None:
    reply = await person.ask("/recommend", game="Portal 2", limit=10)
    before = games(reply)
    reply = await hide(person, reply, *before[2:6])
    assert hidden_from(own_store, person) == set(before[2:6])
    assert len(games(reply)) == 10
    assert not set(games(reply)) & set(before[2:6])


async def test_undo_brings_back_what_was_hidden_last_step_by_step(
    person: SimulatedUser, own_store: Database
) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    lists = [games(reply)]
    for _ in range(2):
        reply = await hide(person, reply, games(reply)[0])
        lists.append(games(reply))
    assert hidden_from(own_store, person) == {lists[0][0], lists[1][0]}
    reply = await person.click(reply, "Undo")
    assert games(reply) == lists[1]
    assert hidden_from(own_store, person) == {lists[0][0]}
    reply = await person.click(reply, "Undo")
    assert games(reply) == lists[0]
    assert hidden_from(own_store, person) == frozenset()
    assert "Undo" not in labels(reply)


async def test_the_list_before_comes_back_without_what_was_hidden_since(
    person: SimulatedUser, own_store: Database
) -> None:
    reply = await person.ask("/recommend", game="Portal 2", limit=10)
    first = games(reply)
    with own_store.user_data.writer() as session:
        user_data.hide_game(session, person.user.id, first[3])
    reply = await person.click(reply, "Another 10")
    back = games(await person.click(reply, "Back"))
    assert len(back) == 10
    assert back[:3] + back[4:] == first[:3] + first[4:]
    assert back[3] != first[3]


async def test_hidden_games_stay_hidden_from_that_person_alone(
    person: SimulatedUser, ben: SimulatedUser, players: list[str]
) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    first = games(reply)
    await hide(person, reply, first[0])
    assert first[0] not in games(await person.ask("/recommend", game="Portal 2", since=1990))
    assert games(await ben.ask("/recommend", game="Portal 2")) == first


async def test_being_forgotten_forgets_what_was_shown(person: SimulatedUser, served: Served) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    first = games(reply)
    await hide(person, reply, first[0])
    assert len(served.bot.services.recently_shown) == 1
    await person.click(await person.ask("/forget-me"), "Erase everything")
    assert len(served.bot.services.recently_shown) == 0
    assert games(await person.ask("/recommend", game="Portal 2")) == first
