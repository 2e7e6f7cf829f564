"""`/userdata`."""

from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.access.privacy import VisiblePlayer, find_visible, own_player, require_no_mention
from commands.core.cards.library_chart import library_chart
from commands.core.cards.player_card import userdata_card
from commands.core.options.autocomplete import names
from commands.core.options.options import example
from commands.core.request.context import Context
from commands.core.respond import respond
from commands.core.services.services import Interaction
from store import queries
from store.models import NameKind
from store.results import UserData


@app_commands.command(description="Show what a player owns, has spent and recommends", extras=example())
@app_commands.describe(player="A player in the data, by Steam name or SteamID64; yourself if you do not say")
@app_commands.autocomplete(player=names(NameKind.PLAYER))
async def userdata(interaction: Interaction, player: str | None = None) -> None:
    """Show a player's numbers; one's own are for oneself."""
    ctx = Context.of(interaction)
    if player is None:
        own = await own_player(ctx)
        await respond(
            ctx,
            lambda session: queries.userdata(session, own.user_id),
            userdata_card,
            chart=library_chart,
            players=lambda data: [data.user_id],
            ephemeral=True,
        )
        return
    require_no_mention(ctx, player)
    visibility = await ctx.asker.visibility()
    visibility.require_known()

    def query(session: Session) -> tuple[VisiblePlayer, UserData]:
        shown = find_visible(visibility, session, player)
        return shown, queries.userdata(session, shown.user_id)

    await respond(
        ctx,
        query,
        lambda found, translations: userdata_card(found[1], translations),
        chart=lambda session, found, translations: library_chart(session, found[1], translations),
        players=lambda found: [found[1].user_id],
        ephemeral=lambda found: found[0].to_owner_only,
    )
