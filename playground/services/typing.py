"""That somebody is typing, as bots are told of it."""

from playground.world.changes import Change
from playground.world.model import Channel, Json, User
from playground.world.state import World


def typing_started(world: World, channel: Channel, user: User) -> Change:
    """Return the event that somebody began to type in a channel."""
    data: Json = {
        "channel_id": str(channel.id),
        "user_id": str(user.id),
        "timestamp": int(world.clock.now()),
    }
    if channel.guild is not None:
        data["guild_id"] = str(channel.guild.id)
        member = channel.guild.members.get(user.id)
        if member is not None:
            data["member"] = member.to_json()
    return Change("TYPING_START", data, channel.guild, channel)
