"""Invites: codes that let people into a guild."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.world.model import Channel, Json, User, iso


@dataclass(slots=True, eq=False)
class Invite:
    """An invite to a channel; `seconds` or `max_uses` of 0 are without end."""

    code: str
    channel: Channel
    inviter: User
    created: datetime
    seconds: int = 86_400
    max_uses: int = 0
    temporary: bool = False
    uses: int = 0

    @property
    def expires(self) -> datetime | None:
        """When it ends."""
        return self.created + timedelta(seconds=self.seconds) if self.seconds else None

    def to_json(self) -> Json:
        """Return the invite object with its metadata."""
        guild = self.channel.guild
        assert guild is not None
        return {
            "type": 0,
            "code": self.code,
            "expires_at": None if self.expires is None else iso(self.expires),
            "guild": {
                "id": str(guild.id),
                "name": guild.name,
                "splash": None,
                "banner": None,
                "description": None,
                "icon": None,
                "features": [],
                "verification_level": 0,
                "vanity_url_code": None,
                "nsfw_level": 0,
                "nsfw": False,
                "premium_subscription_count": 0,
                "premium_tier": 0,
            },
            "guild_id": str(guild.id),
            "channel": {
                "id": str(self.channel.id),
                "type": self.channel.type,
                "name": self.channel.name,
            },
            "inviter": self.inviter.to_json(),
            "flags": 0,
            "uses": self.uses,
            "max_uses": self.max_uses,
            "max_age": self.seconds,
            "temporary": self.temporary,
            "created_at": iso(self.created),
        }
