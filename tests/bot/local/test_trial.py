"""A trial is no person: what is stored in one is thrown away, and who is private stays so in it."""

import hashlib
import io

from rich.console import Console

from bot.local.demo import ask_once
from bot.local.prompt import TRIAL
from bot.local.server import local_server, type_line
from bot.settings import Settings
from store import Database, user_data
from store.visibility import Visibility
from tests.bot.refreshers import ManualRefresher


async def ask(database: Database, line: str) -> str:
    """Return what `nextplay ask` prints."""
    printed = io.StringIO()
    settings = Settings(database=database.file, _env_file=None)
    await ask_once(settings, line, Console(file=printed, width=200))
    return printed.getvalue()


def stored(database: Database) -> dict[str, str]:
    """Return a digest of every file of the store and of its user data."""
    database.close()
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(database.file.parent.glob("own*.sqlite3"))
    }


async def test_what_is_asked_once_is_stored_nowhere(own_store: Database, players: list[str]) -> None:
    with own_store.user_data.writer() as session:
        user_data.link(session, 1, players[1])
    before = stored(own_store)
    for player in players:
        assert TRIAL in await ask(own_store, f"/link player:{player}") or player == players[1]
    assert stored(own_store) == before
    assert Visibility.load(own_store.user_data).private == frozenset({players[1]})


async def test_a_question_says_nothing_of_a_trial(own_store: Database) -> None:
    assert TRIAL not in await ask(own_store, "/game name:Portal 2")


async def test_people_and_channels_are_named_as_a_client_shows_them(own_store: Database) -> None:
    assert "In: nobody yet" in await ask(own_store, "/play-together friend1:admin")
    assert "In: nobody yet" in await ask(own_store, "/play-together friends:@Admin")
    assert "May the games of your Steam library" in await ask(own_store, "/family add member:@Admin")


async def test_what_only_admins_may_is_asked_by_the_admin(own_store: Database) -> None:
    assert "<#" in await ask(own_store, "/settings reports channel:#general")
    assert "Ajustes de este servidor" in await ask(own_store, "/ajustes ver")


async def test_who_is_private_in_the_store_is_so_in_a_trial(own_store: Database, players: list[str]) -> None:
    with own_store.user_data.writer() as session:
        user_data.link(session, 1, players[0])
    assert "are private" in await ask(own_store, f"/userdata player:{players[0]}")
    own_store.user_data_file.file.unlink()
    assert "No player is shown just now" in await ask(own_store, f"/userdata player:{players[0]}")
    assert not own_store.user_data_file.file.exists()


async def test_without_user_data_a_trial_has_some_of_its_own(own_store: Database, players: list[str]) -> None:
    own_store.close()
    for part in own_store.user_data_file.file.parent.glob(f"{own_store.user_data_file.file.name}*"):
        part.unlink()
    async with local_server(own_store, ManualRefresher()) as server:
        assert (await type_line(server.member, f"/link player:{players[0]}")).embeds
        assert (await type_line(server.member, "/me")).embeds
    assert not own_store.user_data_file.file.exists()
    own_store.upgrade()
    assert Visibility.load(own_store.user_data).private == frozenset()
