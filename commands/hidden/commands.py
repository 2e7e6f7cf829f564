"""`/hidden`: the games that a person does not want suggested, and the way to bring them back."""

from collections.abc import Sequence
from typing import Final

import discord
from discord import app_commands, ui
from discord.utils import MISSING
from sqlalchemy.orm import Session

from commands.core.context import Context
from commands.core.deferral import finish_or_defer, run_or_defer
from commands.core.embeds import embed_of
from commands.core.options import example
from commands.core.replies import reply, update
from commands.core.services import Interaction
from commands.core.views import PersonalView
from commands.hidden.card import Hidden, hidden_games
from localization.markdown import clean, shorten
from localization.translations import Translations
from store import user_data
from store.game_refs import game_refs
from store.models import GameKind
from store.results import GameRef

NEWER: Final = "hidden:newer"
OLDER: Final = "hidden:older"
BRING_BACK: Final = "hidden:bring-back"

# Discord's limits: the options of a menu, and the length of a label.
_A_PAGE = 25
_LABEL = 100


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
        Hidden(refs.get(entry.game_id) or _unknown(entry.game_id), entry.hidden_at) for entry in found
    )


def _unknown(app_id: int) -> GameRef:
    """Return the reference to a game that the data no longer have."""
    return GameRef(app_id, f"App {app_id}", GameKind.GAME, None, None)


class HiddenGames(PersonalView):
    """A menu of hidden games that brings back those that are chosen, page by page where there are many."""

    def __init__(self, ctx: Context, games: Sequence[Hidden]) -> None:
        super().__init__(ctx)
        self._games = games
        self._at = 0
        self._brought_back: tuple[str, ...] = ()
        self._offer(ctx.translations)

    def embed(self, translations: Translations) -> discord.Embed:
        """Show the page that the person is at."""
        return embed_of(
            hidden_games(self._page, len(self._games), self._brought_back, translations), translations
        )

    async def bring_back(self, ctx: Context, app_ids: Sequence[int]) -> None:
        """Have games suggested to the person again."""
        async with self.writing(ctx) as is_first:
            if is_first:
                await self._bring_back(ctx, app_ids)

    async def _bring_back(self, ctx: Context, app_ids: Sequence[int]) -> None:
        await finish_or_defer(ctx, ctx.asker.unhide_games(app_ids))
        titles = {entry.game.id: entry.game.title for entry in self._games}
        self._brought_back = tuple(titles[app_id] for app_id in app_ids)
        self._games = await _hidden(ctx)
        await self._show(ctx)

    @ui.button(custom_id=NEWER)
    async def newer(self, interaction: Interaction, _button: ui.Button["HiddenGames"]) -> None:
        """Show the page before."""
        ctx = Context.of(interaction)
        await self._turn(ctx, -1)

    @ui.button(custom_id=OLDER)
    async def older(self, interaction: Interaction, _button: ui.Button["HiddenGames"]) -> None:
        """Show the next page."""
        ctx = Context.of(interaction)
        await self._turn(ctx, +1)

    async def _turn(self, ctx: Context, by: int) -> None:
        self._at += by
        self._brought_back = ()
        await self._show(ctx)

    async def _show(self, ctx: Context) -> None:
        translations = ctx.translations
        self._offer(translations)
        await update(ctx, embed=self.embed(translations), view=self)

    @property
    def _page(self) -> Sequence[Hidden]:
        return self._games[self._at * _A_PAGE : (self._at + 1) * _A_PAGE]

    def _offer(self, translations: Translations) -> None:
        last = max(0, (len(self._games) - 1) // _A_PAGE)
        self._at = min(max(self._at, 0), last)
        self.newer.label, self.older.label = translations.gettext("Back"), translations.gettext("Next")
        self.newer.disabled, self.older.disabled = self._at == 0, self._at == last
        self.clear_items()
        if self._page:
            self.add_item(_Menu(translations.gettext("Bring back…"), self._page))
        if last:
            self.add_item(self.newer)
            self.add_item(self.older)


class _Menu(ui.Select[HiddenGames]):
    def __init__(self, placeholder: str, page: Sequence[Hidden]) -> None:
        super().__init__(
            custom_id=BRING_BACK,
            placeholder=placeholder,
            max_values=len(page),
            options=[
                discord.SelectOption(label=_label(entry.game), value=str(entry.game.id)) for entry in page
            ],
        )

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override]
        assert self.view is not None
        await self.view.bring_back(Context.of(interaction), [int(value) for value in self.values])


def _label(game: GameRef) -> str:
    # A title may be of nothing that is visible.
    return shorten(clean(game.title) or f"App {game.id}", _LABEL)
