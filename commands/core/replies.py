"""Answering an interaction whatever state it is in."""

import contextlib
from collections.abc import Awaitable, Callable

import aiohttp
import discord
from discord import app_commands
from discord.utils import MISSING

from charts.rendering import Chart
from commands.core.late_charts import file_of
from commands.core.services import Interaction, settings_of
from localization.markdown import Markdown

ALREADY_ACKNOWLEDGED = 40060

# What an interaction's extras remember of its first response.
_RESPONDED = "responded"
_PUBLICLY_THINKING = "publicly thinking"


async def think(interaction: Interaction, *, ephemeral: bool) -> None:
    """Show that an answer is coming, if nothing has been answered yet."""
    if _has_responded(interaction):
        return
    if interaction.type is discord.InteractionType.component:
        # What was pressed is part of the message that the answer will change.
        await _respond(interaction, interaction.response.defer)
    else:
        ephemeral = ephemeral or _is_quiet(interaction)
        await _respond(interaction, lambda: interaction.response.defer(thinking=True, ephemeral=ephemeral))
        interaction.extras[_PUBLICLY_THINKING] = not ephemeral


async def reply(
    interaction: Interaction,
    content: Markdown | None = None,
    *,
    embed: discord.Embed = MISSING,
    view: discord.ui.View = MISSING,
    picture: Chart | None = None,
    ephemeral: bool = False,
) -> None:
    """Answer with text or an embed, buttons and a picture; nobody is ever mentioned.

    Where the server's admins made the command quiet, only the person sees it.
    """
    ephemeral = ephemeral or _is_quiet(interaction)
    nobody = discord.AllowedMentions.none()
    if _has_responded(interaction):
        await interaction.followup.send(
            content or MISSING,
            embed=embed,
            view=view,
            file=_file(picture),
            ephemeral=ephemeral,
            allowed_mentions=nobody,
            wait=True,
        )
        return
    await _respond(
        interaction,
        lambda: interaction.response.send_message(
            content,
            embed=embed,
            view=view,
            file=_file(picture),
            ephemeral=ephemeral,
            allowed_mentions=nobody,
        ),
    )


async def update(
    interaction: Interaction, *, embed: discord.Embed = MISSING, view: discord.ui.View | None = None
) -> None:
    """Show something else in the message whose button was pressed; an embed that is left out stays."""
    if _has_responded(interaction):
        await interaction.edit_original_response(embed=embed, view=view)
        return
    await _respond(interaction, lambda: interaction.response.edit_message(embed=embed, view=view))


async def refuse(interaction: Interaction, sentence: Markdown) -> None:
    """Tell the person alone why there is no answer."""
    if interaction.extras.pop(_PUBLICLY_THINKING, False):
        # What follows a public "thinking" takes its place, in public; without it the sentence stays private.
        with contextlib.suppress(discord.NotFound):
            await interaction.delete_original_response()
    await reply(interaction, sentence, ephemeral=True)


def _file(picture: Chart | None) -> discord.File:
    # Made anew for each attempt: a file that was sent cannot be sent again.
    return MISSING if picture is None else file_of(picture)


def _is_quiet(interaction: Interaction) -> bool:
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return False
    # A thread is in a channel and that in a category; what is set for either holds below it.
    above = (getattr(interaction.channel, name, None) for name in ("parent_id", "category_id"))
    places = [place for place in (interaction.channel_id, *above) if place is not None]
    return settings_of(interaction).is_quiet((command.root_parent or command).name, *places)


def _has_responded(interaction: Interaction) -> bool:
    return interaction.response.is_done() or _RESPONDED in interaction.extras


async def _respond(interaction: Interaction, respond: Callable[[], Awaitable[object]]) -> None:
    """Give the first response, once more if the connection breaks; Discord takes only one of the two."""
    try:
        try:
            await respond()
        except (aiohttp.ClientError, OSError):
            await respond()
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
    interaction.extras[_RESPONDED] = True
