"""The tags of forums and media channels, and which of them a post has."""

from playground.validation import message_errors
from playground.validation.maxima import FORUM_TAGS
from playground.validation.problems import (
    Problems,
    array,
    boolean,
    mapping,
    text,
    whole_number,
    whole_numbers,
)
from playground.world.model import Channel, Json

MAX_TAG_NAME = 50
MAX_APPLIED_TAGS = 5
TAG_SETTINGS = ("match_some", "match_all")
# A forum whose posts need a tag, "Channel Flags".
REQUIRE_TAG = 1 << 4


def read_tags(problems: Problems, body: Json) -> list[Json]:
    """Check the tags of a forum; new ones have no id yet.

    Raises:
        ApiError: 30048 for more than twenty, 40061 for two of one name.
    """
    raw = array(problems, body, "available_tags", 1000)
    FORUM_TAGS.check(len(raw))
    tags = [_read_tag(problems.at("available_tags", n), item) for n, item in enumerate(raw)]
    names = [tag["name"] for tag in tags if tag["name"]]
    if len(set(names)) < len(names):
        raise message_errors.repeated_tag()
    return tags


def read_applied_tags(problems: Problems, body: Json, forum: Channel) -> list[int]:
    """Check the tags of a post: of those that the forum has.

    Raises:
        ApiError: 40067 where the forum requires one and there is none.
    """
    wanted = whole_numbers(problems, body, "applied_tags", MAX_APPLIED_TAGS)
    known = {tag["id"] for tag in forum.tags}
    if any(str(tag) not in known for tag in wanted):
        problems.at("applied_tags").add("BASE_TYPE_CHOICES", "Unknown tag")
    if not wanted and not problems and forum.flags & REQUIRE_TAG:
        raise message_errors.tag_required()
    return wanted


def read_reaction(problems: Problems, value: object) -> Json:
    """Check the emoji that posts are offered as a reaction: the id of one, or a character."""
    here = problems.at("default_reaction_emoji")
    entry = mapping(here, value) or {}
    emoji_id = whole_number(here, entry, "emoji_id")
    name = text(here, entry, "emoji_name", 100)
    return {"emoji_id": None if emoji_id is None else str(emoji_id), "emoji_name": name}


def _read_tag(problems: Problems, item: object) -> Json:
    entry = mapping(problems, item) or {}
    tag_id = whole_number(problems, entry, "id")
    emoji_id = whole_number(problems, entry, "emoji_id")
    emoji_name = text(problems, entry, "emoji_name", 100)
    return {
        "id": None if tag_id is None else str(tag_id),
        "name": text(problems, entry, "name", MAX_TAG_NAME, low=1, required=True),
        "moderated": boolean(problems, entry, "moderated"),
        "emoji_id": None if emoji_id is None else str(emoji_id),
        "emoji_name": emoji_name,
    }
