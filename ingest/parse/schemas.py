"""The records of the users' files: a user with a list of reviews, or of owned games, a line.

A struct says what a sound line holds, which is decoded at once. The form beside it says how each field is
decoded where a line does not fit, what the record cannot be without, and what stands for the rest.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from ingest.parse.fields import (
    LARGEST_APP_ID,
    LONGEST_NAME,
    LONGEST_TEXT,
    app_id,
    name,
    text,
    text_or_digits,
    truth,
    whole_number,
)
from ingest.parse.forms import LineForm, Optional, RecordForm
from ingest.parse.literals import literal_to_json, swap_quotes

_MOST_MINUTES = 2**31 - 1
# Steam sells some 200,000 games.
_MOST_ITEMS = 1_000_000

AppId = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_APP_ID)]
Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]
Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=_MOST_MINUTES)]
Count = Annotated[int, msgspec.Meta(ge=0, le=_MOST_ITEMS)]


class RawReview(msgspec.Struct, frozen=True, gc=False):
    """A review as the file has it; UNSET is unknown."""

    item_id: AppId
    recommend: bool | UnsetType
    review: Text
    posted: Name = ""
    helpful: Name = ""
    funny: Name = ""


class RawReviewer(msgspec.Struct, frozen=True, gc=False):
    """A line of the reviews file."""

    user_id: Name
    reviews: list[RawReview]


class RawItem(msgspec.Struct, frozen=True, gc=False):
    """An owned game as the file has it; playtimes are minutes, and UNSET is unknown."""

    item_id: AppId
    item_name: Name | UnsetType
    playtime_forever: Minutes
    playtime_2weeks: Minutes = 0


class RawOwner(msgspec.Struct, frozen=True, gc=False):
    """A line of the items file; UNSET is unknown."""

    user_id: Name
    items: list[RawItem]
    items_count: Count | UnsetType
    steam_id: Name | None = None


def _minutes(value: object) -> int:
    return whole_number(value, 0, _MOST_MINUTES)


def _count(value: object) -> int:
    return whole_number(value, 0, _MOST_ITEMS)


REVIEWERS = LineForm(
    user=RecordForm(RawReviewer, about={"user_id": text_or_digits}),
    records="reviews",
    record=RecordForm(
        RawReview,
        about={"item_id": app_id},
        optional={
            "recommend": Optional(truth, UNSET),
            "review": Optional(text, ""),
            "posted": Optional(name, ""),
            "helpful": Optional(name, ""),
            "funny": Optional(text_or_digits, ""),
        },
    ),
    to_json=literal_to_json,
)
OWNERS = LineForm(
    user=RecordForm(
        RawOwner,
        about={"user_id": text_or_digits},
        optional={"items_count": Optional(_count, UNSET), "steam_id": Optional(text_or_digits, None)},
    ),
    records="items",
    record=RecordForm(
        RawItem,
        about={"item_id": app_id},
        optional={
            "item_name": Optional(name, UNSET),
            "playtime_forever": Optional(_minutes, 0),
            "playtime_2weeks": Optional(_minutes, 0),
        },
    ),
    to_json=swap_quotes,
)
