"""Tracking each interaction from its first moment to its last, and recording how it went.

A record holds nothing of the person: no id, no name, and nothing of what was typed.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Literal, TypeAlias

import discord

from bot.shards.part import shard_of
from commands.core.services.services import Interaction

log = logging.getLogger(__name__)

# Where an interaction's extras keep what the error handler made of it.
_HANDLED_ERROR = "handled error"


class InteractionOutcome(StrEnum):
    """How an interaction ended."""

    OK = "ok"
    REFUSED = "refused"
    TURNED_AWAY = "turned_away"
    TIMED_OUT = "timed_out"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class InteractionRecord:
    """An interaction that is over.

    Attributes:
        kind: Whether a command was run, or suggestions were wanted while typing one.
        name: The full name of a command of ours, such as "admin refresh", else "unknown".
        outcome: How it ended.
        seconds: From when the bot heard of it to its end.
        locale: The person's language, as Discord writes it.
        where: In a server or in direct messages.
        shard: Which of the bot's shards heard of it.
        error_id: The number under which a defect is logged with its trace.
    """

    kind: Literal["command", "autocomplete"]
    name: str
    outcome: InteractionOutcome
    seconds: float
    locale: str
    where: Literal["guild", "dm"]
    shard: int
    error_id: str | None = None


Observer: TypeAlias = Callable[[InteractionRecord], None]


@dataclass(frozen=True, slots=True)
class HandledError:
    """What the error handler made of an interaction: how it counts, and the number of a defect."""

    outcome: InteractionOutcome
    error_id: str | None = None


def track(interaction: Interaction, task: asyncio.Task[Any], observer: Observer) -> None:
    """Give `observer` the record of `interaction` once `task`, which runs it, is over."""
    started = time.perf_counter()
    task.add_done_callback(partial(_finish, observer, interaction, started))


def record_error(interaction: Interaction, error: HandledError) -> None:
    """Keep what the error handler made of `interaction` for its record."""
    interaction.extras[_HANDLED_ERROR] = error


def handled_error(interaction: Interaction) -> HandledError | None:
    """Return what was recorded of an error; None where none was."""
    found: HandledError | None = interaction.extras.get(_HANDLED_ERROR)
    return found


def _finish(observer: Observer, interaction: Interaction, started: float, task: asyncio.Task[Any]) -> None:
    seconds = time.perf_counter() - started
    command = interaction.command
    name = "unknown" if command is None else command.qualified_name
    outcome, error_id = _outcome(interaction, name, task)
    observer(
        InteractionRecord(
            kind="autocomplete" if interaction.type is discord.InteractionType.autocomplete else "command",
            name=name,
            outcome=outcome,
            seconds=seconds,
            locale=interaction.locale.value,
            where="dm" if interaction.guild_id is None else "guild",
            shard=shard_of(interaction.guild_id, interaction.client.shard_count or 1),
            error_id=error_id,
        )
    )


def _outcome(
    interaction: Interaction, name: str, task: asyncio.Task[Any]
) -> tuple[InteractionOutcome, str | None]:
    """Return how an interaction ended, and the number of the defect if it was one."""
    if task.cancelled():
        return InteractionOutcome.CANCELLED, None
    error = task.exception()
    if error is not None:
        error_id = secrets.token_hex(4)
        log.error("/%s failed past the error handler, incident %s", name, error_id, exc_info=error)
        record_error(interaction, HandledError(InteractionOutcome.FAILED, error_id))
        return InteractionOutcome.FAILED, error_id
    handled = handled_error(interaction)
    return (InteractionOutcome.OK, None) if handled is None else (handled.outcome, handled.error_id)
