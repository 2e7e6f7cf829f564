"""The tree of the commands, through which every command and suggestion goes."""

import asyncio
import logging
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.command_tree import late_suggestions
from bot.errors import handling
from bot.stale_interactions import require_options_fit
from bot.telemetry.interactions import Observer, record_error, track
from commands.core.request.context import Context
from commands.core.services.services import Interaction


class Tree(app_commands.CommandTree[Any]):
    """The commands, with one handler for all that goes wrong in them."""

    def __init__(self, client: discord.Client, observer: Observer) -> None:
        super().__init__(
            client,
            # What is only for servers says so (`permissions.ManagersGroup`).
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        logging.getLogger(late_suggestions.LOGGER).addFilter(late_suggestions.without_trace)
        self._observer = observer
        self._reports: set[asyncio.Task[None]] = set()

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Take note of every interaction as it begins, so that a stop can let it finish; load its context.

        Raises what `require_options_fit` raises.
        """
        task = asyncio.current_task()
        assert task is not None
        track(interaction, task, self._observer)
        task.add_done_callback(partial(self._report_defect, interaction))
        if not await interaction.client.begin(interaction):
            return False
        if interaction.type is discord.InteractionType.application_command:
            await Context.load(interaction)
            require_options_fit(interaction)
        return True

    def _report_defect(self, interaction: Interaction, task: asyncio.Task[Any]) -> None:
        """Report to the person what failed past the error handler, as a check of a command may."""
        if task.cancelled() or task.exception() is None:
            return
        report = asyncio.create_task(handling.report_defect(interaction), name="report of a defect")
        self._reports.add(report)
        report.add_done_callback(self._reports.discard)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Hand every error to the central handler."""
        record_error(interaction, await handling.handle(interaction, error))
