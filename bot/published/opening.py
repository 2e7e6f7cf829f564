"""Opening the store that the settings name: the one here, or one that is published elsewhere."""

from bot.settings import Settings, SettingsError
from store import Database


def open_store(settings: Settings) -> Database:
    """Return the store that the settings name; nothing is opened yet."""
    if settings.store is None:
        return Database(settings.database, user_data=settings.user_data)
    # Imported here: it brings what answers questions, and a refresh of one's own store asks none.
    from bot.published.store import PublishedStore

    return PublishedStore(settings.database, user_data=settings.user_data)


def require_own_store(settings: Settings) -> None:
    """Refuse to fill or replace a store that is published elsewhere.

    Raises:
        SettingsError: It is.
    """
    if settings.store is not None:
        raise SettingsError(
            "NEXTPLAY_STORE is set, so a store is served that is published elsewhere: do this where it is"
            " published from, or without NEXTPLAY_STORE."
        )
