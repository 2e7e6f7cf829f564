"""Those in charge of the bot look after the data; nobody else can, whatever Discord shows them."""

import asyncio
import re

import pytest

from commands.admin import refresh_message
from commands.core.services.refresher import RefreshProgress
from playground import CommandNotFound, CommandNotPermitted, Reply, SimulatedUser
from playground.world.interaction import COMMAND
from store import Database
from store.runs import RowChanges, RunOutcome
from tests.bot.conftest import Serve, Served
from tests.store.builder import SmallStore


async def forced(person: SimulatedUser, served: Served, subcommand: str) -> Reply:
    """Send an admin command as `person` although Discord would not offer it."""
    command = served.admin.find(f"/admin {subcommand}").command
    interaction = served.discord.interactions.send(
        COMMAND,
        served.discord.world.applications[served.bot.application_id or 0],
        person.user,
        person.channel,
        {"id": command["id"], "name": "admin", "type": 1, "options": [{"name": subcommand, "type": 1}]},
        label=f"/admin {subcommand}",
    )
    reply = Reply(person.user, interaction, served.discord.transcript)
    return await reply.changed()


@pytest.mark.parametrize("subcommand", ["refresh", "status"])
async def test_members_are_neither_offered_nor_allowed_admin_commands(
    serve: Serve, empty_store: Database, subcommand: str
) -> None:
    served = await serve(empty_store)
    with pytest.raises(CommandNotPermitted):
        await served.member.slash(f"/admin {subcommand}")
    reply = await forced(served.member, served, subcommand)
    who = "run this bot" if subcommand == "refresh" else "manage this server"
    assert (reply.content, reply.ephemeral) == (f"Only those who {who} can do that.", True)
    assert served.refresher.job is None


async def test_admin_commands_are_not_offered_in_direct_messages(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    application = served.discord.world.applications[served.bot.application_id or 0]
    channel = served.discord.world.dm_channel(served.admin.user, application.user)
    alone = SimulatedUser(served.discord, served.admin.user, channel)
    with pytest.raises((CommandNotFound, CommandNotPermitted)):
        alone.find("/admin refresh")
    assert alone.find("/help")


@pytest.fixture
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are edited at once."""
    monkeypatch.setattr(refresh_message, "SECONDS_BETWEEN_EDITS", 0.01)


def shown(reply: Reply) -> str:
    """What the embed of a reply says."""
    described: str = reply.embeds[0]["description"]
    return described


async def test_refresh_says_who_began_it_and_how_it_ended(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    reply = await served.admin.slash("/admin refresh")
    assert f"Started by <@{served.admin.user.id}> <t:" in shown(reply)
    assert "answers stay as they are until it ends" in shown(reply)
    job = served.refresher.job
    assert job is not None
    assert (job.started_by, job.force) == ("discord", False)
    job.end(RunOutcome.APPLIED, changes={"games": RowChanges(3, 1), "reviews": RowChanges()}, neighbours=9)
    await reply.changed()
    for words in (
        "The data are renewed",
        "**games**: 3 new, 1 changed",
        "**reviews**: unchanged",
        "neighbours worked out for 9\xa0games",
        "31.5\xa0s",
    ):
        assert words in shown(reply)
    assert reply.components == []


@pytest.mark.usefixtures("_often")
async def test_refresh_shows_how_far_it_is(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    reply = await served.admin.slash("/admin refresh")
    job = served.refresher.job
    assert job is not None
    job.progress = RefreshProgress("Reading items", rows=1_234_567, share=0.43, seconds_left=12.4)
    while "43%" not in shown(reply):
        await reply.changed()
    assert (
        "**reading libraries\xa0· 43%\xa0· 1,234,567\xa0rows\xa0· this step takes 12\xa0seconds more**"
        in shown(reply)
    )
    job.end(RunOutcome.UNCHANGED)
    while "have not changed" not in shown(reply):
        await reply.changed()


async def test_a_message_is_not_edited_where_nothing_is_new(
    serve: Serve, empty_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh_message, "SECONDS_BETWEEN_EDITS", 0.001)
    served = await serve(empty_store)
    reply = await served.admin.slash("/admin refresh")
    seen = reply.interaction.watch.version
    await asyncio.sleep(0.2)
    assert reply.interaction.watch.version == seen
    assert served.refresher.job is not None
    served.refresher.job.progress = RefreshProgress("Reading items")
    await reply.changed()
    assert "reading libraries" in shown(reply)


async def test_whoever_may_refresh_may_stop_a_refresh(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    reply = await served.admin.slash("/admin refresh")
    assert reply.message is not None
    refusal = await served.member.click(reply.message, "Stop the refresh")
    assert refusal.content == "Only those who run this bot can do that."
    assert refusal.ephemeral
    assert served.refresher.running is not None
    await served.admin.click(reply, "Stop the refresh")
    while "was stopped" not in shown(reply):
        await reply.changed()
    assert served.refresher.running is None
    audit = await served.admin.ask("/admin audit")
    assert "stopped a refresh" in shown(audit)


async def test_force_reaches_the_refresh_and_the_audit(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    await served.admin.slash("/admin refresh", force=True)
    assert served.refresher.job is not None
    assert served.refresher.job.force
    assert "force" in shown(await served.admin.ask("/admin audit"))


@pytest.mark.usefixtures("_often")
async def test_a_refresh_longer_than_discord_takes_edits_ends_without_an_error(
    serve: Serve, empty_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serve(empty_store)
    reply = await served.admin.slash("/admin refresh")
    served.discord.clock.advance(15 * 60 + 1)
    job = served.refresher.job
    assert job is not None
    job.progress = RefreshProgress("Reading items")
    while "could not be told" not in caplog.text:
        assert served.refresher.running is job
        await asyncio.sleep(0.01)
    job.end(RunOutcome.APPLIED)
    assert (await served.admin.ask("/admin status")).embeds
    assert "Started by" in shown(reply)
    assert caplog.text.count("could not be told") == 1


async def test_a_failed_refresh_gives_the_reason(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    reply = await served.admin.slash("/admin refresh")
    assert served.refresher.job is not None
    served.refresher.job.end(RunOutcome.FAILED, "The games file is missing.")
    await reply.changed()
    assert "The refresh failed; the old data stay.\nThe games file is missing." in shown(reply)


async def test_a_second_refresh_is_refused_while_one_runs(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    await served.admin.slash("/admin refresh")
    reply = await served.admin.slash("/admin refresh")
    assert reply.content.startswith("A refresh is running already")
    assert reply.ephemeral


async def test_status_tells_an_admin_alone_what_data_there_are(serve: Serve, sample_store: Database) -> None:
    served = await serve(sample_store)
    await served.admin.slash("/admin refresh")
    reply = await served.admin.ask("/admin status")
    assert reply.ephemeral
    (embed,) = reply.embeds
    assert "refreshed" not in embed["description"]
    assert embed["footer"]["text"].startswith("From generated sample data as of ")
    fields = {field["name"]: field["value"] for field in embed["fields"]}
    assert "from Discord" in fields["Refresh under way"]
    assert "reviews" in fields["Refresh under way"]
    assert fields["Next refresh"] == "none"
    assert "**applied**" in fields["Last refreshes"]


async def test_status_says_that_there_are_no_data_yet(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    reply = await served.admin.ask("/admin status")
    assert reply.embeds[0]["description"].startswith("There are no data yet.")


async def test_help_lists_what_a_person_may_use(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    for person, may in ((served.member, False), (served.admin, True)):
        reply = await person.ask("/help")
        assert reply.ephemeral
        description = reply.embeds[0]["description"]
        assert re.search(r"</recommend:\d+> `game:Portal 2`", description)
        assert ("</admin refresh:" in description) is may


async def test_new_data_are_served_without_a_restart(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    before = await served.member.ask("/developer", name="Valve")
    assert before.content.startswith("There are no data yet")
    with SmallStore(empty_store).fill() as b:
        b.game(400, "Portal", developers=("Valve",), year=2007)
        b.released("Valve", 2007, 1)
    after = await served.member.ask("/developer", name="Valve")
    assert "**2007**\xa0· 1\xa0release" in after.embeds[0]["description"]
