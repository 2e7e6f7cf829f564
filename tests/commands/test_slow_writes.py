"""Whatever stores something answers in time where the file is locked, and then says what happened, once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from commands import registry
from commands.core.buttons.did_you_mean import BUTTON_IDS
from commands.suggestions.together import view as rounds
from playground import Reply, SimulatedUser
from store import Database, user_data
from store.user_data import LibraryAnswer, LibraryState
from tests.bot.conftest import Serve, Served
from tests.commands.asking import Asking, commands
from tests.commands.locking import locked
from tests.commands.own_library import PERSONA, STEAM_ID, give_library
from tests.commands.suggestions.suggested import HIDE, games, hidden_from

PORTAL_2, TERRARIA = 620, 105600
HIDDEN = "hidden from you for good"
NOT_STORED = "That could not be stored, so nothing has changed; try again in a minute."

Press = Callable[[], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Writer:
    """A command, button or menu that stores something: how to come to it, and what it says when it is done.

    With `unsaid` that is what it says no more.
    """

    prepare: Callable[[Served, list[str]], Awaitable[Press]]
    said: str
    is_command: bool = False
    unsaid: bool = False

    async def done(self, reply: Reply) -> Reply:
        """Wait until the reply says so."""
        while (self.said in reply.text) == self.unsaid:
            await reply.changed()
        return reply


def command(name: str, said: str, *, linked: bool = False, **options: object) -> Writer:
    async def prepare(served: Served, players: list[str]) -> Press:
        if linked:
            await served.admin.ask("/link", player=players[0])
        channel = served.admin.channel
        assert channel.guild is not None
        real = {"player": players[0], "role": channel.guild.everyone, "channel": channel}
        given = {key: real[key] if value is ... else value for key, value in options.items()}
        return lambda: served.admin.slash(f"/{name}", **given)

    return Writer(prepare, said, is_command=True)


async def finished(reply: Reply, said: str) -> Reply:
    """Wait until the reply, or what follows it, says so."""
    while said not in reply.text:
        await reply.changed()
    return reply


async def erase(served: Served, players: list[str]) -> Press:
    await served.admin.ask("/link", player=players[0])
    reply = await served.admin.ask("/forget-me")
    return lambda: served.admin.click(reply, "Erase everything")


async def hide_one(served: Served, players: list[str]) -> Press:
    reply = await served.admin.ask("/recommend", game="Portal 2", limit=1)
    return lambda: served.admin.click(reply, "Not for me")


async def hide_several(served: Served, players: list[str]) -> Press:
    reply = await served.admin.ask("/recommend", game="Portal 2")
    await served.admin.click(reply, "Not for me")
    chosen = [str(app_id) for app_id in games(reply)[:2]]
    return lambda: served.admin.select(reply, *chosen, menu=HIDE)


async def undo(served: Served, players: list[str]) -> Press:
    for game in ("Portal 2", "Terraria"):
        reply = await served.admin.ask("/recommend", game=game, limit=1)
        await finished(await served.admin.click(reply, "Not for me"), HIDDEN)
    return lambda: served.admin.click(reply, "Undo")


async def bring_back(served: Served, players: list[str]) -> Press:
    with served.database.user_data.writer() as session:
        for app_id in (PORTAL_2, TERRARIA):
            user_data.hide_game(session, served.admin.user.id, app_id)
    reply = await served.admin.ask("/hidden")
    return lambda: served.admin.select(reply, "Portal 2")


async def end_lending(served: Served, players: list[str]) -> Press:
    with served.database.user_data.writer() as session:
        user_data.lend(session, served.admin.user.id, served.member.user.id, datetime.now(UTC))
    return lambda: served.admin.slash("/family remove", member=served.member.user)


async def agree(served: Served, players: list[str]) -> Press:
    give_library(served.database, served.admin, {PORTAL_2: 60})
    reply = await served.member.ask("/family add", member=served.admin.user)
    return lambda: served.admin.click(reply, "I agree")


class OpenSteam:
    """Stands in for a Steam on which everybody owns one game."""

    async def find(self, text: str) -> int:
        return STEAM_ID

    async def library(self, steam_id: int) -> LibraryAnswer:
        return LibraryAnswer(LibraryState.OPEN, {TERRARIA: 60}, PERSONA)


async def fetch_again(served: Served, players: list[str]) -> Press:
    give_library(served.database, served.admin, {PORTAL_2: 60})
    closed = LibraryAnswer(LibraryState.GAMES_CLOSED, {})
    with served.database.user_data.writer() as session:
        user_data.store_answer(session, served.admin.user.id, STEAM_ID, closed, datetime.now(UTC))
    served.bot.services = replace(served.bot.services, steam=OpenSteam())
    reply = await served.admin.ask("/me")
    return lambda: served.admin.click(reply, "Fetch again")


async def stop_refresh(served: Served, players: list[str]) -> Press:
    reply = await served.admin.ask("/admin refresh")
    return lambda: served.admin.click(reply, "Stop the refresh")


WRITERS = {
    "link": command("link", "You are linked to", player=...),
    "privacy": command("privacy", "**In groups**", sharing="groups"),
    "family remove": Writer(end_lending, "Neither of you borrows", is_command=True),
    "unlink": command("unlink", "The link is erased.", linked=True),
    "taste": command("taste", "Noted: you like Portal\xa02.", like="Portal 2"),
    "settings language": command("settings language", "Español", language="es"),
    "settings reports": command("settings reports", "<#", channel=...),
    "settings quiet": command("settings quiet", "/game", command="game", on=True),
    "settings adult-games": command("settings adult-games", "no channel", hidden=True),
    "admin refresh": command("admin refresh", "Started by"),
    "forget:yes": Writer(erase, "You are forgotten"),
    "family:agree": Writer(agree, "lends games to"),
    "library:fetch": Writer(fetch_again, f"Games for {PERSONA}"),
    "games:hide": Writer(hide_one, "1\xa0game is hidden from you for good"),
    "games:hide-which": Writer(hide_several, "2\xa0games are hidden from you for good"),
    "games:undo": Writer(undo, HIDDEN, unsaid=True),
    "paged:chosen": Writer(bring_back, "May be suggested to you again: Portal\xa02."),
    "refresh:stop": Writer(stop_refresh, "The refresh is being stopped."),
}
EVERY_WRITER = pytest.mark.parametrize("name", WRITERS)


async def test_every_command_that_stores_something_is_among_the_writers(
    served: Served, own_store: Database
) -> None:
    asking = Asking(served)
    stored = set()
    for asked in commands(served):
        before = own_store.user_data.change_token()
        await (await served.admin.slash(f"/{asked.qualified_name}", **asking.example(asked))).settled()
        if own_store.user_data.change_token() != before:
            stored.add(asked.qualified_name)
    assert stored == {name for name, writer in WRITERS.items() if writer.is_command}


def test_every_button_and_menu_that_stores_something_is_among_the_writers() -> None:
    found = registry.collect()
    known = {name for name, writer in WRITERS.items() if not writer.is_command}
    store_nothing = {
        "page:back", "page:on", "forget:no", "family:decline", "games:another", "games:like", "games:back",
        "games:cancel", "games:like-which", "paged:newer", "paged:older", "surprise:another", "taste:paste",
        *BUTTON_IDS, *rounds.BUTTON_IDS,
    }  # fmt: skip
    assert {*found.button_ids, *found.menu_ids} == known | store_nothing


@EVERY_WRITER
async def test_a_slow_write_is_announced_and_then_told(
    serve: Serve, own_store: Database, players: list[str], name: str
) -> None:
    served = await serve(own_store, defer_after=0.2)
    press = await WRITERS[name].prepare(served, players)
    with locked(own_store) as lock:
        reply = await press()
        assert not reply.failed
        assert (WRITERS[name].said in reply.text) == WRITERS[name].unsaid
        lock.execute("ROLLBACK")
    await WRITERS[name].done(reply)


@EVERY_WRITER
async def test_a_write_that_is_kept_out_says_so_and_leaves_nothing_half(
    serve: Serve, own_store: Database, players: list[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.dialect.sqlite.engines.BUSY_TIMEOUT_MS", 300)
    own_store.user_data.close()
    served = await serve(own_store, defer_after=0.1)
    press = await WRITERS[name].prepare(served, players)
    stored = contents(own_store)
    with locked(own_store):
        reply = await press()
        await finished(reply, NOT_STORED)
        assert not reply.failed
    assert contents(own_store) == stored
    if name == "admin refresh":
        assert served.refresher.running is None
    again = await press()
    await WRITERS[name].done(again)


@pytest.mark.parametrize("name", [name for name, writer in WRITERS.items() if not writer.is_command])
async def test_a_double_press_does_it_once(
    serve: Serve, own_store: Database, players: list[str], name: str
) -> None:
    served = await serve(own_store, defer_after=0.1)
    press = await WRITERS[name].prepare(served, players)
    with locked(own_store) as lock:
        both = await asyncio.gather(press(), press())
        assert not any(reply.failed for reply in both)
        lock.execute("ROLLBACK")
    for reply in both[:1]:
        await WRITERS[name].done(reply)
    if name == "forget:yes":
        assert "- 1\xa0link to a player" in both[0].embeds[0]["description"]
    if name == "games:undo":
        assert len(hidden_from(own_store, served.admin)) == 1
    if name == "refresh:stop":
        guild = served.admin.channel.guild
        assert guild is not None
        with own_store.user_data.reader() as session:
            actions = [line.action for line in user_data.audit_lines(session, guild.id)]
        assert actions == ["stop refresh", "refresh"]


def contents(database: Database) -> list[tuple[object, ...]]:
    """Return all that people stored."""
    with database.user_data.reader() as session:
        connection = session.connection()
        return [
            tuple(row)
            for table in ("links", "hidden_games", "server_settings", "audit_lines")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]


async def test_what_is_asked_while_the_file_is_locked_is_answered(
    served: Served, own_store: Database, players: list[str]
) -> None:
    with locked(own_store):
        for line in ("/game", "/recommend"):
            reply = await served.member.ask(line, **{"name" if line == "/game" else "game": "Portal 2"})
            assert reply.embeds
        assert (await served.member.ask("/userdata", player=players[0])).embeds


async def test_a_button_pressed_while_another_waits_is_announced(
    serve: Serve, own_store: Database, person: SimulatedUser, players: list[str]
) -> None:
    served = await serve(own_store, defer_after=0.1)
    reply = await served.member.ask("/recommend", game="Portal 2", limit=1)
    with locked(own_store) as lock:
        hiding = asyncio.create_task(served.member.click(reply, "Not for me"))
        other = await served.member.click(reply, "Another one")
        assert not other.failed
        lock.execute("ROLLBACK")
    assert not (await hiding).failed
