"""What discord.py logs of suggestions that Discord did not take: people type on, and it is no defect."""

import logging

import aiohttp
import discord

# The logger that discord.py writes errors in autocompletion to, always with a trace.
LOGGER = "discord.app_commands.tree"

_NOT_TAKEN = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, ConnectionError)


def without_trace(record: logging.LogRecord) -> bool:
    """Make one line without a trace of what Discord did not take; a filter of `LOGGER`."""
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, _NOT_TAKEN):
        return True
    record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
    record.msg, record.args, record.exc_info = "Suggestions were not taken: %s", (error,), None
    return logging.getLogger(record.name).isEnabledFor(record.levelno)
