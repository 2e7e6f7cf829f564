"""The state of a published store, as status commands show it."""

from bot.published.store import PublishedStore
from commands.core.services.published import PublishedState
from store import Database


def state_of(database: Database) -> PublishedState | None:
    """Return which published store serves, and how the last look ended; None of any other store."""
    if not isinstance(database, PublishedStore):
        return None
    look = database.folder.last_look()
    return PublishedState(
        published_at=None if database.serving is None else database.serving.published_at,
        looked_at=None if look is None else look.at,
        problem=None if look is None else look.problem,
    )
