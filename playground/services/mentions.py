"""Whom a message mentions, from its text and what may be mentioned."""

import re
from collections.abc import Iterator

from playground.validation.mentions import AllowedMentions
from playground.world import permissions
from playground.world.message import Message
from playground.world.model import Json
from playground.world.state import World

_USER = re.compile(r"<@!?([0-9]{1,20})>")
_ROLE = re.compile(r"<@&([0-9]{1,20})>")
_TEXT_DISPLAY = 10
_REPLY = 19


def resolve_mentions(world: World, message: Message, allowed: AllowedMentions) -> None:
    """Fill in the mentions of a message, those in the texts of its layout as well.

    Everybody at once, and roles that not everybody may mention, need the permission; webhooks have it.
    """
    words = "\n".join([message.content, *_displayed(message.components)])
    granted = world.permissions_in(message.author, message.channel)
    loud = message.webhook_id is not None and message.metadata is None
    may = loud or bool(granted & permissions.MENTION_EVERYONE)
    named = dict.fromkeys(int(user) for user in _USER.findall(words))
    message.mentions = [world.users[user] for user in named if user in world.users and allowed.user(user)]
    answered = message.reference
    if message.type == _REPLY and message.metadata is None and answered is not None and allowed.replied_user:
        message.mentions = list(dict.fromkeys([*message.mentions, answered.author]))
    guild = message.channel.guild
    roles = {role.id: role for role in guild.roles} if guild is not None else {}
    message.mention_roles = [
        role
        for role in dict.fromkeys(int(found) for found in _ROLE.findall(words))
        if role in roles and allowed.role(role) and (may or roles[role].mentionable)
    ]
    message.mention_everyone = (
        may and "everyone" in allowed.parse and ("@everyone" in words or "@here" in words)
    )


def _displayed(components: list[Json]) -> Iterator[str]:
    for part in components:
        if part.get("type") == _TEXT_DISPLAY:
            yield part["content"]
        yield from _displayed(part.get("components") or [])
