"""What concerns every server is for those in charge of the bot, wherever and whoever they are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.refresh.failure_notice import send_failure_notices
from commands.core.services.refresher import RefreshResult
from playground import CommandNotPermitted, SimulatedUser
from playground.world.model import TeamMember
from store import Database, user_data
from store.models import RefreshRun, RunOutcome
from store.runs import RunAction
from tests.bot.conftest import MANAGE_GUILD, Serve, Served
from tests.commands.admin.test_admin import forced, shown

OWNERS_ALONE = "Only those who run this bot can do that."
MANAGERS_ALONE = "Only those who manage this server can do that."


def joined(served: Served, name: str, *, manages: bool, user: object = None) -> SimulatedUser:
    """Somebody who joins the server; `user` is somebody known already."""
    guild = served.admin.channel.guild
    assert guild is not None
    permissions = MANAGE_GUILD if manages else None
    return served.discord.person(guild.add_member(name, permissions=permissions, user=user))  # type: ignore[arg-type]


def failed_run(database: Database, reason: str) -> None:
    now = datetime.now(UTC)
    with database.writer() as session:
        session.add(
            RefreshRun(
                action=RunAction.REFRESH,
                started_by="schedule",
                started_at=now,
                finished_at=now,
                outcome=RunOutcome.FAILED,
                error=reason,
                generated=False,
                counts={},
                seconds={},
            )
        )


class TestAnAdminWhoDoesNotOwnTheBot:
    async def test_neither_starts_nor_forces_a_refresh(self, serve: Serve, empty_store: Database) -> None:
        served = await serve(empty_store)
        other = joined(served, "Eva", manages=True)
        for options in ({}, {"force": True}):
            reply = await other.ask("/admin refresh", **options)
            assert (reply.content, reply.ephemeral) == (OWNERS_ALONE, True)
        assert served.refresher.job is None
        assert "Nothing yet." in shown(await other.ask("/admin audit"))

    async def test_does_not_stop_one(self, serve: Serve, empty_store: Database) -> None:
        served = await serve(empty_store)
        other = joined(served, "Eva", manages=True)
        reply = await served.admin.slash("/admin refresh")
        assert reply.message is not None
        refusal = await other.click(reply.message, "Stop the refresh")
        assert (refusal.content, refusal.ephemeral) == (OWNERS_ALONE, True)
        assert served.refresher.running is not None

    async def test_sees_the_state_of_the_data_without_the_reasons_of_failures(
        self, serve: Serve, own_store: Database
    ) -> None:
        served = await serve(own_store)
        failed_run(own_store, f"{own_store.file.parent}/games.json is cut off.")
        other = joined(served, "Eva", manages=True)
        reply = await other.ask("/admin status")
        assert "**failed**" in reply.text
        assert "games.json" not in reply.text

    async def test_has_the_settings_and_the_audit_of_the_server(
        self, serve: Serve, empty_store: Database
    ) -> None:
        served = await serve(empty_store)
        other = joined(served, "Eva", manages=True)
        await other.ask("/settings language", language="es")
        assert "set the language" in shown(await other.ask("/admin audit"))

    async def test_is_not_told_what_whoever_runs_the_bot_did_on_the_machine(
        self, serve: Serve, empty_store: Database
    ) -> None:
        with empty_store.user_data.writer() as session:
            user_data.add_audit_line(session, discord_id=None, action=user_data.END_LINKS, detail="some_body")
        served = await serve(empty_store)
        other = joined(served, "Eva", manages=True)
        assert "Nothing yet." in shown(await other.ask("/admin audit"))
        said = shown(await served.admin.ask("/admin audit"))
        assert "whoever runs this bot" in said
        assert "**ended the links that nobody proved to the player**" in said
        assert "some\\_body" in said

    async def test_is_not_shown_in_help_what_others_may(self, serve: Serve, empty_store: Database) -> None:
        served = await serve(empty_store)
        other = joined(served, "Eva", manages=True)
        listed = (await other.ask("/help")).embeds[0]["description"]
        assert "</admin status:" in listed
        assert "</admin refresh:" not in listed


class TestAnOwnerWhoManagesNoServer:
    async def test_refreshes_and_stops_where_discord_offers_it(
        self, serve: Serve, empty_store: Database
    ) -> None:
        served = await serve(empty_store)
        elsewhere = served.discord.add_guild("Another server")
        served.discord.install(served.application, elsewhere)
        owner = served.discord.person(elsewhere.add_member("Root", user=served.application.owner))
        with pytest.raises(CommandNotPermitted):
            await owner.slash("/admin refresh")
        reply = await forced(owner, served, "refresh")
        assert "Started by" in shown(reply)
        await owner.click(reply, "Stop the refresh")
        while "was stopped" not in shown(reply):
            await reply.changed()

    async def test_has_neither_the_settings_nor_the_audit_of_the_server(
        self, serve: Serve, empty_store: Database
    ) -> None:
        served = await serve(empty_store)
        elsewhere = served.discord.add_guild("Another server")
        served.discord.install(served.application, elsewhere)
        owner = served.discord.person(elsewhere.add_member("Root", user=served.application.owner))
        for subcommand in ("audit", "status"):
            assert (await forced(owner, served, subcommand)).content == MANAGERS_ALONE


async def test_in_direct_messages_nobody_looks_after_the_data(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    channel = served.discord.world.dm_channel(served.admin.user, served.application.user)
    alone = SimulatedUser(served.discord, served.admin.user, channel)
    reply = await forced(alone, served, "refresh")
    assert (reply.content, reply.ephemeral) == ("That works only in a server.", True)
    assert served.refresher.job is None


@pytest.mark.parametrize(
    ("role", "accepted", "may"),
    [("admin", True, True), ("developer", True, True), ("read_only", True, False), ("admin", False, False)],
)
async def test_of_a_team_those_are_in_charge_who_could_reset_the_token(
    serve: Serve, empty_store: Database, role: str, accepted: bool, may: bool
) -> None:
    served = await serve(empty_store)
    world = served.discord.world
    founder, member = world.add_user("Founder"), world.add_user("Member of the team")
    served.application.team = world.add_team("Team", TeamMember(founder), TeamMember(member, role, accepted))
    await served.bot.close()
    served = await serve(empty_store, restarting=served)
    assert served.bot.owner_ids == ({founder.id, member.id} if may else {founder.id})
    reply = await joined(served, "Eva", manages=True, user=member).ask("/admin refresh")
    assert (reply.content == OWNERS_ALONE) is not may
    # Whoever the application belonged to before has no say in it.
    assert (await served.admin.ask("/admin refresh")).content == OWNERS_ALONE


async def test_the_setting_names_others_in_place_of_the_applications_owner(
    serve: Serve, empty_store: Database
) -> None:
    served = await serve(empty_store)
    eva = joined(served, "Eva", manages=True)
    await served.bot.close()
    served = await serve(empty_store, restarting=served, owner_ids=[eva.user.id])
    assert (await served.admin.ask("/admin refresh")).content == OWNERS_ALONE
    assert "Started by" in shown(await eva.slash("/admin refresh"))


FAILED = RefreshResult(RunOutcome.FAILED, 1.0, "/srv/next play/data/games.json is cut off.")


async def test_the_reason_of_a_failed_refresh_goes_to_those_in_charge_alone(
    serve: Serve, own_store: Database
) -> None:
    served = await serve(own_store, folders=[Path("/srv/next play/data")])
    await served.admin.ask("/settings reports", channel=served.member.channel)
    await send_failure_notices(served.bot, FAILED)
    channel = served.discord.world.dm_channel(served.application.owner, served.application.user)
    (told,) = served.discord.world.messages_in(channel)
    assert told.content == "**The nightly refresh failed; the old data stay.**\ngames.json is cut off."
    assert served.member.messages[-1].content == "**The nightly refresh failed; the old data stay.**"


async def test_whoever_is_in_charge_and_cannot_be_written_to_keeps_no_server_from_hearing(
    serve: Serve, own_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serve(own_store, owner_ids=[123456789012345678])
    await served.admin.ask("/settings reports", channel=served.member.channel)
    await send_failure_notices(served.bot, FAILED)
    assert "could not be told" in caplog.text
    assert "The nightly refresh failed" in served.member.messages[-1].content
