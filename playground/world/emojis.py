"""Emojis: those that everybody has, and those of a guild or an application."""

import re
from dataclasses import dataclass

from playground.world.users import Json, User

_CUSTOM = re.compile(r"(?:<?a?:)?(\w{2,32}):([0-9]{1,20})>?")


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji as it is used: a character, or the name and id of a picture."""

    name: str
    id: int | None = None

    @property
    def key(self) -> str:
        """What identifies it."""
        return str(self.id or self.name)

    def to_json(self) -> Json:
        """Return the partial emoji object."""
        return {"id": None if self.id is None else str(self.id), "name": self.name}


@dataclass(slots=True, eq=False)
class CustomEmoji:
    """An emoji that somebody uploaded for a guild or an application."""

    id: int
    name: str
    creator: User
    animated: bool = False

    def to_json(self) -> Json:
        """Return the emoji object."""
        return {
            "id": str(self.id),
            "name": self.name,
            "user": self.creator.to_json(),
            "roles": [],
            "require_colons": True,
            "managed": False,
            "animated": self.animated,
            "available": True,
        }


def read_emoji(text: str) -> Emoji | None:
    """Return the emoji that a text is: a character, or `name:id`, also as a message writes it.

    None for a word, which is no emoji.
    """
    custom = _CUSTOM.fullmatch(text)
    if custom:
        return Emoji(custom[1], int(custom[2]))
    if not text or len(text) > 32 or all(letter.isascii() or letter.isalpha() for letter in text):
        # Keycaps such as 1️⃣ begin with an ASCII digit and go on with marks.
        return None
    return Emoji(text)
