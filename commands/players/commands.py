"""`/userdata`."""

from discord import app_commands
from sqlalchemy.orm import Session

from charts.specs import Spec
from commands.core.autocomplete import names
from commands.core.options import example
from commands.core.privacy import ShownPlayer, own_player, viewer
from commands.core.respond import answer
from commands.core.services import Interaction
from commands.players import card as cards
from commands.players.chart import library_by_genre
from localization.translations import Texts
from store import queries
from store.models import NameKind
from store.results import UserData


@app_commands.command(description="Show what a player owns, has spent and recommends", extras=example())
@app_commands.describe(player="A player of the data, by Steam name or SteamID64; yourself if you do not say")
@app_commands.autocomplete(player=names(NameKind.PLAYER))
async def userdata(interaction: Interaction, player: str | None = None) -> None:
    """Show a player's numbers; one's own are for oneself."""
    if player is None:
        own = await own_player(interaction)
        await answer(
            interaction,
            lambda session: queries.userdata(session, own.user_id),
            cards.userdata,
            picture=library,
            ephemeral=True,
        )
        return
    asker = await viewer(interaction)

    def query(session: Session) -> tuple[ShownPlayer, UserData]:
        shown = asker.find(session, player)
        return shown, queries.userdata(session, shown.user_id)

    await answer(
        interaction,
        query,
        lambda found, texts: cards.userdata(found[1], texts),
        picture=lambda session, found, texts: library(session, found[1], texts),
        ephemeral=lambda found: found[0].to_owner_only,
    )


def library(session: Session, data: UserData, texts: Texts) -> Spec | None:
    """Word the picture of a player's library by genre; None if no game of it was played."""
    found = queries.library_by_genre(session, data.user_id)
    return library_by_genre(found, texts) if found.genres and found.hours else None
