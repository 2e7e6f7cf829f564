"""`/admin refresh`, `/admin status` and `/admin audit`, for those who manage a server."""

import logging

import discord

from commands.answering import answer
from commands.audit import Action, write_down
from commands.cards import settings as settings_cards
from commands.cards import status as cards
from commands.embeds import embed_of
from commands.host import Interaction, texts_for
from commands.options import example
from commands.permissions import ManagersGroup
from commands.refresher import RefreshJob
from commands.replies import reply
from store import people, queries

log = logging.getLogger(__name__)

admin = ManagersGroup(name="admin", description="Look after the data")


@admin.command(description="Read the Steam files again and renew every answer", extras=example())
async def refresh(interaction: Interaction) -> None:
    """Start a refresh and, when it has ended, say how."""
    texts = texts_for(interaction)
    services = interaction.client.services
    job = await services.refresher.start("discord")
    await services.ledger.write(lambda session: write_down(session, interaction, Action.REFRESH))
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


@admin.command(description="Show what this server's admins did last", extras=example())
async def audit(interaction: Interaction) -> None:
    """Show the last lines of the audit."""
    guild_id = interaction.guild_id
    assert guild_id is not None
    lines = await interaction.client.services.ledger.read(
        lambda session: people.audit_lines(session, guild_id)
    )
    texts = texts_for(interaction)
    await reply(interaction, embed=embed_of(settings_cards.audit(lines, texts), texts), ephemeral=True)
