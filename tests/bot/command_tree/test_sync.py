"""Discord is told of the commands when they have changed, and left alone otherwise."""

from pathlib import Path

import discord
import pytest
from discord import app_commands

from bot.client import NextplayBot
from bot.command_tree.sync import payload, sync_if_changed
from bot.command_tree.translator import CommandTranslator
from commands import registry
from localization.translations import Locales
from store import Database
from tests.bot.conftest import Serve, Served
from tests.bot.refreshers import ManualRefresher

SPANISH = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "command name"
msgid "developer"
msgstr "desarrolladora"

msgid "The developer's name"
msgstr "El nombre de la desarrolladora"
"""


def syncs(served: Served) -> int:
    return sum(
        exchange.method == "PUT" and exchange.path.endswith("/commands")
        for exchange in served.discord.recorder.exchanges
    )


async def test_the_first_start_syncs_and_an_unchanged_one_does_not(
    serve: Serve, empty_store: Database, tmp_path: Path
) -> None:
    served = await serve(empty_store)
    assert syncs(served) == 1
    assert await sync_if_changed(served.bot.tree, tmp_path / "synced") is False
    assert syncs(served) == 1


async def test_a_changed_description_syncs_again(serve: Serve, empty_store: Database, tmp_path: Path) -> None:
    served = await serve(empty_store)
    served.bot.tree.remove_command("help")

    @app_commands.command(name="help", description="Show other help")
    async def other(interaction: discord.Interaction) -> None:
        """Not run here."""

    served.bot.tree.add_command(other)
    assert await sync_if_changed(served.bot.tree, tmp_path / "synced") is True
    assert served.member.find("/help").command["description"] == "Show other help"


async def test_a_lost_or_damaged_record_syncs_again(
    serve: Serve, empty_store: Database, tmp_path: Path
) -> None:
    served = await serve(empty_store)
    (tmp_path / "synced").write_bytes(b"\xff\xfe")
    assert await sync_if_changed(served.bot.tree, tmp_path / "synced") is True
    (tmp_path / "synced").unlink()
    assert await sync_if_changed(served.bot.tree, tmp_path / "synced") is True


async def test_commands_are_named_in_the_language_of_a_catalogue(
    serve: Serve, empty_store: Database, tmp_path: Path
) -> None:
    (tmp_path / "es.po").write_text(SPANISH, encoding="utf-8")
    served = await serve(empty_store, locales=Locales(tmp_path))
    command = served.member.find("/developer").command
    assert command["name_localizations"] == {"es-ES": "desarrolladora", "es-419": "desarrolladora"}
    assert command["options"][0]["description_localizations"]["es-ES"] == "El nombre de la desarrolladora"
    assert "en-GB" not in command["name_localizations"]


async def test_a_new_translation_counts_as_a_change(empty_store: Database, tmp_path: Path) -> None:
    bot = NextplayBot(empty_store, ManualRefresher())
    for command in registry.collect().commands:
        bot.tree.add_command(command)
    (tmp_path / "none").mkdir()
    (tmp_path / "es.po").write_text(SPANISH, encoding="utf-8")
    told = []
    for folder in (tmp_path / "none", tmp_path):
        await bot.tree.set_translator(CommandTranslator(Locales(folder)))
        told.append(await payload(bot.tree))
    assert told[0] != told[1]


async def test_a_discord_that_cannot_take_the_commands_now_does_not_stop_the_bot(
    serve: Serve, empty_store: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serve(empty_store)
    (tmp_path / "synced").unlink()
    served.discord.faults.fail(403, path="/commands", method="PUT")
    assert await sync_if_changed(served.bot.tree, tmp_path / "synced") is False
    assert "stay as they are" in caplog.text
    # Nothing was recorded, so the next try tells Discord.
    assert await sync_if_changed(served.bot.tree, tmp_path / "synced") is True
