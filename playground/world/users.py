"""People and bots as Discord's API shows them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


def iso(moment: datetime) -> str:
    """Return a timestamp the way Discord writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(slots=True, eq=False)
class User:
    """A person, or the user account of a bot."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-US"

    @property
    def display_name(self) -> str:
        """The name people see."""
        return self.global_name or self.username

    def to_json(self) -> Json:
        """Return the public user object."""
        body: Json = {
            "id": str(self.id),
            "username": self.username,
            "discriminator": "0000" if self.bot else "0",
            "global_name": self.global_name,
            "avatar": None,
            "public_flags": 0,
            "flags": 0,
            "banner": None,
            "accent_color": None,
            "avatar_decoration_data": None,
            "collectibles": None,
            "primary_guild": None,
        }
        if self.bot:
            body["bot"] = True
        return body
