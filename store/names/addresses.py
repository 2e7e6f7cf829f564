"""Addresses of pages about a game, as people paste them."""

import re
from itertools import pairwise
from urllib.parse import parse_qs, unquote, urlsplit

# Sites that name a page of a game by its app id: Steam's own, and those that players look things up at.
_SITES = (
    r"(?:[\w-]+\.)*(?:(?:steampowered|steamcommunity|steamstatic|steamgames|steamcharts|steamspy|steamdeck"
    r"|protondb|pcgamingwiki)\.com|steamdb\.info|s\.team|gg\.deals|isthereanydeal\.com)"
)
# An address of a page there, also between the signs of Markdown, or within another that leads on to it: with
# "https://", as there a site may stand in a path that is not its own.
_PAGE = re.compile(
    rf"(?:https?://{_SITES}(?::[0-9]+)?/|(?<![\w./:@-])(?://)?{_SITES}(?::[0-9]+)?/|steam://)([^\s()\[\]<>`|\"]*)",
    re.IGNORECASE,
)
_ID_IN_PAGE = re.compile(
    r"(?:^|[/=])(?:apps?|a|games(?:/details)?|stats|dlc|video|widget|gamehub|storeapppage|store|run|rungameid"
    r"|runsafe|install|preload|validate|uninstall|launch|gameproperties|purchase|advertise|appnews|updatenews"
    r"|listings|itemstore|landing)/+([0-9]{1,9})(?![0-9])"
    r"|[?&]app_?ids?=([0-9]{1,9})(?![0-9])",
    re.IGNORECASE,
)
# Sites that name a page by the title have it behind one of these, or in one of these fields of a search.
_BEFORE_TITLE = frozenset({"game", "games", "wiki", "p", "product", "juego", "juegos"})
_SEARCHED = ("term", "q", "search", "search_query")
_NO_LETTER = re.compile(r"[\W\d_]+")
# "Doom (2016 video game)" is the page of "Doom".
_IN_BRACKETS = re.compile(r"\([^()]*\)$")


def app_ids_in(text: str) -> tuple[int, ...]:
    """Return the app ids of the games whose pages a text has the addresses of, each once, in its order."""
    found = (_ID_IN_PAGE.search(rest) for rest in _PAGE.findall(unquote(text)))
    return tuple(dict.fromkeys(int(next(filter(None, one.groups()))) for one in found if one is not None))


def title_in_address(text: str) -> str | None:
    """Return what a text calls a game that is one address of a page with a title in it, such as Wikipedia's.

    None where the text is anything else.
    """
    address = text.strip().strip("<>")
    if not address.lower().startswith(("http://", "https://")) or " " in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    fields = parse_qs(parts.query)
    searched = next((fields[name][0] for name in _SEARCHED if name in fields), None)
    return searched or _title_in_path([unquote(part) for part in parts.path.split("/") if part])


def _title_in_path(parts: list[str]) -> str | None:
    for before, part in pairwise(parts):
        if before.lower() in _BEFORE_TITLE and not _NO_LETTER.fullmatch(part):
            title = re.sub(r"[_+-]+", " ", part)
            return _IN_BRACKETS.sub("", title).strip() or None
    return None
