"""Intents: which events a bot asks for, and which it gets.

The table is that of "List of Intents" in Discord's documentation of the gateway.
"""

GUILDS = 1 << 0
MEMBERS = 1 << 1
MODERATION = 1 << 2
EXPRESSIONS = 1 << 3
WEBHOOKS = 1 << 5
INVITES = 1 << 6
PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_REACTIONS = 1 << 10
GUILD_TYPING = 1 << 11
DIRECT_MESSAGES = 1 << 12
DIRECT_REACTIONS = 1 << 13
DIRECT_TYPING = 1 << 14
MESSAGE_CONTENT = 1 << 15
GUILD_POLLS = 1 << 24
DIRECT_POLLS = 1 << 25

PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT
ALL = (1 << 22) - 1 | GUILD_POLLS | DIRECT_POLLS

# For each event the intent that it needs in a guild, and in direct messages.
_NEEDED = {
    **dict.fromkeys(
        (
            "GUILD_UPDATE",
            "GUILD_DELETE",
            "GUILD_ROLE_CREATE",
            "GUILD_ROLE_UPDATE",
            "GUILD_ROLE_DELETE",
            "CHANNEL_CREATE",
            "CHANNEL_UPDATE",
            "CHANNEL_DELETE",
            "THREAD_CREATE",
            "THREAD_UPDATE",
            "THREAD_DELETE",
            "THREAD_MEMBERS_UPDATE",
        ),
        (GUILDS, 0),
    ),
    "CHANNEL_PINS_UPDATE": (GUILDS, DIRECT_MESSAGES),
    **dict.fromkeys(("GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE"), (MEMBERS, 0)),
    **dict.fromkeys(("GUILD_BAN_ADD", "GUILD_BAN_REMOVE"), (MODERATION, 0)),
    "GUILD_EMOJIS_UPDATE": (EXPRESSIONS, 0),
    "WEBHOOKS_UPDATE": (WEBHOOKS, 0),
    **dict.fromkeys(("INVITE_CREATE", "INVITE_DELETE"), (INVITES, 0)),
    **dict.fromkeys(
        ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK"),
        (GUILD_MESSAGES, DIRECT_MESSAGES),
    ),
    **dict.fromkeys(
        (
            "MESSAGE_REACTION_ADD",
            "MESSAGE_REACTION_REMOVE",
            "MESSAGE_REACTION_REMOVE_ALL",
            "MESSAGE_REACTION_REMOVE_EMOJI",
        ),
        (GUILD_REACTIONS, DIRECT_REACTIONS),
    ),
    "TYPING_START": (GUILD_TYPING, DIRECT_TYPING),
    **dict.fromkeys(("MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE"), (GUILD_POLLS, DIRECT_POLLS)),
}


def lets_through(intents: int, name: str, *, direct: bool) -> bool:
    """Return whether a bot with these intents gets an event."""
    guild, private = _NEEDED[name]
    return bool(intents & (private if direct else guild))
