"""Why Discord does not let the bot in, or ended its connection: a sentence and an exit code for each reason.

The exit codes are those of sysexits.h. Two of them mean that a restart changes nothing;
docs/deployment/nextplay.service and `nextplay run --stay` go by them.
"""

from collections.abc import Mapping
from enum import IntEnum

import aiohttp
import discord

from store import NextplayError


class ExitCode(IntEnum):
    """How `nextplay run` ends where Discord is the reason."""

    UNREACHABLE = 69
    TOKEN_REFUSED = 77
    BOT_REFUSED = 78


# Another attempt would be refused as well, until a person changes something.
FINAL = (ExitCode.TOKEN_REFUSED, ExitCode.BOT_REFUSED)


class DiscordRefusal(NextplayError):
    """Discord does not let the bot in, or cannot be reached; the message says what to do."""

    def __init__(self, exit_code: ExitCode, sentence: str) -> None:
        self.exit_code = exit_code
        super().__init__(sentence)

    @property
    def is_final(self) -> bool:
        """Whether a further try without a change by a person is in vain."""
        return self.exit_code in FINAL


_NOT_KNOWN = (
    "Discord does not know the token in DISCORD_TOKEN, or no longer; copy it again from the developer portal."
)
# By the code that the gateway closes with; discord.py connects again by itself after all others.
_CLOSED: Mapping[int, tuple[ExitCode, str]] = {
    4004: (ExitCode.TOKEN_REFUSED, _NOT_KNOWN),
    4010: (
        ExitCode.BOT_REFUSED,
        "Discord refuses this connection as an invalid shard (4010); see that NEXTPLAY_SHARDS names as "
        "many shards in every process.",
    ),
    4011: (
        ExitCode.BOT_REFUSED,
        "The bot is in more servers than so many shards may serve (4011); start every process with more "
        "altogether, or without NEXTPLAY_SHARDS, which takes as many as Discord recommends.",
    ),
    4012: (
        ExitCode.BOT_REFUSED,
        "Discord no longer takes this version of its protocol (4012); install the newest Nextplay.",
    ),
    4013: (
        ExitCode.BOT_REFUSED,
        "Discord does not know an intent that the bot asks for (4013); install the newest Nextplay.",
    ),
    4014: (
        ExitCode.BOT_REFUSED,
        "Discord does not allow this application an intent that the bot asks for (4014); Nextplay needs none "
        "that is privileged, so install it unchanged, or allow the intent in the developer portal.",
    ),
}


def refusal_of(error: Exception) -> DiscordRefusal | None:
    """Return the sentence and the exit code of what ended a client; None for an error of another kind."""
    match error:
        case discord.LoginFailure():
            return DiscordRefusal(ExitCode.TOKEN_REFUSED, _NOT_KNOWN)
        case discord.PrivilegedIntentsRequired():
            return _of_close(4014)
        case discord.ConnectionClosed():
            return _of_close(error.code)
        case discord.HTTPException():
            return _of_status(error.status)
        case discord.GatewayNotFound() | aiohttp.ClientError() | ConnectionError() | TimeoutError():
            return _unreachable(str(error) or "no answer came in time")
        case _:
            return None


def _of_close(code: int) -> DiscordRefusal:
    known = _CLOSED.get(code)
    if known is None:
        return _unreachable(f"it closed the connection with code {code}")
    return DiscordRefusal(*known)


def _of_status(status: int) -> DiscordRefusal | None:
    if status == 401:
        return DiscordRefusal(ExitCode.TOKEN_REFUSED, _NOT_KNOWN)
    if status in (403, 429):
        return DiscordRefusal(
            ExitCode.UNREACHABLE,
            f"Discord turns this machine's address away ({status}), as it does after too many requests; "
            "wait an hour, and see that no other program here uses the token.",
        )
    return _unreachable(f"it answers with status {status}") if status >= 500 else None


def _unreachable(reason: str) -> DiscordRefusal:
    return DiscordRefusal(
        ExitCode.UNREACHABLE,
        f"Discord cannot be reached ({reason}); try again when it and the network are up.",
    )
