"""Answering an interaction whatever state it is in."""

import contextlib

import discord
from discord.utils import MISSING

from commands.host import Interaction
from commands.text import Markdown

ALREADY_ACKNOWLEDGED = 40060
_PUBLICLY_THINKING = "publicly thinking"


async def think(interaction: Interaction, *, ephemeral: bool) -> None:
    """Show that an answer is coming, if nothing has been answered yet."""
    if not interaction.response.is_done():
        await interaction.response.defer(thinking=True, ephemeral=ephemeral)
        interaction.extras[_PUBLICLY_THINKING] = not ephemeral


async def reply(
    interaction: Interaction,
    content: Markdown | None = None,
    *,
    embed: discord.Embed = MISSING,
    ephemeral: bool = False,
) -> None:
    """Answer with text or an embed; nobody is ever mentioned."""
    nobody = discord.AllowedMentions.none()
    if not interaction.response.is_done():
        try:
            await interaction.response.send_message(
                content, embed=embed, ephemeral=ephemeral, allowed_mentions=nobody
            )
        except discord.HTTPException as error:
            # A try that Discord answered with an error may have arrived all the same.
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
        else:
            return
    await interaction.followup.send(
        content or MISSING, embed=embed, ephemeral=ephemeral, allowed_mentions=nobody, wait=True
    )


async def refuse(interaction: Interaction, sentence: Markdown) -> None:
    """Tell the person alone why there is no answer."""
    if interaction.extras.pop(_PUBLICLY_THINKING, False):
        # What follows a public "thinking" takes its place, in public; without it the sentence stays private.
        with contextlib.suppress(discord.NotFound):
            await interaction.delete_original_response()
    await reply(interaction, sentence, ephemeral=True)
