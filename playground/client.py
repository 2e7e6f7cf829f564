"""Pointing an unmodified discord.py client at the playground."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import discord.gateway
import discord.http
import yarl


class Addressed(Protocol):
    """Anything that serves Discord's API and gateway, such as a `LocalDiscord`."""

    @property
    def api_base(self) -> str:
        """The address of the HTTP API, version included."""
        ...

    @property
    def gateway_url(self) -> str:
        """The address of the gateway."""
        ...

    @property
    def cdn_base(self) -> str:
        """The address of avatars and other assets."""
        ...


@contextmanager
def point_client(target: Addressed) -> Iterator[None]:
    """Make every discord.py client of this process talk to `target` while the block lasts.

    It sets the three addresses that discord.py 2.7 keeps as class attributes and restores them afterwards.
    A client that is still running when the block ends uses the old addresses from its next request on, so
    close it inside the block.
    """
    route, socket, asset = discord.http.Route, discord.gateway.DiscordWebSocket, discord.Asset
    before = route.BASE, socket.DEFAULT_GATEWAY, asset.BASE
    route.BASE = target.api_base
    socket.DEFAULT_GATEWAY = yarl.URL(target.gateway_url)
    asset.BASE = target.cdn_base
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY, asset.BASE = before
