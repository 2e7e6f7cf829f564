"""The tree of the commands, through which every command and suggestion goes."""

import asyncio
from typing import Any

import discord
from discord import app_commands

from bot.errors import handling
from bot.telemetry.interactions import Observer, record_error, track
from commands.core.request.context import Context
from commands.core.services.services import Interaction


class Tree(app_commands.CommandTree[Any]):
    """The commands, with one handler for all that goes wrong in them."""

    def __init__(self, client: discord.Client, observer: Observer) -> None:
        super().__init__(
            client,
            # What is for servers alone says so (`permissions.ManagersGroup`).
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._observer = observer

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Take note of every interaction as it begins, so that a stop can let it finish; load its context."""
        task = asyncio.current_task()
        assert task is not None
        track(interaction, task, self._observer)
        if not await interaction.client.begin(interaction):
            return False
        if interaction.type is discord.InteractionType.application_command:
            await Context.load(interaction)
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Hand every error to the central handler."""
        record_error(interaction, await handling.handle(interaction, error))
