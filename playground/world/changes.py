"""What becomes otherwise in a guild, as the gateway names it."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.world.model import Application, Channel, Guild, Json


@dataclass(frozen=True, slots=True)
class Change:
    """One event of the gateway.

    `guild` is where it is (None in direct messages). Only bots that see `channel` are told, where one is
    given, and nobody but the bot `only_for`.
    """

    name: str
    data: Json
    guild: Guild | None
    channel: Channel | None = None
    only_for: Application | None = None


Announce = Callable[[Change], None]
