"""The fields of guilds and channels that are the same for all of them until somebody sets them."""

from playground.world.channels import FORUM_CHANNEL, MEDIA_CHANNEL, STAGE_CHANNEL, VOICE_CHANNEL
from playground.world.users import Json

_VOICE: Json = {"bitrate": 64_000, "user_limit": 0, "rtc_region": None}
_POSTS: Json = {"default_reaction_emoji": None, "default_sort_order": None}

# Beyond what all channels have, by their types.
CHANNEL_DEFAULTS: dict[int, Json] = {
    VOICE_CHANNEL: _VOICE,
    STAGE_CHANNEL: _VOICE,
    FORUM_CHANNEL: {**_POSTS, "default_forum_layout": 0},
    MEDIA_CHANNEL: _POSTS,
}

GUILD_DEFAULTS: Json = {
    "icon": None,
    "description": None,
    "home_header": None,
    "splash": None,
    "discovery_splash": None,
    "features": [],
    "banner": None,
    "application_id": None,
    "region": "",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "system_channel_id": None,
    "system_channel_flags": 0,
    "widget_enabled": False,
    "widget_channel_id": None,
    "verification_level": 0,
    "default_message_notifications": 0,
    "mfa_level": 0,
    "explicit_content_filter": 0,
    "max_presences": None,
    "max_members": 500000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "vanity_url_code": None,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "rules_channel_id": None,
    "safety_alerts_channel_id": None,
    "public_updates_channel_id": None,
    "premium_progress_bar_enabled": False,
    "nsfw": False,
    "nsfw_level": 0,
    "stickers": [],
    "incidents_data": None,
}
