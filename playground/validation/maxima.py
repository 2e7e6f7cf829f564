"""Limits to how many of a thing Discord keeps, each with the code by which one more is refused.

The numbers are those of "JSON Error Codes" in Discord's documentation.
"""

from dataclasses import dataclass

from playground.validation.errors import ApiError


@dataclass(frozen=True, slots=True)
class Maximum:
    """At most this many of something: the `code` of the refusal, and what it names."""

    code: int
    most: int
    named: str

    def check(self, count: int) -> None:
        """Refuse what would make more than the maximum.

        Raises:
            ApiError: 400 with the code.
        """
        if count > self.most:
            raise ApiError(400, self.code, f"Maximum number of {self.named} reached ({self.most})")


PINS = Maximum(30003, 250, "pins")
ROLES = Maximum(30005, 250, "guild roles")
WEBHOOKS = Maximum(30007, 15, "webhooks")
EMOJIS = Maximum(30008, 50, "emojis")
ANIMATED_EMOJIS = Maximum(30018, 50, "animated emojis")
APPLICATION_EMOJIS = Maximum(30008, 2000, "emojis")
REACTIONS = Maximum(30010, 20, "reactions")
CHANNELS = Maximum(30013, 500, "guild channels")
ATTACHMENTS = Maximum(30015, 10, "attachments in a message")
INVITES = Maximum(30016, 1000, "invites")
FORUM_TAGS = Maximum(30048, 20, "tags in a forum channel")
ACTIVE_THREADS = Maximum(160006, 1000, "active threads")
