"""The server of user data goes away under a bot: questions are answered, the rest is refused politely."""

import asyncio
from collections.abc import Iterator

import pytest

from playground import Reply, SimulatedUser
from store import Database
from store.errors import StoreError
from store.user_data import linked_player
from tests.bot.conftest import Serve, Served, ben, own_store, players, serve
from tests.postgres import TABLES
from tests.waiting import until
from tools.postgres_server import PostgresServer

__all__ = ["ben", "own_store", "players", "serve"]

NOT_SHOWN = "No player is shown just now"
NOT_STORED = "That could not be stored, so nothing has changed"


@pytest.fixture
def on_server(own_store: Database, own_postgres: PostgresServer) -> Iterator[Database]:
    """The sample, with user data on a server of the test's own."""
    database = Database(own_store.file, user_data=own_postgres.new_database(TABLES))
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
async def served(serve: Serve, on_server: Database) -> Served:
    return await serve(on_server)


async def until_shown(person: SimulatedUser, player: str) -> Reply:
    """Ask for a player until one is shown again."""
    while True:
        reply = await person.ask("/userdata", player=player)
        if reply.embeds:
            return reply
        assert reply.content.startswith(NOT_SHOWN)
        await asyncio.sleep(0.1)


async def until_heard_of(database: Database) -> None:
    """Wait until the bot listens to the server."""
    await until(lambda: database.user_data.change_token() == database.user_data.change_token())


async def link(person: SimulatedUser, player: str, **options: str) -> None:
    """Link a player; on a busy machine the server may be given up at first."""
    while True:
        if (await person.ask("/link", player=player, **options)).embeds:
            return
        await asyncio.sleep(0.1)


async def ask_meanwhile(served: Served, players: list[str]) -> None:
    """Ask what can be answered without the server, and what cannot."""
    assert (await served.member.ask("/game", name="Portal 2")).embeds
    suggestions = await served.member.ask("/recommend", game="Portal 2")
    assert "Which games you hid cannot be read just now" in suggestions.embeds[0]["description"]
    assert (await served.member.ask("/userdata", player=players[1])).content.startswith(NOT_SHOWN)
    assert not (await served.member.ask("/unlink")).embeds
    status = await served.admin.ask("/admin status")
    assert "What people stored cannot be used" in status.text


@pytest.mark.parametrize("how", ["stopped", "killed", "frozen"])
async def test_a_server_that_goes_away_costs_no_answer_and_comes_back_by_itself(
    served: Served, own_postgres: PostgresServer, ben: SimulatedUser, players: list[str], how: str
) -> None:
    await until_heard_of(served.database)
    await link(served.member, players[0])
    if how == "frozen":
        with own_postgres.frozen():
            await ask_meanwhile(served, players)
    else:
        await asyncio.to_thread(own_postgres.kill if how == "killed" else own_postgres.stop)
        await ask_meanwhile(served, players)
        await asyncio.to_thread(own_postgres.start)
    await until_shown(ben, players[1])
    assert "are private" in (await ben.ask("/userdata", player=players[0])).content
    assert (await served.member.ask("/me")).embeds
    erased = await served.member.click(await served.member.ask("/forget-me"), "Erase everything")
    assert "- 1\N{NO-BREAK SPACE}link to a player" in erased.embeds[0]["description"]


async def test_what_was_refused_while_it_was_away_was_not_stored(
    served: Served, own_postgres: PostgresServer, ben: SimulatedUser, players: list[str]
) -> None:
    await until_heard_of(served.database)
    await link(served.member, players[0], sharing="public")
    await asyncio.to_thread(own_postgres.kill)
    refused = await served.member.ask("/unlink")
    assert refused.content.startswith(NOT_STORED)
    await asyncio.to_thread(own_postgres.start)
    await until_shown(ben, players[1])
    with served.database.user_data.reader() as session:
        assert linked_player(session, served.member.user.id)


async def test_a_server_that_comes_and_goes_while_many_ask_fails_nobody(
    served: Served, own_postgres: PostgresServer, players: list[str]
) -> None:
    is_over = asyncio.Event()

    async def ask() -> int:
        asked = 0
        while not is_over.is_set():
            reply = await served.member.ask("/userdata", player=players[asked % 3])
            assert reply.embeds or reply.content.startswith(NOT_SHOWN), reply.content
            reply = await served.member.ask("/developer", name="Valve")
            assert reply.embeds, reply.content
            asked += 1
        return asked

    asking = asyncio.gather(*(ask() for _ in range(3)))
    for _ in range(3):
        await asyncio.to_thread(own_postgres.kill)
        await asyncio.to_thread(own_postgres.start)
    is_over.set()
    assert min(await asking) > 0


async def test_a_bot_that_starts_without_its_server_serves_and_finds_it_later(
    serve: Serve, served: Served, own_postgres: PostgresServer, players: list[str]
) -> None:
    await served.bot.close()
    served.database.close()
    await asyncio.to_thread(own_postgres.stop)
    served.database.upgrade()
    again = await serve(served.database, restarting=served)
    assert (await again.member.ask("/game", name="Portal 2")).embeds
    assert not (await again.member.ask("/link", player=players[0])).embeds
    assert not again.bot.is_leader
    await asyncio.to_thread(own_postgres.start)
    await until_shown(again.member, players[1])
    await link(again.member, players[0])


async def test_the_log_has_no_address(
    served: Served, own_postgres: PostgresServer, players: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    await asyncio.to_thread(own_postgres.kill)
    await served.member.ask("/userdata", player=players[0])
    await served.member.ask("/unlink")
    await served.admin.ask("/admin status")
    assert caplog.text
    assert "hush-hush" not in caplog.text + served.discord.transcript()
    assert isinstance(served.database.user_data.problem(), str)
    with pytest.raises(StoreError), served.database.user_data.reader():
        pass
