"""`/help`."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands

from commands.cards.help import Entry, overview
from commands.embeds import embed_of
from commands.host import Interaction, texts_for
from commands.options import example, example_of
from commands.replies import reply

AnyCommand = app_commands.Command[Any, ..., Any]


@app_commands.command(description="Show what you can ask, with examples", extras=example())
async def help(interaction: Interaction) -> None:  # noqa: A001 - the command is called so
    """Show the commands that the person may use here."""
    texts = texts_for(interaction)
    entries = tuple(
        Entry(command.qualified_name, command.description, example_of(command))
        for command in _commands(interaction.client.tree)
        if _may_use(interaction, command)
    )
    await reply(interaction, embed=embed_of(overview(entries, texts), texts), ephemeral=True)


def _commands(tree: app_commands.CommandTree[Any]) -> Iterator[AnyCommand]:
    for command in tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


def _may_use(interaction: Interaction, command: AnyCommand) -> bool:
    top = command.root_parent or command
    if top.guild_only and interaction.guild_id is None:
        return False
    needed = top.default_permissions or discord.Permissions.none()
    return interaction.permissions.administrator or interaction.permissions.is_superset(needed)
