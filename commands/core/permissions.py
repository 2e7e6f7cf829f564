"""Who may do what; checked here as well as by Discord, whose rules a server's admins can change."""

from typing import Any, TypeVar

import discord
from discord import app_commands

from commands.core.context import Context

AnyCommand = app_commands.Command[Any, ..., Any]

Decorated = TypeVar("Decorated")

MANAGERS = discord.Permissions(manage_guild=True)
REFRESH = "admin refresh"


class ManagersGroup(app_commands.Group):
    """Commands for those who manage a server, and for nobody else."""

    def __init__(self, *, name: str, description: str) -> None:
        super().__init__(
            name=name,
            description=description,
            guild_only=True,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            default_permissions=MANAGERS,
        )

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Raise unless the person may run the command."""
        if interaction.guild_id is None:
            raise app_commands.NoPrivateMessage
        assert isinstance(interaction.command, app_commands.Command)
        if not may_use(Context.of(interaction), interaction.command):
            raise app_commands.MissingPermissions(["manage_guild"])
        return True


def manages_server(ctx: Context) -> bool:
    """Tell whether the person manages the server."""
    may = ctx.interaction.permissions
    return may.administrator or may.manage_guild


def may_refresh(ctx: Context) -> bool:
    """Tell whether the person manages the server or has a role that may refresh."""
    allowed = ctx.guild_settings.refresh_role_ids
    person = ctx.interaction.user
    has_role = isinstance(person, discord.Member) and any(role.id in allowed for role in person.roles)
    return manages_server(ctx) or has_role


def may_use(ctx: Context, command: AnyCommand) -> bool:
    """Tell whether the person may run `command` where they are."""
    top = command.root_parent or command
    if top.guild_only and ctx.interaction.guild_id is None:
        return False
    if command.qualified_name == REFRESH:
        return may_refresh(ctx)
    needed = top.default_permissions or discord.Permissions.none()
    may = ctx.interaction.permissions
    return may.administrator or may.is_superset(needed)


async def _has_rested(interaction: discord.Interaction) -> bool:
    ctx = Context.of(interaction)
    ctx.services.cooldowns.take(ctx.asker.id)
    return True


def heavy(command: Decorated) -> Decorated:
    """Decorate a command that reads much, so that nobody runs such commands too often."""
    return app_commands.check(_has_rested)(command)


def is_heavy(command: AnyCommand) -> bool:
    """Tell whether a command was decorated as `heavy`."""
    return _has_rested in command.checks
