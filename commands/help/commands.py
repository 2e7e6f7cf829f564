"""`/help`."""

from collections.abc import Iterator
from typing import Any

from discord import app_commands

from commands.core.embeds import embed_of
from commands.core.options import example, example_of
from commands.core.permissions import AnyCommand, may_use
from commands.core.replies import reply
from commands.core.services import Interaction, texts_for
from commands.help.card import Entry, overview
from localization.translations import Texts


@app_commands.command(description="Show what you can ask, with examples", extras=example())
async def help(interaction: Interaction) -> None:  # noqa: A001 - the command is called so
    """Show the commands that the person may use here."""
    texts = texts_for(interaction)
    entries = tuple(
        Entry(command.qualified_name, command.description, _example(command, texts))
        for command in _commands(interaction.client.tree)
        if may_use(interaction, command)
    )
    await reply(interaction, embed=embed_of(overview(entries, texts), texts), ephemeral=True)


def _example(command: AnyCommand, texts: Texts) -> dict[str, str]:
    """Return the example's options, with choices as the person is offered them."""
    choices = {choice.name for option in command.parameters for choice in option.choices}
    return {
        name: texts.gettext(value) if value in choices else value
        for name, value in example_of(command).items()
    }


def _commands(tree: app_commands.CommandTree[Any]) -> Iterator[AnyCommand]:
    for command in tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command
