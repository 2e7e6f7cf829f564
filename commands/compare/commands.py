"""`/compare`: two games, developers or players side by side."""

from discord import app_commands

from commands.compare import card as cards
from commands.compare.pair import require_two, show_games
from commands.core.access.permissions import heavy
from commands.core.access.privacy import visible_players
from commands.core.options.autocomplete import names
from commands.core.options.options import example
from commands.core.replies.card import Card
from commands.core.request.context import Context
from commands.core.respond import respond
from commands.core.services.services import Interaction
from localization.translations import Translations
from store import queries
from store.models import NameKind
from store.results import DeveloperPair

compare = app_commands.Group(name="compare", description="Show two games, developers or players side by side")


@compare.command(description="Show two games side by side", extras=example(first="Portal", second="Portal 2"))
@app_commands.describe(first="Title or Steam app id", second="The other title or Steam app id")
@app_commands.autocomplete(first=names(NameKind.GAME), second=names(NameKind.GAME))
@heavy
async def games(interaction: Interaction, first: str, second: str) -> None:
    """Compare two games."""
    await show_games(Context.of(interaction), first, second)


@compare.command(
    description="Show two developers side by side", extras=example(first="Valve", second="id Software")
)
@app_commands.describe(first="The developer's name", second="The other developer's name")
@app_commands.autocomplete(first=names(NameKind.DEVELOPER), second=names(NameKind.DEVELOPER))
@heavy
async def developers(interaction: Interaction, first: str, second: str) -> None:
    """Compare two developers."""
    ctx = Context.of(interaction)

    def show(pair: DeveloperPair, translations: Translations) -> Card:
        require_two(pair.first.releases.developer != pair.second.releases.developer, translations)
        return cards.developers(pair, translations)

    await respond(
        ctx,
        lambda session: queries.compare_developers(session, first, second),
        show,
        typed=[(NameKind.DEVELOPER, first), (NameKind.DEVELOPER, second)],
    )


@compare.command(description="Show two players side by side", extras=example(first="…", second="…"))
@app_commands.describe(
    first="A player in the data, by Steam name or SteamID64", second="The other player, in the same way"
)
@app_commands.autocomplete(first=names(NameKind.PLAYER), second=names(NameKind.PLAYER))
@heavy
async def players(interaction: Interaction, first: str, second: str) -> None:
    """Compare two players; one's own that is private is shown to oneself alone."""
    ctx = Context.of(interaction)
    one, other = await visible_players(ctx, first, second)
    require_two(one.user_id != other.user_id, ctx.translations)
    await respond(
        ctx,
        lambda session: queries.compare_players(session, one.user_id, other.user_id),
        cards.players,
        players=lambda _: [one.user_id, other.user_id],
        ephemeral=one.to_owner_only or other.to_owner_only,
    )
