"""`/admin refresh`, `/admin status` and `/admin audit`, for those who manage a server."""

from discord import app_commands

from commands.admin import audit_card
from commands.admin import card as cards
from commands.admin.refresh_message import show_refresh
from commands.admin.user_data_card import with_user_data_problem
from commands.core.audit import FORCE, Action, write_down
from commands.core.context import Context
from commands.core.deferral import write_or_defer
from commands.core.embeds import embed_of
from commands.core.options import example
from commands.core.permissions import ManagersGroup
from commands.core.replies import reply
from commands.core.respond import respond
from commands.core.services import Interaction
from store import StoreError, queries, user_data

admin = ManagersGroup(name="admin", description="Look after the data")


@admin.command(description="Read the Steam files again and renew every answer", extras=example())
@app_commands.describe(force="Read unchanged files too, and apply data that look wrong")
async def refresh(interaction: Interaction, force: bool = False) -> None:
    """Start a refresh, show how far it is and, when it has ended, say how."""
    ctx = Context.of(interaction)
    services = ctx.services
    job = await services.refresher.start("discord", force=force)
    detail = FORCE if force else ""
    try:
        await write_or_defer(
            ctx, lambda session: write_down(session, ctx, Action.REFRESH, detail), ephemeral=False
        )
    except StoreError:
        await job.stop()  # what admins do is written down, or not done
        raise
    await show_refresh(ctx, job)


@admin.command(description="Show what data there are, how old, and the last refreshes", extras=example())
async def status(interaction: Interaction) -> None:
    """Show the state of the data."""
    ctx = Context.of(interaction)
    services = ctx.services
    problem = await services.user_data.problem()
    await respond(
        ctx,
        queries.data_status,
        lambda found, translations: with_user_data_problem(
            cards.status(found, services.refresher.running, services.next_refresh(), translations),
            problem,
            translations,
        ),
        ephemeral=True,
    )


@admin.command(description="Show what this server's admins did last", extras=example())
async def audit(interaction: Interaction) -> None:
    """Show the last lines of the audit."""
    ctx = Context.of(interaction)
    guild_id = interaction.guild_id
    assert guild_id is not None
    lines = await ctx.services.user_data.read(lambda session: user_data.audit_lines(session, guild_id))
    translations = ctx.translations
    await reply(ctx, embed=embed_of(audit_card.audit(lines, translations), translations), ephemeral=True)
