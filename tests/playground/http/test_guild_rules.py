"""What Discord's documentation says of guilds: who may do what to whom, threads, forums and webhooks."""

from datetime import timedelta
from typing import Any

from playground.world.channels import ANNOUNCEMENT_CHANNEL, FORUM_CHANNEL
from playground.world.permissions import (
    ADMINISTRATOR,
    BAN_MEMBERS,
    DEFAULT_MEMBER,
    KICK_MEMBERS,
    MANAGE_CHANNELS,
    MANAGE_ROLES,
    MANAGE_THREADS,
    MANAGE_WEBHOOKS,
    MODERATE_MEMBERS,
    READ_MESSAGE_HISTORY,
    VIEW_CHANNEL,
)
from tests.playground.conftest import Caller, Place
from tests.playground.http.test_messages_api import post

MEMBERS_INTENT = 1 << 1


def allow_bot(place: Place, permissions: int) -> None:
    """Give the bot a role of its own, above what there is."""
    member = place.guild.members[place.application.user.id]
    role = place.guild.add_role("Bot", permissions)
    role.position = 50
    member.roles.append(role)


async def open_thread(call: Caller, place: Place, **more: Any) -> str:
    path = f"/channels/{place.person.channel.id}/threads"
    _, thread = await call("POST", path, {"name": "t", "type": 11, **more})
    return str(thread["id"])


async def test_only_bots_with_the_intent_list_members(call: Caller, place: Place) -> None:
    # "List Guild Members" and "List Thread Members".
    thread = await open_thread(call, place)
    lists = (f"/guilds/{place.guild.id}/members", f"/channels/{thread}/thread-members")
    assert [(await call("GET", path))[1]["code"] for path in lists] == [50001, 50001]
    place.application.privileged_intents = MEMBERS_INTENT
    assert [(await call("GET", path))[0] for path in lists] == [200, 200]


async def test_a_bot_grants_no_more_than_it_has(call: Caller, place: Place) -> None:
    # "Create Guild Role", "Edit Channel Permissions", "Create Guild Channel".
    allow_bot(place, DEFAULT_MEMBER | MANAGE_ROLES | MANAGE_CHANNELS)
    roles, channels = (f"/guilds/{place.guild.id}/{kind}" for kind in ("roles", "channels"))
    overwrites = f"/channels/{place.person.channel.id}/permissions/{place.ana.id}"
    for bits, status in ((KICK_MEMBERS, 403), (VIEW_CHANNEL, 200)):
        text = str(bits)
        assert (await call("POST", roles, {"name": "r", "permissions": text}))[0] == status
        assert ((await call("PUT", overwrites, {"type": 1, "deny": text}))[0] == 403) == (status == 403)
        entry = {"id": str(place.ana.id), "type": 1, "allow": text}
        made = await call("POST", channels, {"name": "c", "permission_overwrites": [entry]})
        assert (made[0] == 403) == (status == 403)


async def test_roles_are_given_only_from_below_and_never_those_of_bots(call: Caller, place: Place) -> None:
    # Permissions, "Permission Hierarchy".
    allow_bot(place, DEFAULT_MEMBER | MANAGE_ROLES)
    above, below = place.guild.add_role("Above"), place.guild.add_role("Below")
    above.position = 99
    member = f"/guilds/{place.guild.id}/members/{place.ana.id}"
    assert (await call("PATCH", member, {"roles": [str(above.id)]}))[1]["code"] == 50013
    assert (await call("PUT", f"{member}/roles/{place.guild.id}"))[1]["code"] == 50028
    assert (await call("PATCH", member, {"roles": [str(below.id)]}))[1]["roles"] == [str(below.id)]
    order = [{"id": str(above.id), "position": 1}]
    assert (await call("PATCH", f"/guilds/{place.guild.id}/roles", order))[1]["code"] == 50013


async def test_somebody_in_a_timeout_only_reads(call: Caller, place: Place) -> None:
    # Permissions, "Permissions for Timed Out Members"; "Modify Guild Member" for administrators.
    allow_bot(place, DEFAULT_MEMBER | MODERATE_MEMBERS)
    member = f"/guilds/{place.guild.id}/members/{place.ana.id}"
    until = (place.discord.clock.datetime() + timedelta(minutes=5)).isoformat()
    assert (await call("PATCH", member, {"communication_disabled_until": until}))[0] == 200
    assert place.ana.permissions_in(place.person.channel) == VIEW_CHANNEL | READ_MESSAGE_HISTORY
    place.discord.clock.advance(301)
    assert place.ana.permissions_in(place.person.channel) == DEFAULT_MEMBER
    admin = place.guild.add_member("Admin", permissions=ADMINISTRATOR)
    admin.roles[0].position = 2
    body = {
        "communication_disabled_until": (place.discord.clock.datetime() + timedelta(minutes=5)).isoformat()
    }
    assert (await call("PATCH", f"/guilds/{place.guild.id}/members/{admin.id}", body))[1]["code"] == 50013
    assert (await call("PATCH", member, {"mute": True}))[1]["code"] == 40032


async def test_a_ban_takes_away_what_was_said_lately(call: Caller, place: Place) -> None:
    # "Create Guild Ban": delete_message_seconds.
    allow_bot(place, DEFAULT_MEMBER | BAN_MEMBERS)
    place.person.say("long ago")
    place.discord.clock.advance(7200)
    place.person.say("just now")
    await call("PUT", f"/guilds/{place.guild.id}/bans/{place.ana.id}", {"delete_message_seconds": 3600})
    assert [m.content for m in place.discord.world.messages_in(place.person.channel)] == ["long ago"]


async def test_threads_are_of_the_kinds_of_their_channel(call: Caller, place: Place) -> None:
    # Channel resource, "Channel Types" and "Start Thread from Message".
    news = place.guild.add_channel("news", kind=ANNOUNCEMENT_CHANNEL)
    for channel, kind, status in ((place.person.channel, 10, 400), (news, 11, 400), (news, 10, 201)):
        assert (await call("POST", f"/channels/{channel.id}/threads", {"name": "t", "type": kind}))[
            0
        ] == status
    thread = await open_thread(call, place)
    assert (await call("POST", f"/channels/{thread}/threads", {"name": "t"}))[1]["code"] == 50024
    permissions = f"/channels/{thread}/permissions/{place.ana.id}"
    allow_bot(place, ADMINISTRATOR)
    assert (await call("PUT", permissions, {"type": 1}))[1]["code"] == 50024


async def test_an_archived_thread_is_read_only_and_a_locked_one_closed(call: Caller, place: Place) -> None:
    # "JSON Error Codes": 50083 and 160005.
    thread = await open_thread(call, place)
    _, message = await call("POST", f"/channels/{thread}/messages", {"content": "x"})
    one = f"/channels/{thread}/messages/{message['id']}"
    await call("PATCH", f"/channels/{thread}", {"archived": True, "locked": True})
    for method, path in (
        ("PATCH", one),
        ("PUT", f"{one}/reactions/%F0%9F%8E%89/@me"),
        ("PUT", f"/channels/{thread}/thread-members/@me"),
    ):
        assert (await call(method, path, {"content": "y"}))[1]["code"] == 50083
    assert (await call("POST", f"/channels/{thread}/messages", {"content": "y"}))[1]["code"] == 160005
    allow_bot(place, DEFAULT_MEMBER | MANAGE_THREADS)
    assert (await call("POST", f"/channels/{thread}/messages", {"content": "y"}))[0] == 200


async def test_archived_threads_are_listed_in_parts_the_latest_first(call: Caller, place: Place) -> None:
    # "List Public Archived Threads".
    threads = []
    for _ in range(3):
        threads.append(await open_thread(call, place))
        place.discord.clock.advance(1)
        await call("PATCH", f"/channels/{threads[-1]}", {"archived": True})
    path = f"/channels/{place.person.channel.id}/threads/archived/public"
    _, first = await call("GET", path, params={"limit": 2})
    assert ([one["id"] for one in first["threads"]], first["has_more"]) == (threads[:0:-1], True)
    last = first["threads"][-1]["thread_metadata"]["archive_timestamp"]
    _, rest = await call("GET", path, params={"limit": 2, "before": last})
    assert ([one["id"] for one in rest["threads"]], rest["has_more"]) == (threads[:1], False)


async def test_a_forum_has_tags_and_may_ask_for_one(call: Caller, place: Place) -> None:
    # Channel resource, "Forum Tag Object" and "Channel Flags".
    allow_bot(place, DEFAULT_MEMBER | MANAGE_CHANNELS)
    body = {"name": "f", "type": FORUM_CHANNEL, "flags": 1 << 4}
    path = f"/guilds/{place.guild.id}/channels"
    twice = {**body, "available_tags": [{"name": "a"}, {"name": "a"}]}
    assert (await call("POST", path, twice))[1]["code"] == 40061
    many = {**body, "available_tags": [{"name": f"{n}"} for n in range(21)]}
    assert (await call("POST", path, many))[1]["code"] == 30048
    _, forum = await call("POST", path, {**body, "available_tags": [{"name": "a"}]})
    tag = forum["available_tags"][0]["id"]
    post_in = f"/channels/{forum['id']}/threads"
    first = {"name": "p", "message": {"content": "x"}}
    assert (await call("POST", post_in, first))[1]["code"] == 40067
    assert (await call("POST", post_in, {**first, "applied_tags": ["1"]}))[1]["code"] == 50035
    _, made = await call("POST", post_in, {**first, "applied_tags": [tag]})
    assert made["applied_tags"] == [tag]
    assert made["message"]["id"] == made["last_message_id"] == made["id"]


async def test_a_webhook_names_the_post_it_writes_in_forums(call: Caller, place: Place) -> None:
    # "Execute Webhook"; its default is to mention users only, "Default Settings for Allowed Mentions".
    allow_bot(place, DEFAULT_MEMBER | MANAGE_WEBHOOKS)
    forum = place.guild.add_channel("forum", kind=FORUM_CHANNEL)
    _, hook = await call("POST", f"/channels/{forum.id}/webhooks", {"name": "News"})
    path, said = f"/webhooks/{hook['id']}/{hook['token']}?wait=true", {"content": "@everyone"}
    assert (await call("POST", path, said))[1]["code"] == 220001
    _, message = await call("POST", path, {**said, "thread_name": "p"})
    assert not message["mention_everyone"]
    inside = f"{path}&thread_id={message['channel_id']}"
    assert (await call("POST", inside, {**said, "thread_name": "p"}))[1]["code"] == 220002
    assert (await call("POST", inside, said))[1]["channel_id"] == message["channel_id"]
    _, hook = await call("POST", f"/channels/{place.person.channel.id}/webhooks", {"name": "News"})
    path = f"/webhooks/{hook['id']}/{hook['token']}"
    assert (await call("POST", path, {**said, "thread_name": "p"}))[1]["code"] == 220003


async def test_so_many_and_no_more(call: Caller, place: Place) -> None:
    # "JSON Error Codes": the maxima of a guild.
    allow_bot(place, ADMINISTRATOR)
    for _ in range(500 - len(place.guild.channels)):
        place.guild.add_channel("c")
    path = f"/guilds/{place.guild.id}"
    assert (await call("POST", f"{path}/channels", {"name": "c"}))[1]["code"] == 30013
    for _ in range(250 - len(place.guild.roles)):
        place.guild.add_role("r")
    assert (await call("POST", f"{path}/roles", {"name": "r"}))[1]["code"] == 30005
    assert (await post(call, place, {"content": "still here"}))[0] == 200
