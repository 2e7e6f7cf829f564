"""What the ways in which a game is played are called."""

from collections.abc import Iterable

from localization.markdown import Markdown, unbroken_word
from localization.translations import Translations

# What the store calls the ways to play that say no more than a closer one that a game has as well.
_SAID_BY = {
    "Multi-player": {"Online Multi-Player", "Local Multi-Player", "MMO", "Online PvP", "LAN PvP", "PvP"},
    "PvP": {"Online PvP", "LAN PvP", "Shared/Split Screen PvP"},
    "Co-op": {"Online Co-op", "Local Co-op", "LAN Co-op", "Shared/Split Screen Co-op"},
    "Local Multi-Player": {"Shared/Split Screen"},
    "Shared/Split Screen": {"Shared/Split Screen Co-op", "Shared/Split Screen PvP"},
}


def ways_to_play(specs: Iterable[str], translations: Translations) -> tuple[Markdown, ...]:
    """Return how many can play, and in which ways, in the reader's language.

    Args:
        specs: Words of a game's store page; those that are about other things are passed over.
        translations: The reader's language.
    """
    names = {
        "Single-player": translations.gettext("single-player"),
        "Multi-player": translations.gettext("multiplayer"),
        "Online Multi-Player": translations.gettext("online multiplayer"),
        "Local Multi-Player": translations.gettext("local multiplayer"),
        "PvP": translations.gettext("PvP"),
        "Online PvP": translations.gettext("online PvP"),
        "LAN PvP": translations.gettext("LAN PvP"),
        "Shared/Split Screen PvP": translations.gettext("split-screen PvP"),
        "Co-op": translations.gettext("co-op"),
        "Online Co-op": translations.gettext("online co-op"),
        "Local Co-op": translations.gettext("local co-op"),
        "LAN Co-op": translations.gettext("LAN co-op"),
        "Shared/Split Screen Co-op": translations.gettext("split-screen co-op"),
        "Shared/Split Screen": translations.gettext("split screen"),
        "MMO": translations.gettext("MMO"),
        "Cross-Platform Multiplayer": translations.gettext("cross-platform"),
    }
    given = set(specs)
    known = [name for name in names if name in given]
    return tuple(unbroken_word(names[name]) for name in known if not _SAID_BY.get(name, set()) & set(known))
