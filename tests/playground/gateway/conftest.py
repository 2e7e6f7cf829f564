"""Plain websockets to the gateway."""

import json
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from playground.world.model import Application
from tests.playground.conftest import Place

Connect = Callable[..., Awaitable["Client"]]


class Client:
    """One raw connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.inflate = zlib.decompressobj()

    async def send(self, op: int, data: Any) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def receive(self) -> dict[str, Any]:
        message = await self.socket.receive(timeout=5)
        if message.type is aiohttp.WSMsgType.BINARY:
            return dict(json.loads(self.inflate.decompress(message.data)))
        assert message.type is aiohttp.WSMsgType.TEXT, message
        return dict(json.loads(message.data))

    async def event(self, name: str) -> dict[str, Any]:
        while True:
            payload = await self.receive()
            if payload["t"] == name:
                return payload

    async def closed_with(self) -> int | None:
        while True:
            message = await self.socket.receive(timeout=5)
            if message.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                return self.socket.close_code

    async def identify(self, application: Application, **more: Any) -> dict[str, Any]:
        await self.send(2, {"token": application.token, "properties": {}, "intents": 513, **more})
        return await self.event("READY")


@pytest.fixture
async def connect(place: Place) -> AsyncIterator[Connect]:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())

        async def open_socket(query: str = "?v=10&encoding=json") -> Client:
            socket = await stack.enter_async_context(session.ws_connect(place.discord.gateway_url + query))
            client = Client(socket)
            hello = await client.receive()
            assert hello["op"] == 10
            return client

        yield open_socket
