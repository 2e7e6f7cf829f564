"""What a file holds, as its name or its records give it away."""

import enum
import re
from typing import Any

from ingest.sources.files.names import is_record_name
from ingest.sources.source import Kind

_NO_PART_OF_A_WORD = re.compile("[^a-z0-9]")


class Role(enum.StrEnum):
    """What a file holds."""

    GAMES = "games"
    REVIEWS = "reviews"
    ITEMS = "items"

    @property
    def pattern(self) -> str:
        """The part of a file name that gives the role away."""
        return {Role.GAMES: "steam_games", Role.REVIEWS: "user_reviews", Role.ITEMS: "users_items"}[self]

    @property
    def kind(self) -> Kind:
        """What an input of this role holds."""
        return {Role.GAMES: Kind.GAMES, Role.REVIEWS: Kind.REVIEWS, Role.ITEMS: Kind.OWNED_GAMES}[self]

    @property
    def accepts(self) -> str:
        """The file names that are looked for, as a person would write them."""
        return f"*{self.pattern}*.json or *{self.pattern}*.json.gz"


# Keys by which records of other well-known data sets on Steam are recognized, all of them in one record.
_OTHER_DATA_SETS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"bundle_id", "bundle_final_price"}), "the bundles of the same crawl"),
    (frozenset({"product_id", "username"}), "reviews of another crawl of the same group"),
    (frozenset({"steam_appid", "detailed_description"}), "games as Steam's store describes them"),
    (frozenset({"appid", "positive", "negative"}), "games as SteamSpy describes them"),
)


def role_of_name(name: str) -> Role | None:
    """Return the role that a file name such as `australian_user_reviews.json.gz` gives away, if any.

    Case and what stands between the words do not matter.
    """
    if not is_record_name(name):
        return None
    letters = _letters(name)
    return next((role for role in Role if _letters(role.pattern) in letters), None)


def role_of_record(record: Any) -> Role | None:
    """Return the role of a file that has such a record, if the record's keys give it away."""
    if not isinstance(record, dict):
        return None
    if "user_id" in record:
        return Role.ITEMS if "items" in record else Role.REVIEWS if "reviews" in record else None
    return Role.GAMES if "app_name" in record or "url" in record else None


def other_data_set(record: Any) -> str | None:
    """Return which other data set such a record is of, if it is a known one."""
    if not isinstance(record, dict):
        return None
    return next((what for keys, what in _OTHER_DATA_SETS if keys <= record.keys()), None)


def _letters(name: str) -> str:
    return _NO_PART_OF_A_WORD.sub("", name.lower())
