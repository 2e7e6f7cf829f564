"""Buttons under a reply: for the person who asked, and off after a while."""

import contextlib
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
from discord import ui
from discord.utils import MISSING

from commands.core.access.privacy import require_visible_here
from commands.core.discord_limits import BUTTONS, MENUS
from commands.core.replies.replies import defer, reply
from commands.core.request.context import Context
from commands.core.services.services import AnyInteraction


class BotView(ui.View):
    """Buttons and menus each press of which has a context, and whose errors go to the central handler."""

    async def interaction_check(self, interaction: AnyInteraction, /) -> bool:
        """Load the context of a press, and let through whoever may press."""
        if not await interaction.client.begin(interaction):
            return False
        return await self.may_press(await Context.load(interaction))

    async def may_press(self, ctx: Context) -> bool:
        """Return whether the person may press; a subclass tells the person why not."""
        return True

    async def on_error(self, interaction: AnyInteraction, error: Exception, item: ui.Item[Any], /) -> None:
        """Hand every error to the central handler."""
        await interaction.client.handle_error(interaction, error)


class TimedView(BotView):
    """Buttons that are off once nobody pressed them for long.

    They are off earlier where many people opened others since.

    A subclass gives each button a custom id of its own and only of its kind, so that `ExpiredButtons` knows
    it after a restart.
    """

    def __init__(self, ctx: Context) -> None:
        """Make the buttons for the reply to `ctx`."""
        super().__init__(timeout=ctx.services.button_timeout)
        # The newest interaction: its token is valid for longest.
        self._latest = ctx.interaction
        self._is_writing = False
        self._open_views = ctx.services.open_views
        self._open_views.use(self)

    def answered(self, ctx: Context) -> None:
        """Take note that a press was answered in the message that has the buttons."""
        self._latest = ctx.interaction
        self._open_views.use(self)

    @asynccontextmanager
    async def writing(self, ctx: Context) -> AsyncIterator[bool]:
        """Yield whether the press is the first: one that comes while the first is at work does nothing."""
        if self._is_writing:
            await defer(ctx, ephemeral=True)
            yield False
            return
        self._is_writing = True
        try:
            yield True
        finally:
            self._is_writing = False

    async def on_timeout(self) -> None:
        """Show that the buttons are off."""
        self.switch_off()
        if self._latest.client.is_closed():
            return
        # The reply may be gone, or too old to be edited; a press is answered by a sentence all the same.
        with contextlib.suppress(discord.DiscordException, aiohttp.ClientError, OSError):
            await self._latest.edit_original_response(embed=self.page, view=self)

    @property
    def page(self) -> discord.Embed:
        """The embed to send again when the buttons go off, or MISSING.

        Discord shows a chart outside of its embed, a second time, after an edit that names only buttons.
        """
        return MISSING  # type: ignore[no-any-return]

    def switch_off(self) -> None:
        """Disable every button and menu that it listens for, and stop listening."""
        for item in self.children:
            if isinstance(item, (ui.Button, ui.Select)) and item.is_dispatchable():
                item.disabled = True
        self.stop()

    def stop(self) -> None:
        """Stop listening."""
        self._open_views.close(self)
        super().stop()


class PersonalView(TimedView):
    """Buttons that only the person who asked can press."""

    def __init__(self, ctx: Context) -> None:
        """Make the buttons for the reply to `ctx`."""
        super().__init__(ctx)
        self._owner_id = ctx.asker.id

    async def may_press(self, ctx: Context) -> bool:
        """Let the owner through, and tell anybody else whose buttons these are.

        Raises what `require_visible_here` raises.
        """
        if ctx.asker.id != self._owner_id:
            sentence = ctx.translations.gettext("These buttons are for the person who asked.")
            await reply(ctx, sentence, ephemeral=True)
            return False
        self.answered(ctx)
        await require_visible_here(ctx, self.players)
        return True

    @property
    def players(self) -> Sequence[str]:
        """The players whose data the reply shows now; a press does nothing once one may not be shown."""
        return ()


def expired_views(button_ids: Sequence[str], menu_ids: Sequence[str]) -> Iterator[BotView]:
    """Yield what answers the buttons and menus that no view listens to any more."""
    for start in range(0, len(button_ids), BUTTONS):
        yield ExpiredButtons(button_ids[start : start + BUTTONS])
    for start in range(0, len(menu_ids), MENUS):
        yield ExpiredMenus(menu_ids[start : start + MENUS])


class ExpiredButtons(BotView):
    """Answers the buttons that no view listens to any more: old ones, and those from before a restart."""

    def __init__(self, custom_ids: Iterable[str]) -> None:
        super().__init__(timeout=None)
        for custom_id in custom_ids:
            self.add_item(_ExpiredButton(custom_id=custom_id))


class ExpiredMenus(BotView):
    """Answers the menus that no view listens to any more."""

    def __init__(self, custom_ids: Iterable[str]) -> None:
        super().__init__(timeout=None)
        for custom_id in custom_ids:
            self.add_item(_ExpiredMenu(custom_id=custom_id))


class _ExpiredButton(ui.Button[ExpiredButtons]):
    async def callback(self, interaction: AnyInteraction) -> None:
        await _say_expired(Context.of(interaction))


class _ExpiredMenu(ui.Select[ExpiredMenus]):
    async def callback(self, interaction: AnyInteraction) -> None:
        await _say_expired(Context.of(interaction))


async def _say_expired(ctx: Context) -> None:
    sentence = ctx.translations.gettext("These buttons are switched off; ask again to get new ones.")
    await reply(ctx, sentence, ephemeral=True)
