"""The gateway over plain websockets: sessions, heartbeats, resuming, and the codes it closes with."""

import json
from typing import Any

import aiohttp
import pytest

from playground import LocalDiscord
from playground.gateway.sessions import RESUMABLE_SECONDS
from tests.playground.conftest import Place
from tests.playground.gateway.conftest import Client, Connect

HEARTBEAT_SECONDS = 0.2


async def test_an_identified_bot_is_told_itself_and_its_servers(connect: Connect, place: Place) -> None:
    client = await connect()
    ready = (await client.identify(place.application))["d"]
    assert ready["user"]["id"] == str(place.application.user.id)
    assert ready["guilds"] == [{"id": str(place.guild.id), "unavailable": True}]
    guild = (await client.event("GUILD_CREATE"))["d"]
    assert [channel["name"] for channel in guild["channels"]] == ["general"]
    assert [member["user"]["id"] for member in guild["members"]] == [str(place.application.user.id)]


async def test_a_heartbeat_is_acknowledged(connect: Connect) -> None:
    client = await connect()
    await client.send(1, None)
    assert (await client.receive())["op"] == 11


async def test_compressed_streams_carry_the_same_events(connect: Connect, place: Place) -> None:
    client = await connect("?v=10&encoding=json&compress=zlib-stream")
    await client.identify(place.application)
    assert (await client.event("GUILD_CREATE"))["d"]["name"] == "Sample server"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"op": 99, "d": None}, 4001),
        ("{", 4002),
        ({"d": 1}, 4002),
        ({"op": 1, "d": "x" * 5000}, 4002),
        ({"op": 3, "d": {}}, 4003),
        ({"op": 2, "d": {"token": "wrong", "properties": {}, "intents": 0}}, 4004),
        ({"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 1}}, 4004),
        ({"op": 2, "d": {"properties": {}, "intents": 1 << 40}}, 4013),
        ({"op": 2, "d": {"properties": {}}}, 4013),
        ({"op": 2, "d": {"properties": {}, "intents": 1 << 15}}, 4014),
        ({"op": 2, "d": {"properties": {}, "intents": 1 << 1}}, 4014),
        ({"op": 2, "d": {"properties": {}, "intents": True}}, 4013),
        ({"op": 2, "d": {"properties": {}, "intents": 1, "shard": [2, 2]}}, 4010),
        ({"op": True, "d": None}, 4002),
        ({"op": 2, "d": {"properties": {}, "intents": 1, "presence": {"status": "away"}}}, 4001),
    ],
)
async def test_what_a_bot_does_wrong_decides_the_close_code(
    connect: Connect, place: Place, message: Any, code: int
) -> None:
    client = await connect()
    if isinstance(message, dict) and message.get("op") == 2:
        message["d"].setdefault("token", place.application.token)
    await client.socket.send_str(message if isinstance(message, str) else json.dumps(message))
    assert await client.closed_with() == code


async def test_privileged_intents_are_accepted_where_switched_on(connect: Connect, place: Place) -> None:
    place.application.privileged_intents = (1 << 1) | (1 << 15)
    client = await connect()
    await client.identify(place.application, intents=1 | (1 << 1) | (1 << 15))
    guild = (await client.event("GUILD_CREATE"))["d"]
    assert len(guild["members"]) == guild["member_count"] == 3


async def test_json_in_binary_frames_is_read(connect: Connect, place: Place) -> None:
    client = await connect()
    identify = {"token": place.application.token, "properties": {}, "intents": 1, "shard": None}
    await client.socket.send_bytes(json.dumps({"op": 2, "d": identify}).encode())
    assert (await client.event("READY"))["d"]["shard"] == [0, 1]


@pytest.mark.parametrize("query", ["?v=10&encoding=etf", "?v=10&encoding=json&compress=zstd-stream"])
async def test_what_is_not_spoken_is_refused_at_once_and_said(place: Place, query: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(place.discord.gateway_url + query) as socket,
    ):
        await socket.receive(timeout=5)
        assert socket.close_code == 4002
    assert "is not served here" in place.discord.transcript()


async def test_a_second_identify_within_five_seconds_is_sent_away(connect: Connect, place: Place) -> None:
    # Gateway, "Rate Limiting": more than max_concurrency in five seconds is answered by Invalid Session.
    await (await connect()).identify(place.application)
    identify = {"token": place.application.token, "properties": {}, "intents": 1}
    client = await connect()
    await client.send(2, identify)
    payload = await client.receive()
    assert (payload["op"], payload["d"]) == (9, False)
    place.discord.clock.advance(5)
    await client.send(2, identify)
    await client.event("READY")


async def test_a_session_that_waited_too_long_cannot_be_resumed(connect: Connect, place: Place) -> None:
    client = await connect()
    ready = (await client.identify(place.application))["d"]
    place.discord.faults.drop_sockets()
    await client.closed_with()
    place.discord.clock.advance(RESUMABLE_SECONDS + 1)
    again = await connect()
    await again.send(6, {"token": place.application.token, "session_id": ready["session_id"], "seq": 1})
    payload = await again.receive()
    assert (payload["op"], payload["d"]) == (9, False)


@pytest.mark.parametrize(
    "presence",
    [
        {"status": "away"},
        {"status": "online", "activities": [{"type": 0}]},
        {"status": "online", "afk": "no"},
        [],
    ],
)
async def test_a_presence_that_makes_no_sense_closes_the_connection(
    connect: Connect, place: Place, presence: Any
) -> None:
    client = await connect()
    await client.identify(place.application)
    await client.send(3, presence)
    assert await client.closed_with() == 4001


async def test_identifying_twice_closes_the_connection(connect: Connect, place: Place) -> None:
    client = await connect()
    await client.identify(place.application)
    await client.send(2, {"token": place.application.token, "properties": {}, "intents": 0})
    assert await client.closed_with() == 4005


async def test_the_code_of_a_close_stays_what_it_was(connect: Connect, place: Place) -> None:
    # "Gateway Close Event Codes"; libraries look for them after they have answered the close.
    client = await connect()
    await client.identify(place.application)
    await client.send(99, {})
    assert await client.closed_with() == 4001
    await client.socket.close()
    assert client.socket.close_code == 4001


async def test_more_than_120_messages_a_minute_close_the_connection(connect: Connect) -> None:
    client = await connect()
    for _ in range(121):
        await client.send(1, None)
    assert await client.closed_with() == 4008


async def test_another_version_of_the_gateway_is_refused(place: Place) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(place.discord.gateway_url + "?v=6") as socket,
    ):
        await socket.receive(timeout=5)
        assert socket.close_code == 4012


async def test_missed_events_are_replayed_in_order_after_a_resume(connect: Connect, place: Place) -> None:
    client = await connect()
    ready = (await client.identify(place.application))["d"]
    last = (await client.event("GUILD_CREATE"))["s"]
    place.discord.faults.drop_sockets()
    for text in ("one", "two", "three"):
        place.person.say(text)
    again = await connect()
    await again.send(6, {"token": place.application.token, "session_id": ready["session_id"], "seq": last})
    payloads = [await again.receive() for _ in range(4)]
    assert [payload["t"] for payload in payloads] == ["MESSAGE_CREATE"] * 3 + ["RESUMED"]
    assert [payload["s"] for payload in payloads] == [last + 1, last + 2, last + 3, last + 4]


async def test_a_session_that_ended_or_never_was_cannot_be_resumed(connect: Connect, place: Place) -> None:
    client = await connect()
    ready = (await client.identify(place.application))["d"]
    await client.socket.close(code=1000)
    for session_id in (ready["session_id"], "unknown"):
        again = await connect()
        await again.send(6, {"token": place.application.token, "session_id": session_id, "seq": 1})
        payload = await again.receive()
        assert (payload["op"], payload["d"]) == (9, False)


async def test_a_resume_from_the_future_closes_the_connection(connect: Connect, place: Place) -> None:
    client = await connect()
    ready = (await client.identify(place.application))["d"]
    place.discord.faults.drop_sockets()
    again = await connect()
    await again.send(6, {"token": place.application.token, "session_id": ready["session_id"], "seq": 999})
    assert await again.closed_with() == 4007


async def test_a_missed_heartbeat_closes_the_connection() -> None:
    async with (
        LocalDiscord(heartbeat_seconds=HEARTBEAT_SECONDS) as discord,
        aiohttp.ClientSession() as session,
        session.ws_connect(discord.gateway_url + "?v=10") as socket,
    ):
        client = Client(socket)
        assert (await client.receive())["d"]["heartbeat_interval"] == 200
        assert await client.closed_with() == 4009


async def test_each_shard_receives_the_events_of_its_servers_only(connect: Connect, place: Place) -> None:
    other = place.guild
    while (other.id >> 22) % 2 == (place.guild.id >> 22) % 2:
        other = place.discord.add_guild("Other server")
    place.discord.install(place.application, other)
    guilds = {(guild.id >> 22) % 2: guild for guild in (place.guild, other)}
    for shard in (0, 1):
        client = await connect()
        place.discord.clock.advance(5)
        ready = (await client.identify(place.application, shard=[shard, 2]))["d"]
        assert ready["shard"] == [shard, 2]
        assert str(guilds[shard].id) in [guild["id"] for guild in ready["guilds"]]
        assert str(guilds[1 - shard].id) not in [guild["id"] for guild in ready["guilds"]]
        place.discord.person(guilds[shard].add_member("Ana")).say(f"to {shard}")
        assert (await client.event("MESSAGE_CREATE"))["d"]["guild_id"] == str(guilds[shard].id)


async def test_texts_of_others_are_blank_without_the_content_intent(connect: Connect, place: Place) -> None:
    client = await connect()
    await client.identify(place.application)
    place.person.say("secret")
    assert (await client.event("MESSAGE_CREATE"))["d"]["content"] == ""
    place.person.say(f"<@{place.application.user.id}> hello")
    assert "hello" in (await client.event("MESSAGE_CREATE"))["d"]["content"]


async def test_a_bot_may_ask_for_members_where_it_has_the_intent(connect: Connect, place: Place) -> None:
    place.application.privileged_intents = 1 << 1
    client = await connect()
    await client.identify(place.application, intents=1 | (1 << 1))
    await client.send(8, {"guild_id": str(place.guild.id), "query": "an", "limit": 0, "nonce": "n"})
    chunk = (await client.event("GUILD_MEMBERS_CHUNK"))["d"]
    assert [member["user"]["username"] for member in chunk["members"]] == ["ana"]
    assert chunk["nonce"] == "n"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", "::"])
def test_addresses_that_others_can_reach_are_refused(host: str) -> None:
    with pytest.raises(ValueError, match="refusing to listen"):
        LocalDiscord(host=host)
    assert LocalDiscord(host=host, allow_remote=True).origin


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_loopback_addresses_are_allowed(host: str) -> None:
    assert LocalDiscord(host=host).origin
