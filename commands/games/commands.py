"""`/game`."""

from discord import app_commands

from commands.core.buttons.lasting_buttons import game_buttons
from commands.core.options.autocomplete import names
from commands.core.options.options import example
from commands.core.request.context import Context
from commands.core.respond import respond
from commands.core.services.services import Interaction
from commands.games import card as cards
from store import queries
from store.models import NameKind


@app_commands.command(description="Show what is known of a game", extras=example(name="Portal 2"))
@app_commands.describe(name="Title or Steam app id")
@app_commands.autocomplete(name=names(NameKind.GAME))
async def game(interaction: Interaction, name: str) -> None:
    """Show a game's card."""
    ctx = Context.of(interaction)
    await respond(
        ctx,
        lambda session: queries.game(session, name),
        cards.game,
        typed=[(NameKind.GAME, name)],
        buttons=lambda found, translations: game_buttons(found.game, translations),
    )
