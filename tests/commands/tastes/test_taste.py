"""A person tells the bot which games are liked, and everything personal works only from that."""

import pytest

from commands.tastes.pasted import read_pasted
from playground import SimulatedUser
from store import Database, user_data
from tests.bot.conftest import Serve, Served
from tests.commands.suggestions.suggested import games, labels
from tests.store.builder import SmallStore

PORTAL, PORTAL_2, TERRARIA = 400, 620, 105600


def told(store: Database, person: SimulatedUser) -> dict[int, bool]:
    with store.user_data.reader() as session:
        return {one.game_id: one.likes for one in user_data.stored_tastes(session, person.user.id)}


async def test_taste_is_told_and_shown_to_the_person_alone(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    reply = await person.ask("/taste", like="Portal 2, Terraria", dislike="Portal")
    assert told(own_store, person) == {PORTAL_2: True, TERRARIA: True, PORTAL: False}
    assert reply.ephemeral
    assert "Noted: you like Portal\xa02 and Terraria." in reply.text
    assert "👎 [Portal](" in reply.embeds[0]["description"]
    assert reply.message not in ben.messages
    assert told(own_store, ben) == {}


async def test_what_is_chosen_in_the_menu_is_removed(person: SimulatedUser, own_store: Database) -> None:
    reply = await person.ask("/taste", like="Portal 2, Terraria")
    reply = await person.select(reply, str(TERRARIA), menu="Remove…")
    assert "Removed: Terraria." in reply.text
    assert told(own_store, person) == {PORTAL_2: True}


async def test_a_pasted_list_is_read_line_by_line_and_what_is_unknown_is_named(
    person: SimulatedUser, own_store: Database
) -> None:
    reply = await person.ask("/taste")
    form = await person.click(reply, "Paste a list")
    typed = "1. Portal 2\n- Terraria\n\nNo Game Of This Name 77"
    await person.submit(form, **{"One game per line, or commas between them": typed})
    assert told(own_store, person) == {PORTAL_2: True, TERRARIA: True}
    assert "Not found: No Game Of This Name\xa077." in reply.text


@pytest.fixture
def shop(empty_store: Database) -> SmallStore:
    small_store = SmallStore(empty_store)
    with small_store.fill() as b:
        for app_id, title in ((PORTAL_2, "Portal 2"), (TERRARIA, "Terraria"), (251570, "7 Days to Die")):
            b.game(app_id, title)
    return small_store


@pytest.mark.parametrize(
    "typed",
    [
        "1 Portal 2\n2 Terraria",
        "(1) Portal 2\n(2) Terraria",
        "#1 Portal 2\n#2 Terraria",
        "Portal 2\tTerraria",
        "• Portal 2 – 300\xa0h\n• Terraria - 12.5\xa0hours",
        "Portal 2\xa0· 300\xa0horas\nTerraria (41\xa0h)",
        "Portal 2 10/10\nTerraria 9/10",
        ":video_game: Portal 2\n<:tree:123456789> Terraria",
        "my games: Portal 2, Terraria",
        "> Portal 2\r\n> Terraria\r\n-\r\n",
    ],
)
def test_what_stands_around_a_title_in_a_list_hides_no_game(shop: SmallStore, typed: str) -> None:
    read = shop.ask(read_pasted, typed)
    assert {game.id for game in read.games} == {PORTAL_2, TERRARIA}
    assert read.unknown == ()


def test_a_name_that_no_game_has_stops_none_of_its_line(shop: SmallStore) -> None:
    read = shop.ask(read_pasted, "No Game Of This Name 77, Portal 2, 7 Days to Die, Terraria")
    assert {game.id for game in read.games} == {PORTAL_2, TERRARIA, 251570}
    assert read.unknown == ("No Game Of This Name 77",)


async def test_a_thumb_under_any_reply_is_for_whoever_presses_it(
    person: SimulatedUser, ben: SimulatedUser, own_store: Database
) -> None:
    card = await person.ask("/game", name="Portal 2")
    liked = await (await ben.click(card, "👍")).settled()
    assert liked.ephemeral
    assert "Portal\xa02" in liked.text
    assert told(own_store, ben) == {PORTAL_2: True}
    assert told(own_store, person) == {}
    await ben.click(card, "👎")
    assert told(own_store, ben) == {PORTAL_2: False}


async def test_every_suggestion_has_its_thumbs_and_they_outlive_a_restart(
    serve: Serve, served: Served, own_store: Database
) -> None:
    reply = await served.member.ask("/recommend", game="Portal 2", limit=10)
    shown = games(reply)
    assert [label for label in labels(reply) if label.startswith("👎")] == [f"👎 {at}" for at in range(1, 11)]
    await served.bot.close()
    again = await serve(own_store, restarting=served)
    await again.member.click(reply, "👎 3")
    assert told(own_store, again.member) == {shown[2]: False}


async def test_suggestions_come_from_taste_alone_and_only_its_owner_sees_them(
    person: SimulatedUser, ben: SimulatedUser
) -> None:
    refused = await person.ask("/recommend")
    assert "`/taste`" in refused.text
    await person.ask("/taste", like="Portal 2")
    reply = await person.ask("/recommend")
    assert reply.embeds[0]["title"] == "Games for your taste"
    assert "Portal\xa02" in reply.embeds[0]["description"]
    assert PORTAL_2 not in games(reply)
    assert reply.ephemeral
    assert reply.message not in ben.messages
    surprise = await person.ask("/surprise")
    assert surprise.ephemeral
    assert surprise.embeds[0]["description"].startswith(
        ("Because you like Portal\xa02", "It fits your taste.")
    )


@pytest.mark.parametrize("command", ["/recommend", "/surprise"])
async def test_a_press_goes_by_the_taste_no_more_once_that_is_erased(
    person: SimulatedUser, own_store: Database, command: str
) -> None:
    await person.ask("/taste", like="Portal 2")
    reply = await person.ask(command)
    with own_store.user_data.writer() as session:
        user_data.erase_taste(session, person.user.id, [PORTAL_2])
    refused = await person.click(reply, "Another 5" if command == "/recommend" else "Another one")
    assert "No game that you like is stored any more" in refused.text


async def test_what_is_not_liked_is_never_suggested_again(person: SimulatedUser) -> None:
    reply = await person.ask("/recommend", game="Portal 2")
    first = games(reply)
    await person.click(reply, "👎 1")
    assert first[0] not in games(await person.ask("/recommend", game="Portal 2", limit=10))
    for _ in range(3):
        reply = await person.click(reply, "Another 5")
        assert first[0] not in games(reply)


async def test_being_forgotten_erases_the_taste(person: SimulatedUser, own_store: Database) -> None:
    await person.ask("/taste", like="Portal 2, Terraria")
    reply = await person.click(await person.ask("/forget-me"), "Erase everything")
    assert "2\xa0games of your taste" in reply.text
    assert told(own_store, person) == {}
