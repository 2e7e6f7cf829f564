"""`/hidden`: the games that a person does not want suggested, and the way to bring them back."""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.utils import MISSING
from sqlalchemy.orm import Session

from commands.core.buttons.paged_games import PagedGames, unknown_game
from commands.core.options.options import example
from commands.core.replies.deferral import finish_or_defer, run_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import reply
from commands.core.request.context import Context
from commands.core.services.services import Interaction
from commands.hidden.card import Hidden, hidden_games
from localization.markdown import Markdown
from localization.translations import Translations
from store import user_data
from store.catalogue.game_refs import game_refs
from store.results import GameRef


@app_commands.command(
    description="Show the games that you hid from suggestions, and bring them back", extras=example()
)
async def hidden(interaction: Interaction) -> None:
    """Show a person's hidden games, to that person alone."""
    ctx = Context.of(interaction)
    view = HiddenGames(ctx, await _hidden(ctx))
    await reply(
        ctx,
        embed=view.embed(ctx.translations),
        view=view if view.children else MISSING,
        ephemeral=True,
    )


async def _hidden(ctx: Context) -> tuple[Hidden, ...]:
    asker = ctx.asker.id
    found = await ctx.services.user_data.read(lambda session: user_data.hidden_since(session, asker))

    def named(session: Session) -> dict[int, GameRef]:
        return game_refs(session, (entry.game_id for entry in found))

    refs = await run_or_defer(ctx, named, ephemeral=True, needs_data=False)
    return tuple(
        Hidden(refs.get(entry.game_id) or unknown_game(entry.game_id), entry.hidden_at) for entry in found
    )


class HiddenGames(PagedGames[Hidden]):
    """A menu of hidden games that brings back those that are chosen."""

    def __init__(self, ctx: Context, games: Sequence[Hidden]) -> None:
        self._brought_back: tuple[str, ...] = ()
        super().__init__(ctx, games)

    def embed(self, translations: Translations) -> discord.Embed:
        """Show the page that the person is at."""
        return embed_of(
            hidden_games(self.on_page, len(self.games), self._brought_back, translations), translations
        )

    def placeholder(self, translations: Translations) -> Markdown:
        """Return what is done with the chosen ones."""
        return translations.gettext("Bring back…")

    def turned(self) -> None:
        """Say no more what was brought back."""
        self._brought_back = ()

    async def choose(self, ctx: Context, app_ids: Sequence[int]) -> None:
        """Have games suggested to the person again."""
        await finish_or_defer(ctx, ctx.asker.unhide_games(app_ids))
        titles = {entry.game.id: entry.game.title for entry in self.games}
        self._brought_back = tuple(titles[app_id] for app_id in app_ids)
        self.games = await _hidden(ctx)
        await self.show(ctx)
