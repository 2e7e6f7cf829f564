"""Channels as a bot makes and changes them."""

from typing import Any

from playground.validation.forums import TAG_SETTINGS, read_reaction, read_tags
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
from playground.world.channels import (
    ANNOUNCEMENT_CHANNEL,
    GUILD_CHANNELS,
    TEXT_CHANNEL,
    WITH_POSTS,
)
from playground.world.model import CATEGORY, Channel, Guild, Json

MAX_NAME, MAX_TOPIC, MAX_FORUM_TOPIC = 100, 1024, 4096
MAX_SLOWMODE_SECONDS = 21_600
MAX_OVERWRITES = 1000
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
# The types that turn into one another.
_CONVERTIBLE = (TEXT_CHANNEL, ANNOUNCEMENT_CHANNEL)
# Whole numbers that are kept and shown, each with its least and greatest value.
_NUMBERS = {
    "bitrate": (8000, 384_000),
    "user_limit": (0, 10_000),
    "video_quality_mode": (1, 2),
    "default_thread_rate_limit_per_user": (0, MAX_SLOWMODE_SECONDS),
    "default_sort_order": (0, 1),
    "default_forum_layout": (0, 2),
}
_REGION = 64


def read_channel(
    problems: Problems, body: Json, guild: Guild, *, new: bool, channel: Channel | None = None
) -> dict[str, Any]:
    """Check a channel and return the fields that the body sets, with its type and a new one's name."""
    fields: dict[str, Any] = {}
    name = text(problems, body, "name", MAX_NAME, low=1, required=new)
    if name is not None:
        fields["name"] = name
    fields["type"] = kind = _read_type(problems, body, channel)
    if "topic" in body:
        high = MAX_FORUM_TOPIC if kind in WITH_POSTS else MAX_TOPIC
        fields["topic"] = text(problems, body, "topic", high)
    if body.get("nsfw") is not None:
        fields["nsfw"] = boolean(problems, body, "nsfw")
    slowmode = integer(problems, body, "rate_limit_per_user", 0, MAX_SLOWMODE_SECONDS)
    if slowmode is not None:
        fields["slowmode_seconds"] = slowmode
    flags = integer(problems, body, "flags", 0, 2**31 - 1)
    if flags is not None:
        fields["flags"] = flags
    integer(problems, body, "position", 0, 2**31 - 1)
    if "parent_id" in body:
        fields["parent"] = _read_parent(problems, body, guild)
    if body.get("permission_overwrites") is not None:
        fields["overwrites"] = _read_overwrites(problems, body)
    if body.get("available_tags") is not None:
        fields["tags"] = read_tags(problems, body)
    settings = _read_settings(problems, body)
    if settings:
        fields["settings"] = {**(channel.settings if channel is not None else {}), **settings}
    return fields


def read_archive_minutes(problems: Problems, body: Json, key: str = "auto_archive_duration") -> int | None:
    """After how many minutes without a message a thread is archived; None where the body does not say."""
    value = body.get(key)
    if value is None or not one_of(problems.at(key), value, ARCHIVE_MINUTES):
        return None
    return int(value)


def _read_type(problems: Problems, body: Json, channel: Channel | None) -> int:
    kind = TEXT_CHANNEL if channel is None else channel.type
    wanted = body.get("type")
    if wanted is None:
        return kind
    if channel is None:
        allowed: tuple[int, ...] = GUILD_CHANNELS
    else:
        # "Modify Channel": only text and announcement channels turn into one another.
        allowed = _CONVERTIBLE if kind in _CONVERTIBLE else (kind,)
    return int(wanted) if one_of(problems.at("type"), wanted, allowed) else kind


def _read_settings(problems: Problems, body: Json) -> Json:
    settings = {
        key: integer(problems, body, key, low, high)
        for key, (low, high) in _NUMBERS.items()
        if body.get(key) is not None
    }
    if body.get("default_auto_archive_duration") is not None:
        key = "default_auto_archive_duration"
        settings[key] = read_archive_minutes(problems, body, key)
    read: Json = {key: value for key, value in settings.items() if value is not None}
    if body.get("rtc_region") is not None:
        read["rtc_region"] = text(problems, body, "rtc_region", _REGION)
    if body.get("default_tag_setting") is not None:
        one_of(problems.at("default_tag_setting"), body["default_tag_setting"], TAG_SETTINGS)
    if body.get("default_reaction_emoji") is not None:
        read["default_reaction_emoji"] = read_reaction(problems, body["default_reaction_emoji"])
    return read


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
