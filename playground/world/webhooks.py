"""Webhooks: addresses that post into a channel under a name of their own."""

from dataclasses import dataclass

from playground.world.model import Application, Channel, Json, User


@dataclass(slots=True, eq=False)
class Webhook:
    """An incoming webhook. `user` is who its messages are from, unless they bring another name."""

    id: int
    token: str
    channel: Channel
    user: User
    creator: User
    application: Application

    def to_json(self, origin: str, *, with_creator: bool = True) -> Json:
        """Return the webhook object; `origin` is the address of the API."""
        guild = self.channel.guild
        body: Json = {
            "id": str(self.id),
            "type": 1,
            "name": self.user.username,
            "avatar": None,
            "channel_id": str(self.channel.id),
            "guild_id": None if guild is None else str(guild.id),
            "application_id": str(self.application.id),
            "token": self.token,
            "url": f"{origin}/webhooks/{self.id}/{self.token}",
        }
        return body | {"user": self.creator.to_json()} if with_creator else body
