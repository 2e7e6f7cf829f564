"""Following each interaction from its first moment to its last, and telling how it went.

What is told holds nothing of the person: no id, no name, and nothing of what was typed.
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

from commands.core.services import Interaction

log = logging.getLogger(__name__)

_REPORT = "report"


class Ending(StrEnum):
    """How an interaction ended."""

    OK = "ok"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ended:
    """An interaction that is over.

    `name` is a command of ours as "admin refresh", or "unknown"; `seconds` runs from when the bot heard of
    it; `locale` is the person's language; `error_id` is the number under which a defect is logged with its
    trace.
    """

    kind: Literal["command", "autocomplete"]
    name: str
    ending: Ending
    seconds: float
    locale: str
    where: Literal["guild", "dm"]
    error_id: str | None = None


Observer: TypeAlias = Callable[[Ended], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What the error handler made of an interaction that did not go well."""

    ending: Ending
    error_id: str | None = None


def follow(interaction: Interaction, task: asyncio.Task[Any], observer: Observer) -> None:
    """Tell `observer` of `interaction` once `task`, which runs it, is over."""
    begun = time.perf_counter()
    task.add_done_callback(partial(_tell, observer, interaction, begun))


def note(interaction: Interaction, report: Report) -> None:
    """Remember what the error handler made of `interaction`, for when it is over."""
    interaction.extras[_REPORT] = report


def _tell(observer: Observer, interaction: Interaction, begun: float, task: asyncio.Task[Any]) -> None:
    seconds = time.perf_counter() - begun
    command = interaction.command
    name = "unknown" if command is None else command.qualified_name
    report = _report(interaction, name, task)
    observer(
        Ended(
            kind="autocomplete" if interaction.type is discord.InteractionType.autocomplete else "command",
            name=name,
            ending=report.ending,
            seconds=seconds,
            locale=interaction.locale.value,
            where="dm" if interaction.guild_id is None else "guild",
            error_id=report.error_id,
        )
    )


def _report(interaction: Interaction, name: str, task: asyncio.Task[Any]) -> Report:
    if task.cancelled():
        return Report(Ending.CANCELLED)
    error = task.exception()
    if error is not None:
        error_id = secrets.token_hex(4)
        log.error("/%s failed past the error handler, incident %s", name, error_id, exc_info=error)
        return Report(Ending.FAILED, error_id)
    noted: Report = interaction.extras.get(_REPORT, Report(Ending.OK))
    return noted
