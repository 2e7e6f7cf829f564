"""`/admin refresh`, `/admin status` and `/admin audit`, for those who manage a server."""

from discord import app_commands

from commands.answering import answer
from commands.audit import FORCE, Action, write_down
from commands.cards import settings as settings_cards
from commands.cards import status as cards
from commands.embeds import embed_of
from commands.host import Interaction, texts_for
from commands.options import example
from commands.permissions import ManagersGroup
from commands.refresh_message import show_refresh
from commands.replies import reply
from store import people, queries

admin = ManagersGroup(name="admin", description="Look after the data")


@admin.command(description="Read the Steam files again and renew every answer", extras=example())
@app_commands.describe(force="Read unchanged files too, and apply data that look wrong")
async def refresh(interaction: Interaction, force: bool = False) -> None:
    """Start a refresh, show how far it is and, when it has ended, say how."""
    services = interaction.client.services
    job = await services.refresher.start("discord", force=force)
    detail = FORCE if force else ""
    await services.ledger.write(lambda session: write_down(session, interaction, Action.REFRESH, detail))
    await show_refresh(interaction, job)


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
