"""Which games are asked about is counted, whatever the command, and written down together."""

import pytest

from commands.core.services.asked_games import AskedGames
from playground import SimulatedUser
from store import Database
from store.user_data.models import AskedGame
from tests.bot.conftest import Served
from tests.waiting import until

PORTAL, PORTAL_2, TERRARIA = 400, 620, 105600


def counted(store: Database) -> set[int]:
    with store.user_data.reader() as session:
        return {row.game_id for row in session.query(AskedGame)}


async def test_every_game_that_was_named_is_counted_and_no_other(
    served: Served, person: SimulatedUser, own_store: Database
) -> None:
    await person.ask("/game", name="portal 2")
    card = await person.ask("/reviews", game="Terraria")
    await person.ask("/recommend", games="Hades, Celeste")
    await person.ask("/compare games", first="Portal", second="Stardew Valley")
    await person.ask("/top")
    await person.ask("/game", name="no game is called so")
    assert not card.ephemeral
    assert not counted(own_store), "not one by one"
    await served.bot.services.asked_games.write()
    assert counted(own_store) == {PORTAL, PORTAL_2, TERRARIA, 1145360, 504230, 413150}


async def test_what_somebody_likes_or_hides_is_no_question(
    served: Served, person: SimulatedUser, own_store: Database
) -> None:
    await person.ask("/taste", like="Portal 2")
    await person.ask("/recommend")
    await served.bot.services.asked_games.write()
    assert not counted(own_store)


async def test_it_is_written_by_itself_after_a_while(served: Served, own_store: Database) -> None:
    asked = AskedGames(served.bot.services.user_data, seconds=0.01)
    asked.note([PORTAL])
    await until(lambda: counted(own_store) == {PORTAL})
    asked.note([TERRARIA])
    await until(lambda: counted(own_store) == {PORTAL, TERRARIA})


async def test_where_it_cannot_be_written_the_log_says_so_and_the_count_begins_again(
    served: Served, own_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    asked = served.bot.services.asked_games
    asked.note([PORTAL])
    own_store.user_data.close()
    own_store.user_data_file.file.write_bytes(b"no database" * 1000)
    await asked.write()
    assert "Which games were asked about is not written down" in caplog.text
    caplog.clear()
    await asked.write()
    assert not caplog.records
