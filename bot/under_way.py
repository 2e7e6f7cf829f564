"""The interactions that are being answered, so that a stop or overload leaves nobody without a response."""

import asyncio
import contextlib
import logging
from typing import Any

import aiohttp
import discord

from commands.core.replies.replies import defer, reply_error
from commands.core.request.context import Context
from commands.core.services.services import Interaction

log = logging.getLogger(__name__)

# A command defers by itself in time; one that is this much later is deferred for it.
_LATE_SECONDS = 0.5
# How long a command may take at a stop before Discord hears that an answer comes.
_DEFER_AFTER = 0.5
# How long Discord may take to hear that a command was given up.
_SEND_SECONDS = 1.5

# What a request to Discord may raise.
_NOT_SENT = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)

_UNANSWERED = (
    discord.InteractionResponseType.deferred_channel_message,
    discord.InteractionResponseType.deferred_message_update,
)


class UnderWay:
    """Tracks the interactions that are being answered. Use it from one event loop."""

    def __init__(self) -> None:
        self._interactions: dict[asyncio.Task[Any], Interaction] = {}
        self._deferring: set[asyncio.Task[None]] = set()
        self.is_ending = False

    def add(self, interaction: Interaction) -> None:
        """Take note of an interaction; the current task answers it.

        A command that waits for long before it responds is deferred, whatever it waits for.
        """
        task = asyncio.current_task()
        assert task is not None
        self._interactions[task] = interaction
        seconds = interaction.client.services.defer_after + _LATE_SECONDS
        watch = asyncio.get_running_loop().call_later(seconds, self._defer_late, interaction)

        def end(done: asyncio.Task[Any]) -> None:
            watch.cancel()
            self._interactions.pop(done, None)

        task.add_done_callback(end)

    def _defer_late(self, interaction: Interaction) -> None:
        if Context.of(interaction).response.defers_itself:
            return  # it knows whether everybody may see its answer
        deferring = asyncio.create_task(_defer(interaction), name="late deferral")
        self._deferring.add(deferring)
        deferring.add_done_callback(self._deferring.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way, but no longer than this many seconds.

        Where a command has not responded soon, Discord is told that it will: it takes no first response after
        three seconds, and what is given up later could not be told.
        """
        await self._wait(min(seconds, _DEFER_AFTER))
        await asyncio.gather(*map(_defer, tuple(self._interactions.values())))
        await self._wait(seconds - _DEFER_AFTER)

    async def _wait(self, seconds: float) -> None:
        if self._interactions and seconds > 0:
            await asyncio.wait(set(self._interactions), timeout=seconds)

    async def give_up(self) -> None:
        """Cancel what is still under way, and tell those who wait for it."""
        await asyncio.gather(*(_give_up(*left) for left in tuple(self._interactions.items())))


async def _defer(interaction: Interaction) -> None:
    if interaction.type is discord.InteractionType.application_command:
        with contextlib.suppress(*_NOT_SENT):
            async with asyncio.timeout(_SEND_SECONDS):
                # Ephemeral whatever the command would do: some of what follows is only for the asker.
                await defer(Context.of(interaction), ephemeral=True)


async def report_stop(interaction: Interaction) -> None:
    """Tell a person that the bot is stopping, if Discord still takes an answer. Never raises."""
    ctx = Context.of(interaction)
    sentence = ctx.translations.gettext("The bot is being restarted; ask again in a minute.")
    try:
        async with asyncio.timeout(_SEND_SECONDS):
            await reply_error(ctx, sentence)
    except _NOT_SENT as error:
        log.warning("Somebody could not be told of the stop: %s", error)


async def turn_away(interaction: Interaction) -> None:
    """Tell a person to ask again later, as too many ask just now; suggestions while typing are left out.

    Never raises.
    """
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
            return
        ctx = Context.of(interaction)
        sentence = ctx.translations.gettext("Too many people are asking just now; ask again in a moment.")
        await reply_error(ctx, sentence)
    except _NOT_SENT as error:
        log.warning("Somebody could not be told to ask again later: %s", error)


async def _give_up(task: asyncio.Task[Any], interaction: Interaction) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait({task}, timeout=_SEND_SECONDS)
    response = interaction.response
    is_question = interaction.type is not discord.InteractionType.autocomplete
    if is_question and (not response.is_done() or response.type in _UNANSWERED):
        await report_stop(interaction)
