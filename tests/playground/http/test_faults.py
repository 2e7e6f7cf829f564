"""Everything that goes wrong between a bot and Discord, with an unmodified client on the other side."""

import asyncio
import logging
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest
from discord import app_commands

from playground import LocalDiscord, point_client
from playground.pytest_plugin import StartClient
from playground.validation.errors import RateLimitScope
from tests.playground.bots import TreeClient
from tests.playground.conftest import Caller, Place


class Waiting(TreeClient):
    """Answers `/wait` when told to."""

    def __init__(self) -> None:
        super().__init__(heartbeat_timeout=0.5)
        self.started = asyncio.Event()
        self.go_on = asyncio.Event()
        self.failed = asyncio.Event()
        self.handled = 0

        @self.tree.command(description="Wait to be told")
        async def wait(interaction: discord.Interaction) -> None:
            self.handled += 1
            self.started.set()
            await self.go_on.wait()
            await interaction.response.send_message("waited")

        @self.tree.command(description="Answer at once")
        async def now(interaction: discord.Interaction) -> None:
            self.handled += 1
            await interaction.response.send_message("now")

    async def _keep_error(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await super()._keep_error(_, error)
        self.failed.set()


@pytest.fixture
async def waiting(place: Place, start_client: StartClient) -> AsyncIterator[Waiting]:
    client = Waiting()
    await start_client(client, place.application)
    await place.person.ready_commands()
    yield client
    client.go_on.set()


async def test_an_answer_that_comes_too_late_is_unknown_to_discord(place: Place, waiting: Waiting) -> None:
    reply = asyncio.create_task(place.person.slash("/wait"))
    await waiting.started.wait()
    place.discord.clock.advance(3.1)
    assert (await reply).failed
    waiting.go_on.set()
    await waiting.failed.wait()
    assert isinstance(waiting.errors[0], discord.NotFound)
    assert waiting.errors[0].code == 10062


@pytest.mark.parametrize("scope", ["user", "global", "shared"])
async def test_a_rate_limited_answer_is_sent_again(
    place: Place, waiting: Waiting, scope: RateLimitScope
) -> None:
    place.discord.faults.rate_limit(0.01, scope=scope, path="/callback", times=2)
    assert (await place.person.slash("/now")).content == "now"
    statuses = [seen.status for seen in place.discord.recorder.exchanges if "callback" in seen.route]
    assert statuses == [429, 429, 204] or statuses == [429, 429, 200]


async def test_a_rate_limit_carries_the_headers_that_clients_read(call: Caller, place: Place) -> None:
    place.discord.faults.rate_limit(1.5, scope="global", path="/users/@me")
    status, body, headers = await call.full("GET", "/users/@me")
    assert (status, body["retry_after"], body["global"]) == (429, 1.5, True)
    assert headers["Via"]
    assert headers["Retry-After"] == "2"
    assert headers["X-RateLimit-Global"] == "true"
    assert headers["X-RateLimit-Scope"] == "global"
    assert (await call("GET", "/users/@me"))[0] == 200


async def test_routes_announce_and_enforce_their_limits(call: Caller, place: Place) -> None:
    path = f"/channels/{place.person.channel.id}/messages"
    remaining = []
    for _ in range(5):
        status, _, headers = await call.full("POST", path, {"content": "x"})
        assert status == 200
        remaining.append(headers["X-RateLimit-Remaining"])
    assert remaining == ["4", "3", "2", "1", "0"]
    status, body, headers = await call.full("POST", path, {"content": "x"})
    assert (status, body["global"], headers["X-RateLimit-Scope"]) == (429, False, "user")
    place.discord.clock.advance(5)
    assert (await call("POST", path, {"content": "x"}))[0] == 200


async def test_a_banned_address_gets_no_json(call: Caller, place: Place) -> None:
    place.discord.faults.ban()
    status, body, headers = await call.full("GET", "/users/@me")
    assert (status, body) == (429, None)
    assert "Via" not in headers


async def test_a_server_error_is_tried_again(place: Place, waiting: Waiting) -> None:
    place.discord.faults.fail(503, path="/callback")
    assert (await place.person.slash("/now")).content == "now"


async def test_a_slow_reply_is_still_a_reply(call: Caller, place: Place) -> None:
    place.discord.faults.slow(0.05, path="/users/@me")
    assert (await call("GET", "/users/@me"))[0] == 200


async def test_a_connection_is_cut_before_or_after_the_request_is_handled(call: Caller, place: Place) -> None:
    path = f"/channels/{place.person.channel.id}/messages"
    for fault, handled in ((place.discord.faults.drop, 0), (place.discord.faults.lose_reply, 1)):
        fault(path="/messages")
        with pytest.raises(aiohttp.ClientError):
            await call("POST", path, {"content": "x"})
        assert len(place.person.messages) == handled


async def test_a_socket_dropped_in_the_middle_is_resumed_without_loss(place: Place, waiting: Waiting) -> None:
    first = asyncio.create_task(place.person.slash("/wait"))
    await waiting.started.wait()
    place.discord.faults.drop_sockets()
    second = asyncio.create_task(place.person.slash("/now"))
    waiting.go_on.set()
    assert (await first).content == "waited"
    assert (await second).content == "now"
    assert waiting.resumed.is_set()
    assert waiting.handled == 2


async def test_a_bot_asked_to_reconnect_resumes(place: Place, waiting: Waiting) -> None:
    place.discord.faults.reconnect()
    await waiting.resumed.wait()
    assert (await place.person.slash("/now")).content == "now"


async def test_a_resumable_invalid_session_is_resumed(place: Place, waiting: Waiting) -> None:
    place.discord.faults.invalidate(resumable=True)
    await waiting.resumed.wait()
    assert (await place.person.slash("/now")).content == "now"


async def test_a_half_open_socket_is_noticed_and_replaced(place: Place, waiting: Waiting) -> None:
    place.discord.faults.half_open()
    assert (await place.person.slash("/now")).content == "now"
    assert waiting.resumed.is_set()


async def test_late_events_arrive_in_order(place: Place, waiting: Waiting) -> None:
    place.discord.faults.deliver_late(0.05)
    replies = await asyncio.gather(*(place.person.slash("/now") for _ in range(5)))
    assert [reply.content for reply in replies] == ["now"] * 5


async def test_a_wrong_token_fails_the_login(local_discord: LocalDiscord) -> None:
    client = TreeClient()
    with pytest.raises(discord.LoginFailure):
        await client.login("wrong")
    await client.close()


async def test_an_intent_that_is_not_switched_on_ends_the_client(
    place: Place, start_client: StartClient, caplog: pytest.LogCaptureFixture
) -> None:
    intents = discord.Intents.default()
    intents.message_content = True
    caplog.set_level(logging.CRITICAL)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await start_client(discord.Client(intents=intents), place.application)


def test_the_client_points_at_discord_again_afterwards() -> None:
    before = discord.http.Route.BASE
    with point_client(LocalDiscord()):
        assert before != discord.http.Route.BASE
    assert before == discord.http.Route.BASE
    assert str(discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY) == "wss://gateway.discord.gg/"
