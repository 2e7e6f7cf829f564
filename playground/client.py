"""Pointing an unmodified discord.py client at the playground."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Protocol


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
    close it inside the block. Clients of other libraries are told the addresses in their own way.

    Raises:
        ImportError: discord.py is not installed, or another library goes by its name.
    """
    # The playground serves clients of any library, so it needs none of them itself.
    discord, yarl = import_module("discord"), import_module("yarl")
    route, socket = import_module("discord.http").Route, import_module("discord.gateway").DiscordWebSocket
    if not hasattr(route, "BASE") or not hasattr(socket, "DEFAULT_GATEWAY"):
        raise ImportError(
            f"point_client is for discord.py 2.7; {discord.__title__} is told addresses otherwise"
        )
    before = route.BASE, socket.DEFAULT_GATEWAY, discord.Asset.BASE
    route.BASE = target.api_base
    socket.DEFAULT_GATEWAY = yarl.URL(target.gateway_url)
    discord.Asset.BASE = target.cdn_base
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY, discord.Asset.BASE = before
