"""Answers that are too long for one page."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from commands.core.buttons.views import PersonalView
from commands.core.replies.replies import update
from commands.core.request.context import Context
from commands.core.services.services import Interaction

PAGE_BACK = "page:back"
PAGE_ON = "page:on"
BUTTON_IDS = (PAGE_BACK, PAGE_ON)


class Pager(PersonalView):
    """Buttons that turn the pages of a reply and stop at its ends. The reply begins with the first page.

    `players` are those whose data the pages show, `buttons` others to stand beside its own.
    """

    def __init__(
        self,
        ctx: Context,
        pages: Sequence[discord.Embed],
        players: Sequence[str] = (),
        buttons: Sequence[ui.Button[Any]] = (),
    ) -> None:
        super().__init__(ctx)
        self._players = players
        translations = ctx.translations
        self._pages = pages
        self._at = 0
        self.back.label = translations.gettext("Back")
        self.forward.label = translations.gettext("Next")
        self._stop_at_ends()
        for button in buttons:
            self.add_item(button)

    @property
    def players(self) -> Sequence[str]:
        """The players on its pages."""
        return self._players

    @property
    def page(self) -> discord.Embed:
        """The page that is shown."""
        return self._pages[self._at]

    @ui.button(custom_id=PAGE_BACK)
    async def back(self, interaction: Interaction, _button: ui.Button["Pager"]) -> None:
        """Show the page before."""
        await self._turn(interaction, -1)

    @ui.button(custom_id=PAGE_ON)
    async def forward(self, interaction: Interaction, _button: ui.Button["Pager"]) -> None:
        """Show the next page."""
        await self._turn(interaction, +1)

    async def _turn(self, interaction: Interaction, by: int) -> None:
        # Two quick presses may both come from the last page but one.
        self._at = min(max(self._at + by, 0), len(self._pages) - 1)
        self._stop_at_ends()
        await update(Context.of(interaction), embed=self.page, view=self)

    def _stop_at_ends(self) -> None:
        self.back.disabled = self._at == 0
        self.forward.disabled = self._at == len(self._pages) - 1
