"""Games of a person, page by page, with a menu of those on the page."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final, Generic, Protocol, TypeVar

import discord
from discord import ui

from commands.core.buttons.views import PersonalView
from commands.core.discord_limits import MENU_OPTION_CHARACTERS, MENU_OPTIONS
from commands.core.replies.replies import update
from commands.core.request.context import Context
from commands.core.services.services import AnyInteraction, Interaction
from localization.markdown import Markdown, clean, shorten
from localization.translations import Translations
from store.results import GameKind, GameRef

NEWER: Final = "paged:newer"
OLDER: Final = "paged:older"
CHOSEN: Final = "paged:chosen"
BUTTON_IDS: Final = (NEWER, OLDER)
MENU_IDS: Final = (CHOSEN,)


class HasGame(Protocol):
    """Something about a game."""

    @property
    def game(self) -> GameRef:
        """The game."""


Entry = TypeVar("Entry", bound=HasGame)


class PagedGames(PersonalView, Generic[Entry]):
    """A menu of a person's games that does something with those that are chosen; pages where there are many.

    `games` may be replaced at any time by what there is now.
    """

    def __init__(self, ctx: Context, games: Sequence[Entry]) -> None:
        super().__init__(ctx)
        self.games = games
        self._at = 0
        self.offer(ctx.translations)

    @abstractmethod
    def embed(self, translations: Translations) -> discord.Embed:
        """Show the page that the person is at."""

    @abstractmethod
    def placeholder(self, translations: Translations) -> Markdown:
        """Return what the menu says before anything is chosen."""

    @abstractmethod
    async def choose(self, ctx: Context, app_ids: Sequence[int]) -> None:
        """Do what the menu is for; a second press meanwhile does nothing."""

    def turned(self) -> None:
        """Take note that another page is shown."""

    @property
    def on_page(self) -> Sequence[Entry]:
        """The games of the page."""
        return self.games[self._at * MENU_OPTIONS : (self._at + 1) * MENU_OPTIONS]

    @ui.button(custom_id=NEWER)
    async def newer(self, interaction: Interaction, _button: ui.Button["PagedGames[Entry]"]) -> None:
        """Show the page before."""
        await self._turn(Context.of(interaction), -1)

    @ui.button(custom_id=OLDER)
    async def older(self, interaction: Interaction, _button: ui.Button["PagedGames[Entry]"]) -> None:
        """Show the next page."""
        await self._turn(Context.of(interaction), +1)

    async def _turn(self, ctx: Context, by: int) -> None:
        self._at += by
        self.turned()
        await self.show(ctx)

    async def show(self, ctx: Context) -> None:
        """Show the page as it is now."""
        translations = ctx.translations
        self.offer(translations)
        await update(ctx, embed=self.embed(translations), view=self)

    def offer(self, translations: Translations) -> None:
        """Put the menu and the buttons of the page in their places."""
        last = max(0, (len(self.games) - 1) // MENU_OPTIONS)
        self._at = min(max(self._at, 0), last)
        self.newer.label, self.older.label = translations.gettext("Back"), translations.gettext("Next")
        self.newer.disabled, self.older.disabled = self._at == 0, self._at == last
        self.clear_items()
        if self.on_page:
            self.add_item(_Menu(self.placeholder(translations), [entry.game for entry in self.on_page]))
        if last:
            self.add_item(self.newer)
            self.add_item(self.older)


class _Menu(ui.Select[PagedGames[HasGame]]):
    def __init__(self, placeholder: str, games: Sequence[GameRef]) -> None:
        super().__init__(
            custom_id=CHOSEN,
            placeholder=placeholder,
            max_values=len(games),
            options=[discord.SelectOption(label=_label(game), value=str(game.id)) for game in games],
        )

    async def callback(self, interaction: AnyInteraction) -> None:
        view, ctx = self.view, Context.of(interaction)
        assert view is not None
        async with view.writing(ctx) as is_first:
            if is_first:
                await view.choose(ctx, [int(value) for value in self.values])


def unknown_game(app_id: int) -> GameRef:
    """Return the reference to a game that the data no longer have."""
    return GameRef(app_id, f"App {app_id}", GameKind.GAME, None, None)


def _label(game: GameRef) -> str:
    # A title may be of nothing that is visible.
    return shorten(clean(game.title) or f"App {game.id}", MENU_OPTION_CHARACTERS)
