"""Discord's permission bits, and how roles and channel overwrites combine into what a member may do."""

from collections.abc import Iterable

CREATE_INVITE = 1 << 0
KICK_MEMBERS = 1 << 1
BAN_MEMBERS = 1 << 2
ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_EXTERNAL_EMOJIS = 1 << 18
CONNECT = 1 << 20
SPEAK = 1 << 21
CHANGE_NICKNAME = 1 << 26
MANAGE_NICKNAMES = 1 << 27
MANAGE_ROLES = 1 << 28
MANAGE_WEBHOOKS = 1 << 29
MANAGE_EXPRESSIONS = 1 << 30
USE_APPLICATION_COMMANDS = 1 << 31
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
CREATE_PRIVATE_THREADS = 1 << 36
SEND_MESSAGES_IN_THREADS = 1 << 38
MODERATE_MEMBERS = 1 << 40
CREATE_EXPRESSIONS = 1 << 43
SEND_POLLS = 1 << 49
PIN_MESSAGES = 1 << 51

ALL = (1 << 53) - 1

DEFAULT_MEMBER = (
    CREATE_INVITE
    | ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_EXTERNAL_EMOJIS
    | CONNECT
    | SPEAK
    | CHANGE_NICKNAME
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS
    | SEND_POLLS
)

# What is left to somebody during a timeout.
OF_SILENCED = VIEW_CHANNEL | READ_MESSAGE_HISTORY

_NAMES = {
    KICK_MEMBERS: "Kick Members",
    BAN_MEMBERS: "Ban Members",
    MANAGE_CHANNELS: "Manage Channels",
    MANAGE_ROLES: "Manage Roles",
    MANAGE_WEBHOOKS: "Manage Webhooks",
    ADMINISTRATOR: "Administrator",
    MANAGE_GUILD: "Manage Server",
    MANAGE_MESSAGES: "Manage Messages",
    VIEW_CHANNEL: "View Channel",
    SEND_MESSAGES: "Send Messages",
    EMBED_LINKS: "Embed Links",
    ATTACH_FILES: "Attach Files",
    USE_APPLICATION_COMMANDS: "Use Application Commands",
}


def names(bits: int) -> str:
    """Permissions as a person reads them, e.g. "Manage Server, Embed Links"."""
    found = [name for bit, name in _NAMES.items() if bits & bit]
    rest = bits & ~sum(_NAMES)
    if rest:
        found.append(f"{rest:#x}")
    return ", ".join(found) or "none"


def effective(roles: int, overwrites: Iterable[tuple[int, int]]) -> int:
    """Return what a member may do in a channel.

    `roles` is the union of the member's role permissions; `overwrites` are the (allow, deny) pairs that
    apply, most general first. An administrator may do everything.
    """
    if roles & ADMINISTRATOR:
        return ALL
    allowed = roles
    for allow, deny in overwrites:
        allowed = (allowed & ~deny) | allow
    return allowed if allowed & VIEW_CHANNEL else 0
