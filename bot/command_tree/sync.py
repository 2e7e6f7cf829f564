"""Syncing commands with Discord, only when they have changed: it allows few changes a day."""

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

log = logging.getLogger(__name__)


async def payload(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Return the commands as they are sent to Discord, translations included."""
    translator = tree.translator
    if translator is None:
        return [command.to_dict(tree) for command in tree.get_commands()]
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


async def sync_if_changed(tree: app_commands.CommandTree[Any], record: Path) -> bool:
    """Sync `tree` unless `record` has the same commands of the same application; return whether it did.

    Discord being unable to take the commands just now is logged and leaves those of last time. Raises
    CommandSyncFailure if it refuses them as invalid, DiscordException as `CommandTree.sync` does.
    """
    digest = await _digest(tree)
    if _recorded(record) == digest:
        return False
    try:
        await tree.sync()
    except app_commands.CommandSyncFailure:
        raise
    except discord.HTTPException as error:
        log.error("The commands could not be synced and stay as they are: %s", error)
        return False
    _write(record, digest)
    return True


async def ids_of(tree: app_commands.CommandTree[Any]) -> dict[str, int]:
    """Return Discord's ids of the commands by name; none where it cannot say, which is logged."""
    try:
        return {command.name: command.id for command in await tree.fetch_commands()}
    except discord.HTTPException as error:
        log.warning("Help shows commands without links, since Discord does not say their ids: %s", error)
        return {}


async def _digest(tree: app_commands.CommandTree[Any]) -> str:
    told = {"application": tree.client.application_id, "commands": await payload(tree)}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _recorded(record: Path) -> str | None:
    try:
        return record.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _write(record: Path, digest: str) -> None:
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(f"{digest}\n", encoding="ascii")
    except OSError as error:
        log.warning("%s cannot be written, so the next start syncs again: %s", record, error.strerror)
