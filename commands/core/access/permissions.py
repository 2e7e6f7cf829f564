"""Who may do what; checked here as well as by Discord, whose rules a server's admins can change."""

from typing import Any, TypeVar

import discord
from discord import app_commands

from commands.core.request.context import Context
from commands.core.services.cooldowns import Counted

AnyCommand = app_commands.Command[Any, ..., Any]

Decorated = TypeVar("Decorated")

MANAGERS = discord.Permissions(manage_guild=True)


class NotTheOwner(app_commands.CheckFailure):
    """Only those in charge of the bot may do that: it concerns all servers, or the machine."""


class ManagersGroup(app_commands.Group):
    """Commands for those who manage a server, and for nobody else but where `owners_only` says so."""

    def __init__(self, *, name: str, description: str) -> None:
        super().__init__(
            name=name,
            description=description,
            guild_only=True,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            default_permissions=MANAGERS,
        )

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Raise unless the person may run the command."""
        if interaction.guild_id is None:
            raise app_commands.NoPrivateMessage
        ctx, command = Context.of(interaction), interaction.command
        assert isinstance(command, app_commands.Command)
        if not may_use(ctx, command):
            raise NotTheOwner if is_for_owners(command) else app_commands.MissingPermissions(["manage_guild"])
        return True


def is_owner(ctx: Context) -> bool:
    """Return whether the person is in charge of the bot, and so of what concerns every server."""
    return ctx.asker.id in ctx.interaction.client.owner_ids


async def _owns_the_bot(interaction: discord.Interaction) -> bool:
    if not is_owner(Context.of(interaction)):
        raise NotTheOwner
    return True


def owners_only(command: Decorated) -> Decorated:
    """Decorate a command for those in charge of the bot, whatever they may do in the server."""
    return app_commands.check(_owns_the_bot)(command)


def is_for_owners(command: AnyCommand) -> bool:
    """Return whether a command was decorated as `owners_only`."""
    return _owns_the_bot in command.checks


def may_use(ctx: Context, command: AnyCommand) -> bool:
    """Return whether the person may run `command` where they are."""
    top = command.root_parent or command
    if top.guild_only and ctx.interaction.guild_id is None:
        return False
    if is_for_owners(command):
        return is_owner(ctx)
    needed = top.default_permissions or discord.Permissions.none()
    may = ctx.interaction.permissions
    return may.administrator or may.is_superset(needed)


async def _has_rested(interaction: discord.Interaction) -> bool:
    Context.of(interaction).take_turn(Counted.COMMAND)
    return True


def heavy(command: Decorated) -> Decorated:
    """Decorate a command that reads much, so that nobody runs such commands too often."""
    return app_commands.check(_has_rested)(command)


def is_heavy(command: AnyCommand) -> bool:
    """Return whether a command was decorated as `heavy`."""
    return _has_rested in command.checks
