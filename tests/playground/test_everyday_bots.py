"""What ordinary bots do besides commands, by discord.py: it works, is announced and fits the description."""

import asyncio
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import discord
import pytest

from playground.pytest_plugin import StartClient
from playground.world.permissions import ADMINISTRATOR, MANAGE_MESSAGES
from tests.playground.bots import PIXEL
from tests.playground.conftest import Place
from tests.playground.http.conformance import ApiDescription

ALL_PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)


class Listener(discord.Client):
    """Writes down every event it is told of."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents.all(), guild_ready_timeout=0.1, chunk_guilds_at_startup=False
        )
        self.heard: list[tuple[str, tuple[Any, ...]]] = []
        self._more = asyncio.Event()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        super().dispatch(event, *args, **kwargs)
        self.heard.append((event, args))
        self._more.set()

    async def hears(self, event: str) -> tuple[Any, ...]:
        """The arguments of the next event of this name, or of one that has come already."""
        async with asyncio.timeout(5):
            while True:
                for position, (name, arguments) in enumerate(self.heard):
                    if name == event:
                        del self.heard[position]
                        return arguments
                self._more.clear()
                await self._more.wait()


@pytest.fixture
async def listener(place: Place, start_client: StartClient) -> Listener:
    """A bot that may do everything and hears everything, in the place instead of the one without a client."""
    place.application.privileged_intents = ALL_PRIVILEGED
    place.discord.world.uninstall(place.application, place.guild)
    place.discord.install(place.application, place.guild, permissions=ADMINISTRATOR)
    place.discord.limits.enforced = False
    client = Listener()
    await start_client(client, place.application)
    await client.wait_until_ready()
    return client


@pytest.fixture
async def guild(listener: Listener, place: Place) -> discord.Guild:
    found = listener.get_guild(place.guild.id)
    assert found is not None
    return found


@pytest.fixture
async def channel(guild: discord.Guild) -> discord.TextChannel:
    return guild.text_channels[0]


@pytest.fixture(scope="session")
def described(request: pytest.FixtureRequest) -> ApiDescription | None:
    """Discord's description, where the machine has it."""
    try:
        return ApiDescription(request.getfixturevalue("discord_api"))
    except pytest.skip.Exception:
        return None


@pytest.fixture(autouse=True)
def conforming(described: ApiDescription | None, place: Place) -> Iterator[None]:
    """Every exchange of every test fits the description."""
    yield
    if described is not None:
        exchanges = place.discord.recorder.exchanges
        problems = {problem for exchange in exchanges for problem in described.problems(exchange)}
        assert not problems, "\n".join(sorted(problems))


async def test_channels_are_made_changed_and_deleted(guild: discord.Guild, listener: Listener) -> None:
    category = await guild.create_category("Talk")
    made = await guild.create_text_channel("news", category=category, topic="All that is new")
    (heard,) = await listener.hears("guild_channel_create")
    assert heard.name == "Talk"
    await made.edit(name="old-news", slowmode_delay=5)
    _, after = await listener.hears("guild_channel_update")
    assert (after.name, after.slowmode_delay, after.category_id) == ("old-news", 5, category.id)
    await made.set_permissions(guild.default_role, send_messages=False)
    await made.set_permissions(guild.default_role, overwrite=None)
    await made.delete()
    assert (await listener.hears("guild_channel_delete"))[0].id == made.id
    assert {one.name for one in await guild.fetch_channels()} == {"general", "Talk"}


async def test_roles_are_made_given_taken_and_deleted(
    guild: discord.Guild, listener: Listener, place: Place
) -> None:
    role = await guild.create_role(name="Regular", mentionable=True)
    await listener.hears("guild_role_create")
    member = await guild.fetch_member(place.ana.id)
    await member.add_roles(role)
    _, after = await listener.hears("member_update")
    assert role.id in [held.id for held in after.roles]
    await member.remove_roles(role)
    await role.edit(name="Guest")
    assert [one.name for one in await guild.fetch_roles() if one.id == role.id] == ["Guest"]
    await role.delete()
    assert (await listener.hears("guild_role_delete"))[0].id == role.id
    own = guild.me.roles[-1]
    assert own.is_bot_managed()
    assert own.tags is not None
    assert own.tags.bot_id == guild.me.id


async def test_members_are_renamed_silenced_and_put_out(
    guild: discord.Guild, listener: Listener, place: Place
) -> None:
    member = await guild.fetch_member(place.ana.id)
    changed = await member.edit(nick="Annie")
    assert changed is not None
    assert changed.nick == "Annie"
    await member.timeout(timedelta(minutes=5))
    assert place.ana.timeout_until is not None
    ben = place.guild.add_member("Ben")
    assert (await listener.hears("member_join"))[0].id == ben.id
    await guild.kick(discord.Object(ben.id))
    assert (await listener.hears("member_remove"))[0].id == ben.id
    await guild.ban(discord.Object(member.id), reason="tests")
    assert (await listener.hears("member_ban"))[1].id == member.id
    assert [(ban.user.id, ban.reason) async for ban in guild.bans()] == [(member.id, "tests")]
    await guild.unban(discord.Object(member.id))
    assert [ban async for ban in guild.bans()] == []


async def test_members_are_listed_and_searched_in_parts(guild: discord.Guild, place: Place) -> None:
    for number in range(7):
        place.guild.add_member(f"Person {number}")
    listed = [member.id async for member in guild.fetch_members(limit=None)]
    assert sorted(place.guild.members) == sorted(listed)
    assert len(await guild.query_members("Person", limit=3)) == 3


async def test_people_who_come_go_and_are_given_roles_are_announced(listener: Listener, place: Place) -> None:
    ben, role = place.guild.add_member("Ben"), place.guild.add_role("VIP")
    ben.give(role)
    _, after = await listener.hears("member_update")
    assert role.id in [held.id for held in after.roles]
    place.guild.remove_member(ben)
    assert (await listener.hears("member_remove"))[0].id == ben.id


async def test_reactions_of_people_and_bots_are_counted_and_announced(
    channel: discord.TextChannel, listener: Listener, place: Place
) -> None:
    message = await channel.send("rate this")
    await message.add_reaction("👍")
    place.person.react(place.person.messages[-1], "👍")
    place.person.react(place.person.messages[-1], "1️⃣")
    reaction, who = await listener.hears("reaction_add")
    assert (str(reaction.emoji), who.id) in {("👍", listener.application_id), ("👍", place.ana.id)}
    fetched = await channel.fetch_message(message.id)
    assert [(str(one.emoji), one.count, one.me) for one in fetched.reactions] == [
        ("👍", 2, True),
        ("1️⃣", 1, False),
    ]
    assert {user.id async for user in fetched.reactions[0].users()} == {place.ana.id, listener.application_id}
    await message.remove_reaction("👍", discord.Object(place.ana.id))
    place.person.unreact(place.person.messages[-1], "1️⃣")
    await listener.hears("reaction_remove")
    await message.clear_reaction("👍")
    await message.clear_reactions()
    assert (await channel.fetch_message(message.id)).reactions == []


async def test_messages_are_pinned_and_unpinned(channel: discord.TextChannel, listener: Listener) -> None:
    message = await channel.send("remember")
    await message.pin()
    await listener.hears("guild_channel_pins_update")
    assert [one.id async for one in channel.pins()] == [message.id]
    (notice,) = [one async for one in channel.history(limit=1)]
    assert notice.type is discord.MessageType.pins_add
    await message.unpin()
    assert [one async for one in channel.pins()] == []


async def test_threads_are_opened_joined_archived_and_found(
    channel: discord.TextChannel, listener: Listener, place: Place
) -> None:
    message = await channel.send("begin here")
    thread = await message.create_thread(name="Details")
    assert thread.id == message.id
    await listener.hears("thread_create")
    await thread.send("first")
    await thread.add_user(discord.Object(place.ana.id))
    assert {member.id for member in await thread.fetch_members()} == {place.ana.id, listener.application_id}
    await thread.leave()
    await thread.join()
    await thread.remove_user(discord.Object(place.ana.id))
    private = await channel.create_thread(name="Quiet", type=discord.ChannelType.private_thread)
    await private.edit(archived=True)
    assert [one.id async for one in channel.archived_threads(private=True)] == [private.id]
    assert [one.id for one in await channel.guild.active_threads()] == [thread.id]
    await thread.delete()
    assert (await listener.hears("thread_delete"))[0].id == thread.id


async def test_a_forum_post_is_a_thread_with_its_message(guild: discord.Guild) -> None:
    forum = await guild.create_forum("Questions")
    thread, message = await forum.create_thread(name="How?", content="Tell me")
    assert (thread.parent_id, message.content) == (forum.id, "Tell me")


async def test_webhooks_post_edit_and_delete_under_their_own_name(
    channel: discord.TextChannel, place: Place
) -> None:
    webhook = await channel.create_webhook(name="News")
    message = await webhook.send(
        "hello", username="Reporter", wait=True, file=discord.File(io.BytesIO(PIXEL), "a.png")
    )
    assert (message.author.name, message.webhook_id) == ("Reporter", webhook.id)
    await webhook.edit_message(message.id, content="changed")
    assert (await webhook.fetch_message(message.id)).content == "changed"
    await webhook.delete_message(message.id)
    assert [one.name for one in await channel.webhooks()] == ["News"]
    await webhook.edit(name="Later")
    await webhook.delete()
    assert await channel.webhooks() == []
    assert place.person.messages == []


async def test_a_poll_is_voted_in_and_ends(
    channel: discord.TextChannel, listener: Listener, place: Place
) -> None:
    poll = discord.Poll("Tea?", duration=timedelta(hours=1))
    poll.add_answer(text="Yes", emoji="🍵")
    poll.add_answer(text="No")
    message = await channel.send(poll=poll)
    shown = place.person.messages[-1]
    place.person.vote(shown, "Yes")
    place.person.vote(shown, "No")
    assert (await listener.hears("poll_vote_add"))[0].id == place.ana.id
    assert (await listener.hears("poll_vote_remove"))[0].id == place.ana.id
    fetched = (await channel.fetch_message(message.id)).poll
    assert fetched is not None
    assert [answer.vote_count for answer in fetched.answers] == [0, 1]
    assert [user.id async for user in fetched.answers[1].voters()] == [place.ana.id]
    place.discord.clock.advance(3600)
    ended = (await channel.fetch_message(message.id)).poll
    assert ended is not None
    assert ended.is_finalised()


@pytest.mark.parametrize(("votes", "victor"), [(["No"], "No"), ([], None), (["Yes", "No"], None)])
async def test_a_poll_that_ends_tells_its_result_in_a_message(
    channel: discord.TextChannel, listener: Listener, place: Place, votes: list[str], victor: str | None
) -> None:
    poll = discord.Poll("Tea?", duration=timedelta(hours=1), multiple=True)
    poll.add_answer(text="Yes", emoji="🍵")
    poll.add_answer(text="No", emoji="☕")
    message = await channel.send(poll=poll)
    for answer in votes:
        place.person.vote(place.person.messages[-1], answer)
    await message.end_poll()
    while (told := (await listener.hears("message"))[0]).type is not discord.MessageType.poll_result:
        pass
    fields = {field.name: field.value for field in told.embeds[0].fields}
    assert told.reference.message_id == message.id
    assert told.author == message.author
    assert (fields["poll_question_text"], fields["total_votes"]) == ("Tea?", str(len(votes)))
    assert fields.get("victor_answer_text") == victor
    assert fields.get("victor_answer_emoji_name") == (None if victor is None else "☕")


async def test_a_forward_keeps_what_it_forwards(
    guild: discord.Guild, channel: discord.TextChannel, place: Place
) -> None:
    other = await guild.create_text_channel("other")
    place.person.say("worth reading")
    message = await channel.fetch_message(place.person.messages[-1].id)
    forwarded = await message.forward(other)
    assert forwarded.message_snapshots[0].content == "worth reading"
    assert forwarded.content == ""


async def test_people_edit_and_delete_their_messages(
    channel: discord.TextChannel, listener: Listener, place: Place
) -> None:
    said = place.person.say("helo", files=[("a.txt", b"x")])
    await listener.hears("message")
    place.person.edit(said, "hello")
    _, after = await listener.hears("message_edit")
    assert (after.content, [file.filename for file in after.attachments]) == ("hello", ["a.txt"])
    place.person.start_typing()
    await listener.hears("typing")
    place.person.delete(said)
    assert (await listener.hears("message_delete"))[0].content == "hello"
    assert len(place.discord.messages.attachments) == 0


async def test_many_messages_are_deleted_in_one_event(
    channel: discord.TextChannel, listener: Listener, place: Place
) -> None:
    for number in range(3):
        place.person.say(f"{number}")
    assert len(await channel.purge(limit=3)) == 3
    assert len((await listener.hears("raw_bulk_message_delete"))[0].message_ids) == 3


async def test_embeds_are_hidden_by_whoever_may_manage_messages(
    channel: discord.TextChannel, place: Place
) -> None:
    message = await channel.send(embed=discord.Embed(title="T"))
    edited = await message.edit(suppress=True)
    assert (edited.flags.suppress_embeds, edited.embeds) == (True, [])
    theirs = place.person.say("mine")
    await (await channel.fetch_message(theirs.id)).edit(suppress=True)
    assert theirs.flags & 4
    assert place.person.member is not None
    assert not place.person.member.permissions & MANAGE_MESSAGES


async def test_invites_emojis_and_names_are_changed(guild: discord.Guild, listener: Listener) -> None:
    invite = await guild.text_channels[0].create_invite(max_age=60)
    await listener.hears("invite_create")
    assert [one.code for one in await guild.invites()] == [invite.code]
    assert (await listener.fetch_invite(invite.code)).approximate_member_count == 3
    await invite.delete()
    emoji = await guild.create_custom_emoji(name="party", image=PIXEL)
    await listener.hears("guild_emojis_update")
    assert [one.id for one in await guild.fetch_emojis()] == [emoji.id]
    await emoji.delete()
    own = await listener.create_application_emoji(name="mine", image=PIXEL)
    assert [one.id for one in await listener.fetch_application_emojis()] == [own.id]
    await guild.edit(name="Another name")
    await listener.hears("guild_update")
    await guild.me.edit(nick="Robot")
    fetched = await listener.fetch_guild(guild.id, with_counts=True)
    assert (fetched.name, fetched.approximate_member_count) == ("Another name", 3)


async def test_a_bot_that_leaves_is_told_so(guild: discord.Guild, listener: Listener) -> None:
    await guild.leave()
    assert (await listener.hears("guild_remove"))[0].id == guild.id
    assert [one async for one in listener.fetch_guilds()] == []
