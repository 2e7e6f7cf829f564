"""What a server's admins set holds there: checked, kept, shown back, written down, and theirs alone."""

import asyncio
from datetime import UTC, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.refresh.failure_notice import send_failure_notices
from bot.refresh.schedule import Nightly
from commands.core.services.refresher import RefreshResult
from commands.core.services.user_data import UserDataRepository
from localization.translations import Locales
from playground import Reply
from playground.world.model import Channel
from playground.world.permissions import SEND_MESSAGES, VIEW_CHANNEL
from store import Database, user_data
from store.database import UserDataFile
from store.execution.executor import QueryExecutor
from store.models import RunOutcome
from tests.bot.conftest import Serve, Served
from tests.postgres import IN_A_FILE

SPANISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "No developer is called “{asked}”."
msgstr "Ninguna desarrolladora se llama «{asked}»."

msgid "The nightly refresh failed; the old data stay."
msgstr "La actualización nocturna falló; se conservan los datos anteriores."
"""
A_DAY = timedelta(hours=24)
FAILED = RefreshResult(RunOutcome.FAILED, 1.0, "The games file is missing.")


@pytest.fixture
def locales(tmp_path: Path) -> Locales:
    folder = tmp_path / "locales"
    folder.mkdir()
    (folder / "es.po").write_text(SPANISH, encoding="utf-8")
    return Locales(folder)


@pytest.fixture
async def served(serve: Serve, own_store: Database, locales: Locales) -> Served:
    return await serve(own_store, locales=locales)


def fields(reply: Reply) -> dict[str, str]:
    assert reply.ephemeral, reply.text
    return {field["name"]: field["value"] for field in reply.embeds[0]["fields"]}


def channel(served: Served, name: str = "quiet-corner") -> Channel:
    guild = served.member.channel.guild
    assert guild is not None
    return guild.add_channel(name)


async def test_at_first_nothing_is_set(served: Served) -> None:
    assert fields(await served.admin.ask("/settings view")) == {
        "Fallback language": "Discord's setting for this server",
        "Failed refreshes are reported in": "no channel",
        "Quiet commands": "no command",
        "Games for adults": "shown in age-restricted channels only",
    }


async def test_the_servers_language_is_spoken_to_those_whose_own_is_not(served: Served) -> None:
    guild = served.member.channel.guild
    assert guild is not None
    german = served.discord.person(guild.add_member("Jana", locale="de"))
    offered = await served.admin.autocomplete("/settings language", "language", "esp")
    assert [(choice.name, choice.value) for choice in offered] == [("Español", "es")]
    shown = fields(await served.admin.ask("/settings language", language="español"))
    assert shown["Fallback language"] == "Español"
    assert (await german.ask("/developer", name="?!")).content.startswith("Ninguna desarrolladora")
    assert (await served.member.ask("/developer", name="?!")).content.startswith("No developer")
    await served.admin.ask("/settings language", language="discord")
    assert (await german.ask("/developer", name="?!")).content.startswith("No developer")


async def test_a_language_that_there_is_not_is_refused_with_those_that_there_are(served: Served) -> None:
    reply = await served.admin.ask("/settings language", language="Klingon")
    assert reply.content == (
        "“Klingon” is not a language of this bot;"
        " choose English, Español, or Discord's setting for this server."
    )
    assert fields(await served.admin.ask("/settings view"))["Quiet commands"] == "no command"


async def test_a_failed_nightly_refresh_is_told_in_the_report_channel(
    serve: Serve, empty_store: Database, locales: Locales
) -> None:
    # A store without data has missed its refresh of last night, which begins at once.
    served = await serve(empty_store, locales=locales, plan=Nightly(time(4, 30), UTC, grace=A_DAY))
    place = served.member.channel
    reply = await served.admin.ask("/settings reports", channel=place)
    assert fields(reply)["Failed refreshes are reported in"] == f"<#{place.id}>"
    assert "A failed nightly refresh will be told here." in [
        message.content for message in served.member.messages
    ]
    await served.admin.ask("/settings language", language="es")
    await served.refresher.begun.wait()
    before = len(served.member.messages)
    assert served.refresher.job is not None
    served.refresher.job.end(RunOutcome.FAILED, "The games file is missing.")
    async with asyncio.timeout(10):
        while len(served.member.messages) == before:
            await served.discord.events.changed.beyond(served.discord.events.changed.version)
    assert served.member.messages[-1].content == (
        "**La actualización nocturna falló; se conservan los datos anteriores.**"
    )


async def test_a_report_channel_that_is_gone_keeps_no_other_server_from_hearing(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    other = served.discord.add_guild("Another server")
    served.discord.install(served.application, other)
    admin = served.discord.person(other.add_member("Eva", permissions=1 << 5))
    for person in (served.admin, admin):
        await person.ask("/settings reports", channel=person.channel)
    assert served.member.channel.guild is not None
    served.member.channel.allow(served.member.channel.guild.everyone, deny=VIEW_CHANNEL)
    await send_failure_notices(served.bot, FAILED)
    assert "The nightly refresh failed" in admin.messages[-1].content
    assert "report channel could not be told" in caplog.text


async def test_a_channel_in_which_the_bot_may_not_write_is_refused(served: Served) -> None:
    place = served.admin.channel
    bot = place.guild.members[served.application.user.id] if place.guild else None
    assert bot is not None
    place.allow(bot, deny=SEND_MESSAGES)
    reply = await served.admin.ask("/settings reports", channel=place)
    assert f"I may not write in <#{place.id}>" in reply.text
    shown = fields(await served.admin.ask("/settings view"))
    assert shown["Failed refreshes are reported in"] == "no channel"


async def test_no_channel_ends_the_reports(served: Served) -> None:
    await served.admin.ask("/settings reports", channel=served.admin.channel)
    shown = fields(await served.admin.ask("/settings reports"))
    assert shown["Failed refreshes are reported in"] == "no channel"


async def test_a_quiet_command_is_answered_to_the_asker_alone(served: Served) -> None:
    offered = await served.admin.autocomplete("/settings quiet", "command", "/user")
    assert [choice.value for choice in offered] == ["userdata"]
    await served.admin.ask("/settings quiet", command="/developer", on=True)
    assert (await served.member.ask("/developer", name="Valve")).ephemeral
    assert not (await served.member.ask("/game", name="Portal")).ephemeral
    await served.admin.ask("/settings quiet", command="developer", on=False)
    assert not (await served.member.ask("/developer", name="Valve")).ephemeral


async def test_every_command_can_be_quiet_in_one_channel(
    serve: Serve, own_store: Database, served: Served
) -> None:
    place = served.admin.channel
    reply = await served.admin.ask("/settings quiet", command="every command", on=True, channel=place)
    assert fields(reply)["Quiet commands"] == f"<#{place.id}>\xa0· every command"
    assert (await served.member.ask("/developer", name="Valve")).ephemeral
    elsewhere = served.member.member
    assert elsewhere is not None
    other = served.discord.person(elsewhere, channel(served))
    assert not (await other.ask("/developer", name="Valve")).ephemeral


async def test_a_quiet_command_thinks_quietly(serve: Serve, own_store: Database) -> None:
    served = await serve(own_store, defer_after=0.0)
    await served.admin.ask("/settings quiet", command="developer", on=True)
    reply = await served.member.ask("/developer", name="Valve")
    assert reply.ephemeral
    assert reply.embeds


async def test_a_command_that_there_is_not_cannot_be_quiet(served: Served) -> None:
    reply = await served.admin.ask("/settings quiet", command="sing", on=True)
    assert reply.content == "This bot has no command “sing”."


async def test_settings_are_each_servers_own_and_outlive_a_restart(
    serve: Serve, served: Served, own_store: Database
) -> None:
    other = served.discord.add_guild("Another server")
    served.discord.install(served.application, other)
    stranger = served.discord.person(other.add_member("Eva", permissions=1 << 5))
    await served.admin.ask("/settings quiet", command="game", on=True)
    assert fields(await stranger.ask("/settings view"))["Quiet commands"] == "no command"
    await served.bot.close()
    again = await serve(own_store, restarting=served)
    assert fields(await again.admin.ask("/settings view"))["Quiet commands"] == "everywhere\xa0· `/game`"


async def test_what_admins_do_is_written_down_with_who_did_it(served: Served) -> None:
    assert "Nothing yet." in (await served.admin.ask("/admin audit")).text
    await served.admin.ask("/settings language", language="es")
    await served.admin.ask("/settings quiet", command="game", on=True)
    await served.admin.slash("/admin refresh")
    await served.admin.ask("/settings language", language="Klingon")
    reply = await served.admin.ask("/admin audit")
    assert reply.ephemeral
    lines = reply.embeds[0]["description"].splitlines()
    assert [line.split("\xa0· ", 2)[2] for line in lines] == [
        "**refreshed the data**",
        "**set quiet commands**\xa0· + `/game`",
        "**set the language**\xa0· Español",
    ]
    assert all(line.split("\xa0· ")[1] == f"<@{served.admin.user.id}>" for line in lines)


async def test_what_admins_did_is_told_in_words(served: Served) -> None:
    await served.admin.ask("/settings adult-games", hidden=True)
    await served.admin.ask("/settings reports")
    lines = (await served.admin.ask("/admin audit")).embeds[0]["description"].splitlines()
    assert [line.rsplit("\xa0· ", 1)[1] for line in lines] == ["no channel", "hidden everywhere"]


async def test_an_admin_who_was_forgotten_stays_in_the_audit_without_a_name(served: Served) -> None:
    await served.admin.ask("/settings language", language="es")
    await served.admin.click(await served.admin.ask("/forget-me"), "Erase everything")
    line = (await served.admin.ask("/admin audit")).embeds[0]["description"]
    assert "somebody who was forgotten\xa0· **set the language**" in line


async def test_members_neither_see_nor_change_settings(served: Served) -> None:
    assert not any(offer.name.startswith("settings") for offer in served.member.commands)


@IN_A_FILE
async def test_where_settings_cannot_be_read_answers_are_for_the_asker_alone(
    serve: Serve, own_store: Database, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    own_store.user_data.close()
    for part in own_store.user_data_file.file.parent.glob(f"{own_store.user_data_file.file.name}*"):
        part.unlink()
    assert (await served.member.ask("/developer", name="Valve")).ephemeral
    assert "settings of a server cannot be read" in caplog.text


@IN_A_FILE
async def test_settings_are_read_once_until_something_changes(
    own_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    look_up = user_data.server_settings

    def note(session: Session, guild: int) -> user_data.Settings:
        read.append(guild)
        return look_up(session, guild)

    monkeypatch.setattr(user_data, "server_settings", note)
    own_store.upgrade()  # as a bot does at its start
    executor = QueryExecutor("reading")
    repository = UserDataRepository(own_store, executor)

    before = [await repository.guild_settings(1), await repository.guild_settings(1)]
    await repository.write(
        lambda session: user_data.change_server_settings(session, 1, user_data.Settings("es"))
    )
    after = [await repository.guild_settings(1), await repository.guild_settings(1)]

    executor.close()
    repository.close()
    assert (before, after) == ([user_data.Settings()] * 2, [user_data.Settings("es")] * 2)
    assert read == [1, 1]


@IN_A_FILE
async def test_who_was_forgotten_is_linked_to_nobody_at_once(
    own_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two writes so soon after one another that the file does not tell.
    monkeypatch.setattr(UserDataFile, "change_token", lambda _: (0,))
    executor = QueryExecutor("reading")
    repository = UserDataRepository(own_store, executor)
    await repository.write(lambda session: user_data.link(session, 42, "somebody"))
    before = await repository.linked_player(42), await repository.player_links()

    await repository.forget(42)
    after = await repository.linked_player(42), await repository.player_links()

    executor.close()
    repository.close()
    assert before[0] is not None
    assert before[1].private == {"somebody"}
    assert after == (None, user_data.PlayerLinks({}, frozenset()))


@IN_A_FILE
async def test_what_another_process_sets_holds_at_once(served: Served) -> None:
    guild = served.member.channel.guild
    assert guild is not None
    assert not (await served.member.ask("/developer", name="Valve")).ephemeral

    other = Database(served.database.file)
    quiet = user_data.Settings(quiet={user_data.EVERY_CHANNEL: (user_data.EVERY_COMMAND,)})
    with other.user_data.writer() as session:
        user_data.change_server_settings(session, guild.id, quiet)
    other.close()

    assert (await served.member.ask("/developer", name="Valve")).ephemeral
