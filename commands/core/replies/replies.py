"""Replying to an interaction whatever state it is in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial

import aiohttp
import discord
from discord.utils import MISSING

from charts.rendering import Chart
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.late_charts import file_of
from localization.markdown import Markdown

ALREADY_ACKNOWLEDGED = 40060
# A reply of more than one message takes longer than its first response; Discord takes it for 15 minutes.
_FOLLOW_UP_IS_SLOWER = 6.0


class DiscordSilent(discord.DiscordException):
    """Discord took no answer in time, as where it asks to be left alone for long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Discord took no answer within {seconds:.0f} seconds")


async def defer(ctx: Context, *, ephemeral: bool) -> None:
    """Show that a reply is coming, if nothing has been sent yet."""
    response = ctx.interaction.response
    if ctx.changes_message:
        await _respond(ctx, response.defer)
        return
    ephemeral = ephemeral or is_quiet(ctx)
    if await _respond(ctx, lambda: response.defer(thinking=True, ephemeral=ephemeral)):
        ctx.response.deferred_publicly = not ephemeral


async def reply(
    ctx: Context,
    content: Markdown | None = None,
    *,
    embed: discord.Embed = MISSING,
    above: Sequence[discord.Embed] = (),
    view: discord.ui.View = MISSING,
    chart: Chart | None = None,
    ephemeral: bool = False,
    delete_after: float | None = None,
) -> None:
    """Reply with text or an embed, those `above` it, buttons and a chart; nobody is ever mentioned.

    Where the server's admins made the command quiet, only the person sees it. It is deleted after this many
    seconds, if given.
    """
    ephemeral = ephemeral or is_quiet(ctx)
    nobody = discord.AllowedMentions.none()
    embeds: Sequence[discord.Embed] = MISSING
    if embed is not MISSING:
        embeds = (*above, embed)
    is_first = await _respond(
        ctx,
        lambda: ctx.interaction.response.send_message(
            content,
            embeds=embeds,
            view=view,
            file=_file(chart),
            ephemeral=ephemeral,
            allowed_mentions=nobody,
            delete_after=delete_after,
        ),
    )
    if is_first:
        return
    async with _in_time(_FOLLOW_UP_IS_SLOWER * ctx.services.respond_within):
        sent = await ctx.interaction.followup.send(
            content or MISSING,
            embeds=embeds,
            view=view,
            file=_file(chart),
            ephemeral=ephemeral,
            allowed_mentions=nobody,
            wait=True,
        )
    if delete_after is not None:
        await sent.delete(delay=delete_after)


async def update(
    ctx: Context,
    *,
    content: Markdown | None = MISSING,
    embed: discord.Embed = MISSING,
    view: discord.ui.View | None = None,
) -> None:
    """Show something else in the message whose button was pressed; what is left out stays."""
    is_first = await _respond(
        ctx, lambda: ctx.interaction.response.edit_message(content=content, embed=embed, view=view)
    )
    if not is_first:
        async with _in_time(_FOLLOW_UP_IS_SLOWER * ctx.services.respond_within):
            await ctx.interaction.edit_original_response(content=content, embed=embed, view=view)


async def open_form(ctx: Context, form: discord.ui.Modal) -> None:
    """Open a form for the person.

    Raises:
        CommandError: Something was sent before; Discord takes a form as a first response alone.
    """
    if not await _respond(ctx, lambda: ctx.interaction.response.send_modal(form)):
        raise CommandError(ctx.translations.gettext("That took too long; press the button again."))


async def reply_error(
    ctx: Context,
    sentence: Markdown,
    *,
    view: discord.ui.View = MISSING,
    delete_after: float | None = None,
) -> None:
    """Tell the person alone why the command did not do what was asked, for this many seconds if given.

    The buttons of `view` do it after all. If the connection breaks it is told once more: better twice than
    never.
    """
    if ctx.response.deferred_publicly:
        ctx.response.deferred_publicly = False
        # A follow-up to a public "thinking" would be public too; once that is deleted, it is ephemeral.
        with contextlib.suppress(discord.DiscordException, aiohttp.ClientError, OSError):
            async with _in_time(ctx.services.respond_within):
                await ctx.interaction.delete_original_response()
    tell = partial(reply, ctx, sentence, view=view, ephemeral=True, delete_after=delete_after)
    try:
        await tell()
    except (aiohttp.ClientError, OSError):
        await tell()


def _file(chart: Chart | None) -> discord.File:
    # Made again for each attempt: a file that was sent cannot be sent again.
    return MISSING if chart is None else file_of(chart)


def is_quiet(ctx: Context) -> bool:
    """Return whether the server's admins have the command answered only to the person here."""
    if ctx.question is None:
        return False
    command = ctx.question.command
    return ctx.guild_settings.is_quiet((command.root_parent or command).name, *ctx.place.ids)


def _has_responded(ctx: Context) -> bool:
    return ctx.interaction.response.is_done() or ctx.response.responded


async def _respond(ctx: Context, respond: Callable[[], Awaitable[object]]) -> bool:
    """Give the first response and return True, or False where there has been one.

    It is given once more if the connection breaks; Discord takes only one of the two.

    Raises:
        DiscordSilent: Discord takes it too late for whoever waits.
    """
    async with ctx.response.lock:
        if _has_responded(ctx):
            return False
        try:
            async with _in_time(ctx.services.respond_within):
                try:
                    await respond()
                except (aiohttp.ClientError, OSError):
                    await respond()
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
        ctx.response.responded = True
        return True


@contextlib.asynccontextmanager
async def _in_time(seconds: float) -> AsyncIterator[None]:
    """Give up what Discord is sent after this many seconds: discord.py waits as long as Discord wishes."""
    try:
        async with asyncio.timeout(seconds) as limit:
            yield
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise DiscordSilent(seconds) from error
