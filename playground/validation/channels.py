"""Channels and threads as a bot makes and changes them."""

from typing import Any

from playground.validation.problems import (
    Problems,
    array,
    boolean,
    integer,
    mapping,
    one_of,
    text,
    whole_number,
)
from playground.world.channels import GUILD_CHANNELS, THREADS
from playground.world.model import CATEGORY, TEXT_CHANNEL, Channel, Guild, Json

MAX_NAME, MAX_TOPIC, MAX_FORUM_TOPIC = 100, 1024, 4096
MAX_SLOWMODE_SECONDS = 21_600
MAX_OVERWRITES = 100
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)


def read_channel(
    problems: Problems, body: Json, guild: Guild, *, new: bool, channel: Channel | None = None
) -> dict[str, Any]:
    """Check a channel and return the fields that the body sets, with its type and a new one's name."""
    fields: dict[str, Any] = {}
    name = text(problems, body, "name", MAX_NAME, low=1, required=new)
    if name is not None:
        fields["name"] = name
    kind = TEXT_CHANNEL if channel is None else channel.type
    if body.get("type") is not None and one_of(
        problems.at("type"), body["type"], (*GUILD_CHANNELS, *(THREADS if channel else ()))
    ):
        kind = body["type"]
    fields["type"] = kind
    if "topic" in body:
        high = MAX_FORUM_TOPIC if kind not in (TEXT_CHANNEL,) else MAX_TOPIC
        fields["topic"] = text(problems, body, "topic", high)
    if body.get("nsfw") is not None:
        fields["nsfw"] = boolean(problems, body, "nsfw")
    slowmode = integer(problems, body, "rate_limit_per_user", 0, MAX_SLOWMODE_SECONDS)
    if slowmode is not None:
        fields["slowmode_seconds"] = slowmode
    integer(problems, body, "position", 0, 2**31 - 1)
    if "parent_id" in body:
        fields["parent"] = _read_parent(problems, body, guild)
    if body.get("permission_overwrites") is not None:
        fields["overwrites"] = _read_overwrites(problems, body)
    return fields


def read_thread_state(problems: Problems, body: Json) -> dict[str, Any]:
    """Check what only threads have and return the fields that the body sets."""
    fields: dict[str, Any] = {}
    for key in ("archived", "locked", "invitable"):
        if body.get(key) is not None:
            fields[key] = boolean(problems, body, key)
    minutes = read_archive_minutes(problems, body)
    if minutes is not None:
        fields["auto_archive_minutes"] = minutes
    return fields


def read_archive_minutes(problems: Problems, body: Json) -> int | None:
    """After how many minutes without a message a thread is archived; None where the body does not say."""
    value = body.get("auto_archive_duration")
    if value is None or not one_of(problems.at("auto_archive_duration"), value, ARCHIVE_MINUTES):
        return None
    return int(value)


def _read_parent(problems: Problems, body: Json, guild: Guild) -> Channel | None:
    parent_id = whole_number(problems, body, "parent_id")
    if parent_id is None:
        return None
    for channel in guild.channels:
        if channel.id == parent_id and channel.type == CATEGORY:
            return channel
    problems.at("parent_id").add("CHANNEL_PARENT_INVALID", "Category does not exist")
    return None


def _read_overwrites(problems: Problems, body: Json) -> dict[int, tuple[int, int]]:
    overwrites = {}
    for position, item in enumerate(array(problems, body, "permission_overwrites", MAX_OVERWRITES)):
        here = problems.at("permission_overwrites", position)
        entry = mapping(here, item) or {}
        target = whole_number(here, entry, "id", required=True)
        allow, deny = (whole_number(here, entry, key) or 0 for key in ("allow", "deny"))
        if entry.get("type") is not None:
            one_of(here.at("type"), entry["type"], (0, 1))
        if target is not None:
            overwrites[target] = allow, deny
    return overwrites
