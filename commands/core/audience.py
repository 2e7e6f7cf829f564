"""For whom a reply is: games for adults are shown in age-restricted channels alone."""

import discord

from commands.core.services import Interaction
from store.audience import Audience
from store.user_data import Settings

# Of a whole server (https://discord.com/developers/docs/resources/guild#guild-object-guild-nsfw-level); a
# server that is restricted leaves the flag of its channels false.
_RESTRICTED_SERVERS = (discord.NSFWLevel.explicit, discord.NSFWLevel.age_restricted)


def audience_of(interaction: Interaction, settings: Settings) -> Audience:
    """Return who sees a reply: adults where Discord restricts the place by age, and the admins allow it.

    In a direct message, and where nothing is known of the place, it is everyone.
    """
    if settings.hides_adult_games or not _is_age_restricted(interaction):
        return Audience.EVERYONE
    return Audience.ADULTS


def _is_age_restricted(interaction: Interaction) -> bool:
    if interaction.guild_id is None:
        return False
    guild = interaction.guild
    if guild is not None and guild.nsfw_level in _RESTRICTED_SERVERS:
        return True
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    return bool(getattr(channel, "nsfw", False))
