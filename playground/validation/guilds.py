"""Guilds as a bot changes them."""

from typing import Any

from playground.validation.images import read_image
from playground.validation.locales import LOCALES
from playground.validation.problems import Problems, array, boolean, integer, one_of, text, whole_number
from playground.world.model import Guild, Json

MAX_DESCRIPTION = 300
# "Modify Guild": what can be chosen for each setting.
_CHOICES: dict[str, tuple[Any, ...]] = {
    "verification_level": (0, 1, 2, 3, 4),
    "default_message_notifications": (0, 1),
    "explicit_content_filter": (0, 1, 2),
    "afk_timeout": (60, 300, 900, 1800, 3600),
    "preferred_locale": tuple(sorted(LOCALES)),
}
_CHANNELS = (
    "afk_channel_id",
    "system_channel_id",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
)
_PICTURES = ("icon", "splash", "discovery_splash", "banner", "home_header")


def read_guild(problems: Problems, body: Json, guild: Guild) -> dict[str, Any]:
    """Check the changes of a guild and return its fields that the body sets; pictures are not kept."""
    settings: Json = {}
    for key, choices in _CHOICES.items():
        if body.get(key) is not None and one_of(problems.at(key), body[key], choices):
            settings[key] = body[key]
    for key in _CHANNELS:
        if key in body:
            settings[key] = _read_channel(problems, body, key, guild)
    if "description" in body:
        settings["description"] = text(problems, body, "description", MAX_DESCRIPTION)
    if body.get("system_channel_flags") is not None:
        settings["system_channel_flags"] = integer(problems, body, "system_channel_flags", 0, 2**31 - 1)
    if body.get("premium_progress_bar_enabled") is not None:
        settings["premium_progress_bar_enabled"] = boolean(problems, body, "premium_progress_bar_enabled")
    for key in _PICTURES:
        read_image(problems, body, key)
    _check_features(problems, body)
    name = text(problems, body, "name", 100, low=2)
    locale = settings.pop("preferred_locale", None)
    fields = {"name": name, "locale": locale, "settings": {**guild.settings, **settings}}
    return {key: value for key, value in fields.items() if value is not None}


def _read_channel(problems: Problems, body: Json, key: str, guild: Guild) -> str | None:
    channel_id = whole_number(problems, body, key)
    if channel_id is None:
        return None
    if all(channel.id != channel_id for channel in guild.channels):
        problems.at(key).add("CHANNEL_UNKNOWN", "Unknown Channel")
    return str(channel_id)


def _check_features(problems: Problems, body: Json) -> None:
    here = problems.at("features")
    for position, item in enumerate(array(problems, body, "features", 1521)):
        text(here, {str(position): item}, str(position), 100)
