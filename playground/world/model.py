"""What exists in this Discord: users, guilds with their channels, roles and members, and applications."""

from playground.world.applications import Application, Team, TeamMember
from playground.world.channels import (
    ANNOUNCEMENT_CHANNEL,
    CATEGORY,
    DM_CHANNEL,
    FORUM_CHANNEL,
    TEXT_CHANNEL,
    VOICE_CHANNEL,
)
from playground.world.guilds import Channel, Guild, Member
from playground.world.roles import Role, SupportsValue
from playground.world.threads import Thread
from playground.world.users import Json, User, iso

__all__ = [
    "ANNOUNCEMENT_CHANNEL",
    "CATEGORY",
    "DM_CHANNEL",
    "FORUM_CHANNEL",
    "TEXT_CHANNEL",
    "VOICE_CHANNEL",
    "Application",
    "Channel",
    "Guild",
    "Json",
    "Member",
    "Role",
    "SupportsValue",
    "Team",
    "TeamMember",
    "Thread",
    "User",
    "iso",
]
