"""`/help`."""

from collections.abc import Iterator
from typing import Any

from discord import app_commands

from commands.core.access.permissions import AnyCommand, may_use
from commands.core.options.options import example, example_of
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import reply
from commands.core.request.context import Context
from commands.core.services.services import Interaction
from commands.help.card import Entry, overview
from localization.translations import Translations

# Stands in an example for what differs from server to server, such as a player.
_PLACEHOLDER = "…"


@app_commands.command(description="Show what you can ask, with examples", extras=example())
async def help(interaction: Interaction) -> None:  # noqa: A001 - the command is called so
    """Show the commands that the person may use here."""
    ctx = Context.of(interaction)
    translations, client = ctx.translations, ctx.interaction.client
    entries = tuple(
        Entry(
            command.qualified_name,
            client.command_ids.get((command.root_parent or command).name),
            _example(command, translations),
        )
        for command in _commands(client.tree)
        if may_use(ctx, command)
    )
    await reply(ctx, embed=embed_of(overview(entries, translations), translations), ephemeral=True)


def _example(command: AnyCommand, translations: Translations) -> dict[str, str]:
    """Return the example's options that can be typed as they stand, with choices as the person sees them."""
    choices = {choice.name for option in command.parameters for choice in option.choices}
    return {
        name: translations.gettext(value) if value in choices else value
        for name, value in example_of(command).items()
        if value != _PLACEHOLDER
    }


def _commands(tree: app_commands.CommandTree[Any]) -> Iterator[AnyCommand]:
    for command in tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command
