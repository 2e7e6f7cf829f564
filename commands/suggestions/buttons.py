"""The buttons under suggestions: others, more like one of them, and never again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import discord
from discord import ui

from commands.core.access.privacy import require_own_here, require_visible_here
from commands.core.buttons.lasting_buttons import how_button, taste_buttons
from commands.core.buttons.views import PersonalView
from commands.core.discord_limits import MENU_OPTION_CHARACTERS
from commands.core.replies.deferral import finish_or_defer, in_turn
from commands.core.replies.replies import reply, update
from commands.core.request.context import Context
from commands.core.services.cooldowns import Counted
from commands.core.services.services import AnyInteraction, Interaction
from commands.suggestions.by_name import LikeGame
from commands.suggestions.request import SuggestionRequest
from commands.suggestions.suggest import (
    SuggestionList,
    first_suggestions,
    further_suggestions,
    replace_hidden,
)
from localization.markdown import clean, shorten
from localization.translations import Translations
from store.results import GameRef

ANOTHER: Final = "games:another"
LIKE: Final = "games:like"
HIDE: Final = "games:hide"
UNDO: Final = "games:undo"
BACK: Final = "games:back"
CANCEL: Final = "games:cancel"
LIKE_WHICH: Final = "games:like-which"
HIDE_WHICH: Final = "games:hide-which"

# How many lists a person can go back; each is held for as long as the buttons work.
_MOST_BACK = 20
# Discord's limit for the label of an option.
# How many buttons stand side by side.
_IN_A_ROW = 5

Choose = Callable[[Context, tuple[GameRef, ...]], Awaitable[None]]


async def suggest(
    ctx: Context,
    request: SuggestionRequest[Any],
    *,
    guessed: tuple[str, ...] = (),
    ephemeral: bool = False,
    above: tuple[discord.Embed, ...] = (),
) -> None:
    """Reply with the games that answer a request, and with buttons. Raises what the query raises.

    The reply says what the names of the request were taken for that had to be `guessed`. Until a button is
    pressed, the embeds `above` are above it.
    """
    shown = replace(await first_suggestions(ctx, request, ephemeral=ephemeral), guessed=guessed)
    await require_visible_here(ctx, request.players)  # finding them may have taken long
    view = SuggestionButtons(ctx, shown)
    await reply(ctx, embed=shown.embed(ctx.translations), above=above, view=view, ephemeral=ephemeral)


class SuggestionButtons(PersonalView):
    """Buttons that show other games in the same reply; which game is meant is chosen from a menu there."""

    def __init__(self, ctx: Context, shown: SuggestionList[Any]) -> None:
        super().__init__(ctx)
        self._now = shown
        self._before: list[SuggestionList[Any]] = []
        self._undo: list[tuple[SuggestionList[Any], tuple[GameRef, ...]]] = []
        # Two quick presses must not both go by what is shown now.
        self._one_at_a_time = asyncio.Lock()
        self._offer_buttons(ctx.translations)

    @property
    def players(self) -> tuple[str, ...]:
        """The players whose list is on show."""
        return self._now.request.players

    async def may_press(self, ctx: Context) -> bool:
        """Let the owner through for as long as what the list goes by is there. Raises as its base does."""
        if not await super().may_press(ctx):
            return False
        await require_own_here(ctx, self._now.request.own_part)
        return True

    @ui.button(custom_id=ANOTHER, style=discord.ButtonStyle.primary)
    async def another(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Show as many others."""
        ctx = Context.of(interaction)
        async with in_turn(ctx, self._one_at_a_time):
            await self._go_on(ctx, lambda: further_suggestions(ctx, self._now))

    @ui.button(custom_id=LIKE)
    async def like(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Ask which game the next list should be like, and show that list."""
        ctx = Context.of(interaction)
        placeholder = ctx.translations.gettext("More like which game?")
        await self._choose(ctx, LIKE_WHICH, placeholder, 1, self._show_like)

    @ui.button(custom_id=HIDE)
    async def hide(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Ask which games are never to be suggested again, and replace them."""
        ctx = Context.of(interaction)
        placeholder = ctx.translations.gettext("Which games are not for you?")
        await self._choose(ctx, HIDE_WHICH, placeholder, len(self._now.games), self._hide)

    @ui.button(custom_id=UNDO)
    async def undo(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Bring back what was hidden last."""
        ctx = Context.of(interaction)
        async with self.writing(ctx) as is_first:
            if is_first:
                await self._undo_last(ctx)

    async def _undo_last(self, ctx: Context) -> None:
        async with in_turn(ctx, self._one_at_a_time):
            if self._undo:
                before, games = self._undo[-1]
                await finish_or_defer(ctx, ctx.asker.unhide_games([game.id for game in games]))
                self._undo.pop()
                self._now = before
            await self._show(ctx)

    @ui.button(custom_id=BACK)
    async def back(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Show the list before, without what was hidden since."""
        ctx = Context.of(interaction)
        async with in_turn(ctx, self._one_at_a_time):
            if self._before:
                before = self._before[-1]
                await require_visible_here(ctx, before.request.players)
                await require_own_here(ctx, before.request.own_part)
                hidden = await ctx.asker.known_unwanted_games() or frozenset()
                gone = [game for game in before.games if game.id in hidden]
                self._now = replace(await replace_hidden(ctx, before, gone), hidden=0) if gone else before
                self._before.pop()
                self._undo.clear()
            await self._show(ctx)

    @ui.button(custom_id=CANCEL)
    async def cancel(self, interaction: Interaction, _button: ui.Button["SuggestionButtons"]) -> None:
        """Choose no game after all."""
        ctx = Context.of(interaction)
        await self._show(ctx)

    async def _show_like(self, ctx: Context, games: tuple[GameRef, ...]) -> None:
        now = self._now.request
        request = LikeGame(now.constraints, now.limit, games[0])
        await self._go_on(ctx, lambda: first_suggestions(ctx, request, ephemeral=True))

    async def _go_on(self, ctx: Context, find: Callable[[], Awaitable[SuggestionList[Any]]]) -> None:
        ctx.take_turn(Counted.BUTTON)
        shown = await find()
        self._before = [*self._before, replace(self._now, hidden=0)][-_MOST_BACK:]
        self._undo.clear()
        self._now = shown
        await self._show(ctx)

    async def _hide(self, ctx: Context, games: tuple[GameRef, ...]) -> None:
        # A second press of the same menu may have waited for the first.
        here = {game.id for game in self._now.games}
        gone = tuple(game for game in games if game.id in here)
        if gone:
            await finish_or_defer(ctx, ctx.asker.hide_games([game.id for game in gone]))
            shown = await replace_hidden(ctx, self._now, gone)
            self._undo.append((self._now, gone))
            self._now = shown
        await self._show(ctx)

    async def _choose(self, ctx: Context, custom_id: str, placeholder: str, most: int, then: Choose) -> None:
        """Have the person choose among the games on show, unless there is but one."""
        games = self._now.games
        if len(games) == 1:
            async with in_turn(ctx, self._one_at_a_time):
                await then(ctx, games)
            return
        self.clear_items()
        self.add_item(_Menu(custom_id, placeholder, games, most, self._chosen(then)))
        self.cancel.label = ctx.translations.gettext("Cancel")
        self.add_item(self.cancel)
        await update(ctx, view=self)

    def _chosen(self, then: Choose) -> Choose:
        async def chosen(ctx: Context, games: tuple[GameRef, ...]) -> None:
            async with in_turn(ctx, self._one_at_a_time):
                await then(ctx, games)

        return chosen

    async def _show(self, ctx: Context) -> None:
        await require_visible_here(ctx, self.players)  # it may have taken long
        translations = ctx.translations
        self._offer_buttons(translations)
        await update(ctx, embed=self._now.embed(translations), view=self)

    def _offer_buttons(self, translations: Translations) -> None:
        count = self._now.request.limit
        self.another.label = translations.ngettext("Another one", "Another {count}", count)
        self.like.label = translations.gettext("More like this")
        self.hide.label = translations.gettext("Not for me")
        self.undo.label = translations.gettext("Undo")
        self.back.label = translations.gettext("Back")
        self.clear_items()
        self.add_item(self.another)
        if self._now.games:
            self.add_item(self.like)
            self.add_item(self.hide)
        if self._undo:
            self.add_item(self.undo)
        if self._before:
            self.add_item(self.back)
        if self._now.request.explained is not None:
            self.add_item(how_button(self._now.request.explained, translations))
        if len(self.players) < 2:  # a group has two lists, which are for everybody
            self._offer_thumbs()

    def _offer_thumbs(self) -> None:
        """Put a thumb up and one down for each game below the other buttons, in rows above one another."""
        for at, game in enumerate(self._now.games):
            row = 1 + 2 * (at // _IN_A_ROW)
            for thumb in taste_buttons(game, str(self._now.first + at), (row, row + 1)):
                self.add_item(thumb)


class _Menu(ui.Select[SuggestionButtons]):
    """The games on show, to choose one or several of."""

    def __init__(
        self, custom_id: str, placeholder: str, games: Sequence[GameRef], most: int, then: Choose
    ) -> None:
        super().__init__(
            custom_id=custom_id,
            placeholder=placeholder,
            max_values=most,
            options=[
                discord.SelectOption(label=_label(rank, game), value=str(game.id))
                for rank, game in enumerate(games, start=1)
            ],
        )
        self._games = {str(game.id): game for game in games}
        self._then = then

    async def callback(self, interaction: AnyInteraction) -> None:
        await self._then(Context.of(interaction), tuple(self._games[value] for value in self.values))


def _label(rank: int, game: GameRef) -> str:
    return shorten(f"{rank}. {clean(game.title)}", MENU_OPTION_CHARACTERS)
