"""`/play-together`."""

from discord import app_commands

from commands.core.autocomplete import names
from commands.core.context import Context
from commands.core.options import DISCOVERIES, WITHIN, MaxPrice, Year, example
from commands.core.permissions import heavy
from commands.core.privacy import visible_players
from commands.core.respond import CommandError
from commands.core.services import Interaction
from commands.suggestions.buttons import suggest
from commands.suggestions.questions import ForGroup, Within
from store.models import NameKind
from store.queries import Discovery, Filters

_player = names(NameKind.PLAYER)


@app_commands.command(
    name="play-together",
    description="Find games for two to eight players: what all own, and what all would want",
    extras=example(player1="…", player2="…"),
)
@app_commands.describe(
    player1="The first player, by Steam name or SteamID64",
    player2="The second player",
    player3="The third player",
    player4="The fourth player",
    player5="The fifth player",
    player6="The sixth player",
    player7="The seventh player",
    player8="The eighth player",
    limit="How many games of each kind, 3 if you do not say",
    **WITHIN,
)
@app_commands.choices(discovery=DISCOVERIES)
@app_commands.autocomplete(
    player1=_player,
    player2=_player,
    player3=_player,
    player4=_player,
    player5=_player,
    player6=_player,
    player7=_player,
    player8=_player,
    genre=names(NameKind.GENRE),
    tag=names(NameKind.TAG),
)
@heavy
async def play_together(  # noqa: PLR0917 - the options of the command, in the order in which Discord shows them
    interaction: Interaction,
    player1: str,
    player2: str,
    player3: str | None = None,
    player4: str | None = None,
    player5: str | None = None,
    player6: str | None = None,
    player7: str | None = None,
    player8: str | None = None,
    genre: str | None = None,
    tag: str | None = None,
    max_price: MaxPrice | None = None,
    free: bool = False,
    since: Year | None = None,
    finished: bool = False,
    discovery: str = Discovery.BALANCED.value,
    limit: app_commands.Range[int, 1, 5] = 3,
) -> None:
    """Suggest games for a group."""
    ctx = Context.of(interaction)
    given = (player1, player2, player3, player4, player5, player6, player7, player8)
    shown = await visible_players(ctx, *(player for player in given if player is not None))
    user_ids = tuple(player.user_id for player in shown)
    if len(set(user_ids)) < len(user_ids):
        raise CommandError(ctx.translations.gettext("Name different players; one of them is named twice."))
    filters = Filters(
        genre=genre,
        tag=tag,
        max_price=max_price,
        free_only=free,
        released_since=since,
        exclude_early_access=finished,
    )
    question = ForGroup(Within(filters, Discovery(discovery)), limit, user_ids)
    await suggest(ctx, question, ephemeral=any(player.to_owner_only for player in shown))
