"""Distinguishing games from everything else that Steam sells."""

import re
from collections.abc import Sequence

from store.models import GameKind

_SOFTWARE_GENRES = frozenset(
    {
        "Accounting",
        "Animation & Modeling",
        "Audio Production",
        "Design & Illustration",
        "Education",
        "Photo Editing",
        "Software Training",
        "Utilities",
        "Video Production",
        "Web Publishing",
    }
)
_PLAY_GENRES = frozenset(
    {
        "Action",
        "Adventure",
        "Casual",
        "Massively Multiplayer",
        "RPG",
        "Racing",
        "Simulation",
        "Sports",
        "Strategy",
    }
)
_PLAY_SPECS = frozenset({"Co-op", "MMO", "Multi-player", "Online Multi-Player", "Single-player"})
_FILM_TAGS = frozenset({"360 Video", "Documentary", "Episodic", "Feature Film", "Movie", "Tutorial"})
# What players vote first for a film that the store describes like a game.
_FILMS_FIRST = frozenset({"Documentary", "Feature Film", "Movie"})
# The only feature that the store names of most films; it names none of games without any.
_FILM_SPECS = ("Captions available",)
# Short games have it too; where the store names no feature either, it is a short film.
_SHORT_FILM_TAG = "Short"
_HARDWARE_TAG = "Hardware"
# "Mod" counts only among this many of the tags that players voted first: further down it is an allusion.
_FIRST_TAGS = 6

_SOUNDTRACK = re.compile(r"\bsound\s?tracks?\b|\bost\b|\boriginal score\b", re.IGNORECASE)
# Patterns for what ends a title are matched from its beginning, since a search would try every position.
# What the store lists like a game, though it needs one.
_ADDON = re.compile(
    r"\W*\w.*\b(?:dlc|(?:perceptual|parts|cosplay|deck) (?:pack|bundle)|digital comic|sample assets"
    r"|community maps|(?<!\+ )expansion)$|.*\b(?:mission pack|add-on)\b",
    re.IGNORECASE,
)
_DEMO = re.compile(
    r"\W*\w.*\b(?:(?:demo|demo version|demo edition|free trial)\W*$|playable teaser\b)", re.IGNORECASE
)
# "Environmental Station Alpha" is finished; an unfinished game says alpha in brackets or after a dash.
_BETA = re.compile(
    r"\W*\w.*\b(?:beta|test server)\W*(?:\(obsolete\))?$"
    r"|.*(?:[(]\s*(?:open |old )?(?:alpha|beta)\b|\s-\s+alpha$)",
    re.IGNORECASE,
)
# Apps that the store does not list are known by title only: "Dota 2 Test", "Killing Floor 2 - SDK".
_UNLISTED_BETA = re.compile(r"\W*\w.*\b(?:test|unstable)$|patch testing\b", re.IGNORECASE)
_SOFTWARE = re.compile(
    r"\W*\w.*\b(?:sdk|dedicated server|editor|resource archiver|(?:mod|authoring) tools)$"
    r"|gamemaker\b|steam (?:controller|link)\b",
    re.IGNORECASE,
)


def kind_of(
    title: str,
    *,
    listed: bool = True,
    genres: Sequence[str] = (),
    specs: Sequence[str] = (),
    tags: Sequence[str] = (),
    price_cents: int | None = None,
) -> GameKind:
    """Return the kind of an app: by the store's own features if they name it, else by its title.

    A title makes a beta only of what is not sold: some finished games carry the word.
    """
    is_addon = "Downloadable Content" in specs
    is_soundtrack = bool(_SOUNDTRACK.search(title))
    is_called_beta = bool(_BETA.match(title) or (not listed and _UNLISTED_BETA.match(title)))
    is_called_mod = price_cents == 0 and "Mod" in tags[:_FIRST_TAGS]
    # The first that holds counts.
    signs = (
        (GameKind.SOUNDTRACK, is_soundtrack and (is_addon or not listed)),
        (GameKind.DLC, is_addon),
        (GameKind.DEMO, "Game demo" in specs),
        (GameKind.VIDEO, not genres and _is_film(specs, tags)),
        (GameKind.VIDEO, _PLAY_GENRES.isdisjoint(genres) and not _FILMS_FIRST.isdisjoint(tags[:1])),
        (GameKind.DEMO, _DEMO.match(title)),
        (GameKind.DLC, _ADDON.match(title)),
        (GameKind.BETA, is_called_beta and not price_cents),
        (GameKind.MOD, is_called_mod or any(spec.startswith("Mods") for spec in specs)),
        (GameKind.SOFTWARE, _is_software(title, genres, tags)),
    )
    return next((kind for kind, holds in signs if holds), GameKind.GAME)


def _is_film(specs: Sequence[str], tags: Sequence[str]) -> bool:
    if tuple(specs) == _FILM_SPECS or (not specs and _SHORT_FILM_TAG in tags):
        return True
    return _PLAY_SPECS.isdisjoint(specs) and not _FILM_TAGS.isdisjoint(tags)


def _is_software(title: str, genres: Sequence[str], tags: Sequence[str]) -> bool:
    if not genres and (_HARDWARE_TAG in tags or _SOFTWARE.match(title)):
        return True
    # Virtual-reality apps often have no genres, only players' tags of the same names.
    said = genres or tags
    return _PLAY_GENRES.isdisjoint(said) and not _SOFTWARE_GENRES.isdisjoint(said)
