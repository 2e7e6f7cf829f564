"""Telling one game in several editions from several games."""

import re

# Each is said after a game's own name and makes no other game of it. In the form of search keys.
_SAID_AFTER = (
    r"(?:game of the (?:year|century)|digital deluxe|prepare to die|full clip|\d+th anniversary|day one"
    r"|super turbo championship|limited collectors|\w+) edition",
    r"game of the year",
    r"goty",
    r"(?:hd )?remastered",
    r"(?:directors|final) cut",
    r"scholar of the first sin",
    r"redux",
    r"hd",
    r"complete(?: story)?",
    r"gold(?: plus)?",
    r"(?:digital )?deluxe",
    r"(?:tm )?(?:multiplayer|single ?player)",
    # The parts of Call of Duty are apps of their own.
    r"zombies",
    r"free to play",
    r"f2p",
    r"(?:new steam|full) version",
    r"compact",
    r"korean",
    r"vr",
    r"lite",
    r"ex",
    r"(?:complete |starter |ultimate |(?:digital )?deluxe )?pack(?:age)?",
    r"(?:starter|deluxe|ultimate) bundle",
    r"collectors",
    r"enhanced",
    r"(?:un|extended )cut",
    r"(?:un)?censored",
    r"(?:public |experimental )?test server",
    r"free trial",
)
_LAST_EDITION = re.compile(rf"(?<=\w) (?:{'|'.join(_SAID_AFTER)})$")
_MOST_WORDS = 5
# Said of very many games, so that by itself none of them means any. "Prepare to Die" is not among them.
_OF_MANY_GAMES = (
    r"editions?|goty|game of the year|4k|hd|vr|f2p|free to play|free trial|multiplayer|single ?player"
    r"|anniversary|collectors|complete|definitive|deluxe|directors|enhanced|extended|gold|legendary|platinum|premium"
    r"|redux|remaster|remastered|special|standard|ultimate|uncut"
)
# Said beside those; by themselves they begin too many titles.
_BESIDE_THEM = r"the|bundle|collection|cut|digital|expanded|final|full|limited|pack|royal|version"
_ONLY_EDITION = re.compile(
    rf"(?:(?:{_BESIDE_THEM}) )*(?:{_OF_MANY_GAMES})(?: (?:{_BESIDE_THEM}|{_OF_MANY_GAMES}))*"
)


def edition_key(key: str) -> str:
    """Return the search key of a title without what tells editions of the game apart.

    "the elder scrolls v skyrim special edition" and "the elder scrolls v skyrim" have one; sequels, add-ons
    and what was remade under another name ("counter strike source") have their own. It is its own edition
    key.
    """
    # One after the other: a pattern for all at once would try every way of parting the words among them.
    while (found := _LAST_EDITION.search(key, _last_words(key))) is not None:
        key = key[: found.start()]
    return key


def _last_words(key: str) -> int:
    """Return where as many words begin, with their space, as an edition may have; 0 where there are fewer."""
    at = len(key)
    for _word in range(_MOST_WORDS):
        at = max(key.rfind(" ", 0, at), 0)
    return at


def is_only_edition(key: str) -> bool:
    """Return whether a search key says which edition, such as "goty" or "deluxe edition", and of no game."""
    return _ONLY_EDITION.fullmatch(key) is not None
