"""Roles: named sets of permissions in a guild."""

from dataclasses import dataclass
from typing import Protocol

from playground.world.users import Json


class SupportsValue(Protocol):
    """Anything that carries its permission bits in `.value`, as discord.py's Permissions does."""

    @property
    def value(self) -> int:
        """The bits."""
        ...


@dataclass(slots=True, eq=False)
class Role:
    """A named set of permissions in a guild. `bot_id` is the bot that it came with, which alone has it."""

    id: int
    name: str
    permissions: int
    position: int = 0
    color: int = 0
    hoist: bool = False
    mentionable: bool = False
    bot_id: int | None = None

    def to_json(self) -> Json:
        """Return the role object."""
        body: Json = {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": self.color,
            "colors": {"primary_color": self.color, "secondary_color": None, "tertiary_color": None},
            "hoist": self.hoist,
            "managed": self.bot_id is not None,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
            "description": None,
        }
        if self.bot_id is not None:
            body["tags"] = {"bot_id": str(self.bot_id)}
        return body
