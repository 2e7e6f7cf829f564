"""The bot without what people stored: no player is shown, all else is answered, and it is told."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from playground import SimulatedUser
from store import Database, queries
from store.backup import backup, restore
from tests.bot.conftest import Serve, Served
from tests.commands.asking import Asking, commands

# What nobody can know to be quiet is, and then a question to all makes no sense.
FOR_THE_ASKER_ALONE = "On this server only you see the reply to this command"
NOT_SHOWN = "No player is shown just now"
NOT_READ = "What people stored can be neither read nor changed"


def gone(store: Database) -> None:
    for part in store.user_data_file.file.parent.glob(f"{store.user_data_file.file.name}*"):
        part.unlink()


def emptied(store: Database) -> None:
    store.user_data_file.file.write_bytes(b"")


def damaged(store: Database) -> None:
    content = store.user_data_file.file.read_bytes()
    store.user_data.close()
    store.user_data_file.file.write_bytes(content[:4096] + bytes(len(content) - 4096))


def a_folder_in_its_place(store: Database) -> None:
    gone(store)
    store.user_data_file.file.mkdir()


EVERY_LOSS = pytest.mark.parametrize("loss", [gone, emptied, damaged, a_folder_in_its_place])


@pytest.fixture
def champion(own_store: Database) -> str:
    """The player with most hours in Action."""
    with own_store.reader() as session:
        return queries.user_for_genre(session, "Action").user_id


@pytest.fixture(params=[False, True], ids=["running", "starting"])
def restart(request: pytest.FixtureRequest) -> bool:
    """Whether the bot starts after the loss, or runs through it."""
    return bool(request.param)


@EVERY_LOSS
async def test_no_command_shows_a_player(
    serve: Serve,
    served: Served,
    own_store: Database,
    ben: SimulatedUser,
    champion: str,
    players: list[str],
    restart: bool,
    loss: Callable[[Database], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await served.member.ask("/link", player=champion)
    if restart:
        await served.bot.close()
        own_store.close()
        loss(own_store)
        own_store.upgrade()
        served = await serve(own_store, restarting=served)
    else:
        loss(own_store)
    caplog.clear()
    for line, options in (
        ("/userdata", {"player": champion}),
        ("/userdata", {"player": players[1]}),
        ("/userdata", {"player": "nobody of this name"}),
        ("/recommend", {"player": champion}),
        ("/compare players", {"first": champion, "second": players[1]}),
        ("/play-together", {"player1": champion, "player2": players[1]}),
        ("/link", {"player": champion}),
    ):
        reply = await ben.ask(line, **options)
        assert reply.content.startswith(NOT_SHOWN), line
        assert reply.ephemeral
    assert await ben.autocomplete("/userdata", "player", "") == []
    genre = await ben.ask("/genre", name="Action")
    assert champion not in genre.text.replace("\\", "")
    assert "Whoever has played most is not named just now." in genre.text
    said = [record for record in caplog.records if record.message.startswith("No player is shown until")]
    assert [record.levelno for record in said] == [logging.ERROR], "once, not at every question"
    status = await served.admin.ask("/admin status")
    assert "What people stored cannot be used, so no player is shown" in status.text


@EVERY_LOSS
async def test_what_needs_no_user_data_is_answered_and_the_rest_refused_in_a_sentence(
    served: Served, own_store: Database, players: list[str], loss: Callable[[Database], None]
) -> None:
    await served.member.ask("/link", player=players[0])
    loss(own_store)
    asking = Asking(served)
    refused = {}
    for command in commands(served):
        name = command.qualified_name
        reply = await served.admin.ask(f"/{name}", **asking.example(command))
        assert not reply.failed
        if not reply.embeds and name not in ("forget-me", "family add"):  # which only ask
            refused[name] = reply.content
    assert set(refused) == {
        "link", "me", "privacy", "family remove", "unlink", "hidden", "userdata", "compare players",
        "taste", "wishlist",
        "play-together", "admin refresh",
        "admin audit", "settings view", "settings language", "settings reports",
        "settings quiet", "settings adult-games", "surprise",
    }  # fmt: skip
    assert all(content.startswith((NOT_SHOWN, NOT_READ, FOR_THE_ASKER_ALONE)) for content in refused.values())
    suggestions = await served.member.ask("/recommend", game="Portal 2")
    assert "Which games you hid cannot be read just now" in suggestions.embeds[0]["description"]


async def test_a_restored_backup_is_served_at_once(
    served: Served, own_store: Database, ben: SimulatedUser, players: list[str], tmp_path: Path
) -> None:
    await served.member.ask("/link", player=players[0])
    made = backup(own_store.user_data_file, tmp_path / "backups", keep=1)
    gone(own_store)
    assert (await ben.ask("/userdata", player=players[1])).content.startswith(NOT_SHOWN)
    another = Database(own_store.file)
    restore(another.user_data_file, made)
    another.close()
    assert (await ben.ask("/userdata", player=players[1])).embeds
    assert "are private" in (await ben.ask("/userdata", player=players[0])).content
    await served.member.ask("/unlink")
    assert (await ben.ask("/userdata", player=players[0])).embeds


async def test_an_accepted_loss_is_served_at_once(
    served: Served, own_store: Database, ben: SimulatedUser, players: list[str], tmp_path: Path
) -> None:
    await served.member.ask("/link", player=players[0])
    damaged(own_store)
    assert (await ben.ask("/userdata", player=players[0])).content.startswith(NOT_SHOWN)
    another = Database(own_store.file)
    another.user_data.start_over(tmp_path / "damaged")
    another.close()
    assert (await ben.ask("/userdata", player=players[0])).embeds
    await served.member.ask("/link", player=players[0])
    assert "are private" in (await ben.ask("/userdata", player=players[0])).content
