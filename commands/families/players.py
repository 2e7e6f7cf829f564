"""`/userdata`."""

from discord import app_commands

from commands.answering import answer
from commands.autocomplete import names
from commands.cards import players as cards
from commands.host import Interaction
from commands.options import example
from store import queries
from store.models import NameKind


@app_commands.command(
    description="Show what a player owns, has spent and recommends", extras=example(player="…")
)
@app_commands.describe(player="A player of the data, by Steam name or SteamID64")
@app_commands.autocomplete(player=names(NameKind.PLAYER))
async def userdata(interaction: Interaction, player: str) -> None:
    """Show a player's numbers."""
    await answer(interaction, lambda session: queries.userdata(session, player), cards.userdata)
