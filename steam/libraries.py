"""A person's library and profile: what is asked, and what an answer says."""

from collections.abc import Mapping
from typing import Any

from steam.numbers import app_id, whole
from steam.reply import Call, HostName
from store.names.steam_ids import is_steam_id
from store.user_data import LibraryAnswer, LibraryState

_MATCH = 1
_OPEN = 3
_LONGEST_PERSONA = 64


def owned_games(steam_id: int) -> Call:
    """Ask for the games of an account, with those played free and those that Steam has not vetted."""
    query = {
        "steamid": str(steam_id),
        "include_appinfo": "false",
        "include_played_free_games": "true",
        "skip_unvetted_apps": "false",
    }
    return Call(HostName.API, "IPlayerService/GetOwnedGames/v1/", query, needs_key=True)


def summary(steam_id: int) -> Call:
    """Ask what a profile is called, and whether it is open."""
    return Call(
        HostName.API, "ISteamUser/GetPlayerSummaries/v2/", {"steamids": str(steam_id)}, needs_key=True
    )


def vanity(name: str) -> Call:
    """Ask which account has this name in the address of its profile."""
    return Call(HostName.API, "ISteamUser/ResolveVanityURL/v1/", {"vanityurl": name}, needs_key=True)


def account_of_vanity(content: Mapping[str, Any]) -> int | None:
    """Return the SteamID64 in an answer to `vanity`, None where nobody has the name."""
    steam_id = whole(content.get("steamid"))
    is_match = content.get("success") == _MATCH and steam_id is not None and is_steam_id(steam_id)
    return steam_id if is_match else None


def profile_in(content: Mapping[str, Any], steam_id: int) -> Mapping[str, Any] | None:
    """Return the profile of an account in an answer to `summary`, None where Steam knows no such account."""
    players = content.get("players")
    found = players if isinstance(players, list) else []
    mine = (one for one in found if isinstance(one, dict) and whole(one.get("steamid")) == steam_id)
    return next(mine, None)


def is_empty(content: Mapping[str, Any]) -> bool:
    """Return whether an answer to `owned_games` has no games, which it may have by mistake once."""
    return not content.get("games")


def answer_of(content: Mapping[str, Any], profile: Mapping[str, Any]) -> LibraryAnswer:
    """Return what answers to `owned_games` and `summary` say of a library.

    A closed library is answered by nothing at all, an open one without games by a count of 0. Where play
    times are kept private, all of them are 0.
    """
    persona = _persona(profile)
    games = _games(content.get("games"))
    if games:
        is_hidden = not any(games.values())
        played = dict.fromkeys(games) if is_hidden else games
        return LibraryAnswer(LibraryState.HOURS_HIDDEN if is_hidden else LibraryState.OPEN, played, persona)
    if content.get("games") or content.get("game_count", 0):
        return LibraryAnswer(LibraryState.FAILED, {}, persona)  # of another shape than it has had
    if "game_count" in content:
        return LibraryAnswer(LibraryState.EMPTY, {}, persona)
    is_open = whole(profile.get("communityvisibilitystate")) == _OPEN
    return LibraryAnswer(LibraryState.GAMES_CLOSED if is_open else LibraryState.PROFILE_CLOSED, {}, persona)


def _games(rows: object) -> dict[int, int | None]:
    """Return the minutes of each game, those of which nothing can be read as unknown."""
    found = {}
    for row in rows if isinstance(rows, list) else ():
        app = app_id(row.get("appid")) if isinstance(row, dict) else None
        if app is not None:
            found[app] = whole(row.get("playtime_forever"))
    return found


def _persona(profile: Mapping[str, Any]) -> str | None:
    name = profile.get("personaname")
    if not isinstance(name, str):
        return None
    # PostgreSQL, where it may be stored, has no text with a NUL in it.
    return " ".join(name.replace("\0", " ").split())[:_LONGEST_PERSONA] or None
