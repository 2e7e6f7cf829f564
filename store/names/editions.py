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
    r"(?:complete |starter |ultimate |deluxe )?pack(?:age)?",
    r"(?:starter|deluxe|ultimate) bundle",
    r"collectors",
    r"enhanced",
    r"(?:un|extended )cut",
    r"(?:un)?censored",
    r"(?:public |experimental )?test server",
    r"free trial",
)
_EDITION = re.compile(rf"(?<=\w)(?: (?:{'|'.join(_SAID_AFTER)}))+$")


def edition_key(key: str) -> str:
    """Return the search key of a title without what tells editions of the game apart.

    "the elder scrolls v skyrim special edition" and "the elder scrolls v skyrim" have one; sequels, add-ons
    and what was made anew under another name ("counter strike source") have their own. It is its own edition
    key.
    """
    return _EDITION.sub("", key)
