"""`/help`."""

from collections.abc import Iterator
from typing import Any

from discord import app_commands

from commands.core.context import Context
from commands.core.embeds import embed_of
from commands.core.options import example, example_of
from commands.core.permissions import AnyCommand, may_use
from commands.core.replies import reply
from commands.core.services import Interaction
from commands.help.card import Entry, overview
from localization.translations import Translations


@app_commands.command(description="Show what you can ask, with examples", extras=example())
async def help(interaction: Interaction) -> None:  # noqa: A001 - the command is called so
    """Show the commands that the person may use here."""
    ctx = Context.of(interaction)
    translations = ctx.translations
    entries = tuple(
        Entry(command.qualified_name, command.description, _example(command, translations))
        for command in _commands(ctx.interaction.client.tree)
        if may_use(ctx, command)
    )
    await reply(ctx, embed=embed_of(overview(entries, translations), translations), ephemeral=True)


def _example(command: AnyCommand, translations: Translations) -> dict[str, str]:
    """Return the example's options, with choices as the person is offered them."""
    choices = {choice.name for option in command.parameters for choice in option.choices}
    return {
        name: translations.gettext(value) if value in choices else value
        for name, value in example_of(command).items()
    }


def _commands(tree: app_commands.CommandTree[Any]) -> Iterator[AnyCommand]:
    for command in tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command
