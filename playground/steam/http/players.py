"""What people own, play and wish for, who they are, and how many play a game now."""

from collections.abc import Iterator
from typing import Any

from aiohttp import web

from playground.steam.catalogue.game import Game
from playground.steam.http.answers import Refusal, Result, page, service
from playground.steam.http.methods import Method
from playground.steam.http.parameters import Parameters, numbers, switch, text, whole
from playground.steam.http.pictures import avatar_addresses
from playground.steam.lean_json import encode
from playground.steam.mixing import mixed
from playground.steam.moods import Mood
from playground.steam.people import FIRST_STEAMID, Owned, Person, Visibility
from playground.steam.world import World

_NO_MATCH = 42
_MOST_SUMMARIES = 100
_MOST_ACCOUNTS = 1 << 32


class PlayersApi:
    """The methods about people."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> Iterator[Method]:
        """Yield the methods that it answers."""
        yield Method("IPlayerService/GetOwnedGames", self.owned_games, needs_key=True)
        yield Method("IPlayerService/GetRecentlyPlayedGames", self.recently_played, needs_key=True)
        yield Method("ISteamUser/ResolveVanityURL", self.resolve_vanity, needs_key=True)
        yield Method("ISteamUser/GetPlayerSummaries", self.summaries, needs_key=True, version=2)
        yield Method("IWishlistService/GetWishlist", self.wishlist)
        yield Method("IWishlistService/GetWishlistItemCount", self.wishlist_count)
        yield Method("ISteamUserStats/GetNumberOfCurrentPlayers", self.current_players)

    def owned_games(self, asked: Parameters) -> web.Response:
        """Return a library; nothing of one that is closed.

        Raises:
            Refusal: 400 for what is no account's number.
        """
        holds = self._world.switches.holds
        person = self._person(asked)
        if person is None or not self._open(person) or holds(Mood.LIBRARY_GLITCH):
            return service()
        owned = () if holds(Mood.LIBRARY_EMPTY) else self._shown(person, asked)
        if not owned:
            return service(b'{"game_count":0}')
        hidden = person.hours_hidden or holds(Mood.HOURS_HIDDEN)
        rows = [self._row(one, game, hidden, switch(asked, "include_appinfo")) for one, game in owned]
        return service(encode({"game_count": len(rows), "games": rows}))

    def recently_played(self, asked: Parameters) -> web.Response:
        """Return what was played within two weeks, also of games that belong to others.

        Raises:
            Refusal: 400 for what is no account's number.
        """
        holds = self._world.switches.holds
        person = self._person(asked)
        if person is None or not self._open(person):
            return service()
        played = [one for one in (*person.library, *person.played_elsewhere) if one.minutes_two_weeks]
        if person.hours_hidden or holds(Mood.HOURS_HIDDEN) or holds(Mood.LIBRARY_EMPTY) or not played:
            return service(b'{"total_count":0}')
        played.sort(key=lambda one: -one.minutes_two_weeks)
        found = [(one, self._world.catalogue.find(one.appid)) for one in played]
        rows = [self._row(one, game, False, True) for one, game in found if game is not None]
        for row in rows:
            row.pop("rtime_last_played", None)
        most = whole(asked, "count", 0) or len(rows)
        return service(encode({"total_count": len(rows), "games": rows[:most]}))

    def resolve_vanity(self, asked: Parameters) -> web.Response:
        """Return the account behind the name in a profile's address.

        Raises:
            Refusal: 400 without a name.
        """
        name = text(asked, "vanityurl").lower()
        if not name:
            raise Refusal.html(400, "Required parameter 'vanityurl' is missing")
        person = next((one for one in self._world.people if one.vanity == name), None)
        if person is not None:
            return page(encode({"response": {"success": 1, "steamid": str(person.steamid)}}))
        body = encode({"response": {"success": _NO_MATCH, "message": "No match"}})
        return page(body, 200 if self._world.switches.holds(Mood.VANITY_42) else 404)

    def summaries(self, asked: Parameters) -> web.Response:
        """Profiles, in an order of their own; unknown ones are just missing.

        Raises:
            Refusal: 400 for more than a hundred.
        """
        asked_for = text(asked, "steamids").split(",")
        if len(asked_for) > _MOST_SUMMARIES:
            raise Refusal.html(400, "Too many steamids.")
        found = [self._world.person(int(one)) for one in asked_for if one.isdecimal()]
        known = sorted((one for one in found if one is not None), key=lambda one: mixed(one.steamid, 33))
        return page(encode({"response": {"players": [self._summary(one) for one in known]}}))

    def wishlist(self, asked: Parameters) -> web.Response:
        """Return a wishlist; nothing, and another result, of one that is closed.

        Raises:
            Refusal: 400 for what is no account's number.
        """
        person = self._wisher(asked)
        if person is None:
            return service(result=Result.ACCESS_DENIED)
        rows = [{"appid": w.appid, "priority": w.priority, "date_added": w.added} for w in person.wishlist]
        return service(encode({"items": rows}) if rows else b"{}")

    def wishlist_count(self, asked: Parameters) -> web.Response:
        """Return how long a wishlist is.

        Raises:
            Refusal: 400 for what is no account's number.
        """
        person = self._wisher(asked)
        if person is None:
            return service(result=Result.ACCESS_DENIED)
        return service(encode({"count": len(person.wishlist)} if person.wishlist else {}))

    def current_players(self, asked: Parameters) -> web.Response:
        """Return how many play a game now; the number changes by the hour."""
        game = self._world.catalogue.find(whole(asked, "appid", 0))
        if game is None or not game.listed or game.release.coming_soon:
            status = 404 if self._world.switches.holds(Mood.PLAYERS_404) else 200
            return page(encode({"response": {"result": _NO_MATCH}}), status)
        hour = self._world.now // 3600
        count = game.reviews.total * (20 + mixed(game.appid, hour) % 20) // 100
        return page(encode({"response": {"player_count": count, "result": 1}}))

    def _person(self, asked: Parameters) -> Person | None:
        """Return the account asked for; None if there is none with its number."""
        value = str(asked.get("steamid", ""))
        if not value.isdecimal() or not 0 <= int(value) - FIRST_STEAMID < _MOST_ACCOUNTS:
            raise Refusal.html(400, "Invalid steamid.")
        return self._world.person(int(value))

    def _wisher(self, asked: Parameters) -> Person | None:
        """Return the account whose wishlist is asked for; None where it may not be seen."""
        person = self._person(asked)
        closed = (
            person is None or not person.wishlist_open or self._world.switches.holds(Mood.WISHLIST_CLOSED)
        )
        return None if closed else person

    def _open(self, person: Person) -> bool:
        return person.library_open and not self._world.switches.holds(Mood.LIBRARY_CLOSED)

    def _shown(self, person: Person, asked: Parameters) -> list[tuple[Owned, Game]]:
        """Return the games of a library that are counted, as the parameters would have it."""
        skips = switch(asked, "skip_unvetted_apps", True) and self._world.switches.holds(
            Mood.UNVETTED_LEFT_OUT
        )
        free = switch(asked, "include_played_free_games")
        only = numbers(asked, "appids_filter")
        found = ((one, self._world.catalogue.find(one.appid)) for one in person.library)
        return [
            (one, game)
            for one, game in found
            if game is not None
            and (not only or game.appid in only)
            and not (skips and game.unvetted)
            and (not game.is_free or (free and one.minutes))
        ]

    def _row(self, owned: Owned, game: Game, hidden: bool, described: bool) -> dict[str, Any]:
        minutes = 0 if hidden else owned.minutes
        row: dict[str, Any] = {"appid": owned.appid}
        if described:
            row |= {
                "name": game.name,
                "img_icon_url": f"{mixed(game.appid, 34):08x}",
                "has_community_visible_stats": bool(game.achievements),
            }
        row |= {
            "playtime_forever": minutes,
            # What was played long ago has no platform.
            "playtime_windows_forever": minutes * 2 // 3,
            "playtime_mac_forever": 0,
            "playtime_linux_forever": minutes // 6,
            "playtime_deck_forever": minutes // 10,
            "playtime_disconnected": 0,
        }
        if owned.minutes_two_weeks and not hidden:
            row["playtime_2weeks"] = owned.minutes_two_weeks
        if not self._world.switches.holds(Mood.LAST_PLAYED_WITHHELD):
            row["rtime_last_played"] = 0 if hidden else owned.last_played
        if game.descriptors:
            row["content_descriptorids"] = game.descriptors
        return row

    def _summary(self, person: Person) -> dict[str, Any]:
        place = f"id/{person.vanity}" if person.vanity else f"profiles/{person.steamid}"
        row = {
            "steamid": str(person.steamid),
            "communityvisibilitystate": int(person.visibility),
            "profilestate": 1,
            "personaname": person.name,
            "profileurl": f"{self._world.addresses['community']}/{place}/",
            "personastate": 0,
            **avatar_addresses(self._world, person.steamid),
        }
        if person.visibility is Visibility.OPEN:
            row |= {"timecreated": person.created, "loccountrycode": "ES"}
        return row
