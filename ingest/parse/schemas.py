"""The items file: a user with a list of owned games a line."""

from typing import Annotated

import msgspec

from ingest.clean.reviews import AppId, UserId

Minutes = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


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
