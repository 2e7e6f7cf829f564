"""The records of the users' files: a user with a list of reviews, or of owned games, a line."""

from typing import Annotated

import msgspec

AppId = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
UserId = Annotated[str, msgspec.Meta(min_length=1)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class RawReview(msgspec.Struct, frozen=True, gc=False):
    """A review as the file has it."""

    item_id: AppId
    recommend: bool
    review: str
    posted: str = ""
    helpful: str = ""
    funny: str = ""


class RawReviewer(msgspec.Struct, frozen=True, gc=False):
    """A line of the reviews file."""

    user_id: UserId
    reviews: list[RawReview]


class RawItem(msgspec.Struct, frozen=True, gc=False):
    """An owned game as the file has it; playtimes are minutes."""

    item_id: AppId
    item_name: str
    playtime_forever: Minutes
    playtime_2weeks: Minutes = 0


class RawOwner(msgspec.Struct, frozen=True, gc=False):
    """A line of the items file."""

    user_id: UserId
    items: list[RawItem]
    items_count: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    steam_id: str | None = None
