"""`/admin refresh`, for those in charge of the bot; `/admin status` and `audit`, for a server's admins."""

from dataclasses import replace

from discord import app_commands

from commands.admin import audit_card
from commands.admin import card as cards
from commands.admin.published_card import with_published
from commands.admin.refresh_message import show_refresh
from commands.admin.user_data_card import with_user_data_problem
from commands.core.access.audit import FORCE, Action, write_down
from commands.core.access.permissions import ManagersGroup, is_owner, owners_only
from commands.core.options.options import example
from commands.core.replies.deferral import write_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import reply
from commands.core.request.context import Context
from commands.core.respond import respond
from commands.core.services.published import PublishedState
from commands.core.services.services import Interaction
from store import StoreError, queries, user_data
from store.results import DataStatus

admin = ManagersGroup(name="admin", description="Look after the data")


@admin.command(description="Read the Steam files again and renew every answer", extras=example())
@owners_only
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
    """Show the state of the data; why a refresh failed is for those in charge of the bot."""
    ctx = Context.of(interaction)
    services = ctx.services
    problem = await services.user_data.problem()
    published = _published_as_seen_by(ctx)
    await respond(
        ctx,
        queries.data_status,
        lambda found, translations: with_user_data_problem(
            with_published(
                cards.status(
                    _as_seen_by(ctx, found),
                    services.refresher.running,
                    services.next_refresh(),
                    services.shard_reports(),
                    translations,
                ),
                published,
                translations,
            ),
            problem,
            translations,
        ),
        ephemeral=True,
        needs_data=False,
    )


def _as_seen_by(ctx: Context, found: DataStatus) -> DataStatus:
    """Leave the reasons of failures to those in charge of the bot, and the machine's own out of them."""
    hide = ctx.services.hide_details if is_owner(ctx) else None
    runs = (replace(run, error=hide(run.error) if hide and run.error else None) for run in found.runs)
    return replace(found, runs=tuple(runs))


def _published_as_seen_by(ctx: Context) -> PublishedState | None:
    """Return what is told of a published store; why none could be had is for those in charge of the bot."""
    state = ctx.services.published()
    if state is None or state.problem is None:
        return state
    if not is_owner(ctx):
        return replace(state, problem="")
    return replace(state, problem=ctx.services.hide_details(state.problem))


@admin.command(description="Show what this server's admins did last", extras=example())
async def audit(interaction: Interaction) -> None:
    """Show the last lines of the audit, to those in charge of the bot with what was done on the machine."""
    ctx = Context.of(interaction)
    guild_id, with_operators = interaction.guild_id, is_owner(ctx)
    assert guild_id is not None
    lines = await ctx.services.user_data.read(
        lambda session: user_data.audit_lines(session, guild_id, with_operators=with_operators)
    )
    translations = ctx.translations
    await reply(ctx, embed=embed_of(audit_card.audit(lines, translations), translations), ephemeral=True)
