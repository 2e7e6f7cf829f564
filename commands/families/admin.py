"""`/admin refresh` and `/admin status`, for those who manage a server."""

import logging

import discord
from discord import app_commands

from commands.answering import answer
from commands.cards import status as cards
from commands.embeds import embed_of
from commands.host import Interaction, texts_for
from commands.options import example
from commands.refresher import RefreshJob
from commands.replies import reply
from store import queries

log = logging.getLogger(__name__)


class AdminGroup(app_commands.Group):
    """Commands that Discord shows to those who manage the server, and that only they can run.

    Discord lets a server's admins show a command to anybody, so the permission is checked here as well.
    """

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Raise unless the person manages the server."""
        if interaction.guild_id is None:
            raise app_commands.NoPrivateMessage
        may = interaction.permissions
        if not (may.administrator or may.manage_guild):
            raise app_commands.MissingPermissions(["manage_guild"])
        return True


admin = AdminGroup(
    name="admin",
    description="Look after the data",
    guild_only=True,
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    default_permissions=discord.Permissions(manage_guild=True),
)


@admin.command(description="Read the Steam files again and renew every answer", extras=example())
async def refresh(interaction: Interaction) -> None:
    """Start a refresh and, when it has ended, say how."""
    texts = texts_for(interaction)
    job = await interaction.client.services.refresher.start("discord")
    await reply(
        interaction, texts.gettext("The refresh has started; answers stay as they are until it ends.")
    )
    await _report(interaction, job)


async def _report(interaction: Interaction, job: RefreshJob) -> None:
    texts = texts_for(interaction)
    result = await job.result()
    embed = embed_of(cards.refresh_result(result, texts), texts)
    try:
        await interaction.edit_original_response(content=None, embed=embed)
    except discord.HTTPException as error:
        # Discord takes no word on a command that is older than a quarter of an hour.
        log.warning("The end of the refresh could not be told: %s", error)


@admin.command(description="Show what data there are, how old, and the last refreshes", extras=example())
async def status(interaction: Interaction) -> None:
    """Show the state of the data."""
    services = interaction.client.services
    await answer(
        interaction,
        queries.data_status,
        lambda found, texts: cards.status(found, services.refresher.running, services.next_refresh(), texts),
        ephemeral=True,
    )
