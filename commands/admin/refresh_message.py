"""The message of a refresh that somebody asked for: how far it is, a button that stops it, how it ended."""

import asyncio
import logging
from dataclasses import replace

import aiohttp
import discord
from discord import ui

from commands.admin import card as cards
from commands.admin.published_card import with_look
from commands.core.access.audit import Action, write_down
from commands.core.access.permissions import NotTheOwner, is_owner
from commands.core.buttons.views import BotView
from commands.core.replies.card import Card
from commands.core.replies.deferral import write_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import defer, reply, update
from commands.core.request.context import Context
from commands.core.services.refresher import RefreshJob, RefreshResult
from commands.core.services.services import Interaction
from localization.markdown import Markdown

log = logging.getLogger(__name__)

STOP = "refresh:stop"

# Discord takes five edits in two seconds for all of a channel; one message should need few of them.
SECONDS_BETWEEN_EDITS = 3.0


async def show_refresh(ctx: Context, job: RefreshJob) -> None:
    """Reply with how far `job` is, keep that up to date, and say at last how it ended.

    Discord takes no edit of a reply older than a quarter of an hour; from then on `/admin status` shows it.
    """
    message = _RefreshMessage(ctx, job)
    await message.begin()
    ended = asyncio.ensure_future(job.result())
    try:
        while not (await asyncio.wait({ended}, timeout=SECONDS_BETWEEN_EDITS))[0]:
            if not message.button.is_finished():
                await message.edit(message.card, message.button)
    finally:
        message.button.stop()
        ended.cancel()
    await message.edit(
        cards.refresh_result(_without_details(ctx, await job.result()), ctx.translations), None
    )


def _without_details(ctx: Context, result: RefreshResult) -> RefreshResult:
    """Return a result whose reason names nothing of the machine: others read the channel, too."""
    return replace(result, error=result.error and ctx.services.hide_details(result.error))


class _RefreshMessage:
    """The reply to `ctx`, for as long as it can be edited."""

    def __init__(self, ctx: Context, job: RefreshJob) -> None:
        self.button = StopButton(ctx, job)
        self._ctx = ctx
        self._job = job
        self._shown: Card | None = None
        self._is_lost = False

    @property
    def card(self) -> Card:
        """How far it is."""
        starter = Markdown(self._ctx.interaction.user.mention)
        card = cards.refresh_under_way(self._job, starter, self._ctx.translations)
        return with_look(card, self._ctx.services.published(), self._ctx.translations)

    async def begin(self) -> None:
        """Reply with it."""
        self._shown = self.card
        embed = embed_of(self._shown, self._ctx.translations)
        await reply(self._ctx, embed=embed, view=self.button)

    async def edit(self, card: Card, view: ui.View | None) -> None:
        """Show `card`, if that is anything new and Discord still takes it."""
        if self._is_lost or card == self._shown:
            return
        try:
            embed = embed_of(card, self._ctx.translations)
            await self._ctx.interaction.edit_original_response(embed=embed, view=view)
            self._shown = card
        except discord.HTTPException as error:
            self._is_lost = error.status < 500
            log.warning("How far the refresh is could not be told: %s", error)
        except (aiohttp.ClientError, OSError) as error:
            log.warning("How far the refresh is could not be told: %s", error)


class StopButton(BotView):
    """A button by which those in charge of the bot stop the refresh under way."""

    def __init__(self, ctx: Context, job: RefreshJob) -> None:
        super().__init__(timeout=None)
        self._job = job
        self._is_stopping = False
        self.stop_refresh.label = ctx.translations.gettext("Stop the refresh")

    async def may_press(self, ctx: Context) -> bool:
        """Let through those in charge of the bot. Raises NotTheOwner for anybody else, who is told."""
        if not is_owner(ctx):
            raise NotTheOwner
        return True

    @ui.button(custom_id=STOP, style=discord.ButtonStyle.danger)
    async def stop_refresh(self, interaction: Interaction, _button: ui.Button["StopButton"]) -> None:
        """Stop the refresh; the message itself shows its end."""
        ctx = Context.of(interaction)
        if self._is_stopping:
            await defer(ctx, ephemeral=True)
            return
        self._is_stopping = True
        try:
            await write_or_defer(ctx, lambda session: write_down(session, ctx, Action.STOP_REFRESH))
        except BaseException:
            self._is_stopping = False  # what admins do is written down, or not done
            raise
        self.stop()
        translations = ctx.translations
        await update(ctx, embed=embed_of(cards.refresh_stopping(translations), translations))
        await self._job.stop()
