"""`/userdata`."""

from discord import app_commands

from commands.answering import answer
from commands.autocomplete import names
from commands.cards import players as cards
from commands.host import Interaction
from commands.options import example
from commands.privacy import ShownPlayer, own_player, shown_player
from store import queries
from store.models import NameKind


@app_commands.command(description="Show what a player owns, has spent and recommends", extras=example())
@app_commands.describe(player="A player of the data, by Steam name or SteamID64; yourself if you do not say")
@app_commands.autocomplete(player=names(NameKind.PLAYER))
async def userdata(interaction: Interaction, player: str | None = None) -> None:
    """Show a player's numbers; one's own are for oneself."""
    if player is None:
        shown = ShownPlayer((await own_player(interaction)).user_id, to_owner_only=True)
    else:
        shown = await shown_player(interaction, player)
    await answer(
        interaction,
        lambda session: queries.userdata(session, shown.user_id),
        cards.userdata,
        ephemeral=shown.to_owner_only,
    )
