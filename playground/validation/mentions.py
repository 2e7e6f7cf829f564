"""Whom a message may mention: `allowed_mentions`, and what goes without it.

"Allowed Mentions" in Discord's documentation of messages: without the field everything that the text names is
mentioned, in answers to interactions only users.
"""

from dataclasses import dataclass
from typing import Any

from playground.validation.problems import Problems, array, boolean, mapping, some_of, whole_numbers

PARSED = ("users", "roles", "everyone")


@dataclass(frozen=True, slots=True)
class AllowedMentions:
    """Kinds of mentions that are read from the text, and the users and roles that may be mentioned beside."""

    parse: frozenset[str]
    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    replied_user: bool = False

    def user(self, user_id: int) -> bool:
        """Return whether a user that the text names is mentioned."""
        return "users" in self.parse or user_id in self.users

    def role(self, role_id: int) -> bool:
        """Return whether a role that the text names is mentioned."""
        return "roles" in self.parse or role_id in self.roles


EVERYTHING = AllowedMentions(frozenset(PARSED), replied_user=True)
USERS_ONLY = AllowedMentions(frozenset({"users"}), replied_user=True)


def read_allowed_mentions(problems: Problems, value: Any, default: AllowedMentions) -> AllowedMentions:
    """Check `allowed_mentions`; what is wrong is reported."""
    if value is None:
        return default
    entry = mapping(problems, value) or {}
    parse = some_of(problems, entry, "parse", PARSED, 1000)
    listed = {key: whole_numbers(problems, entry, key, 100, unique=True) for key in ("users", "roles")}
    for key in listed:
        if array(Problems(), entry, key, 100) and key in parse:
            problems.add(
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.',
            )
    replied = boolean(problems, entry, "replied_user")
    return AllowedMentions(frozenset(parse), frozenset(listed["users"]), frozenset(listed["roles"]), replied)
