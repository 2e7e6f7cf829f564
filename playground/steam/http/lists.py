"""Lists of apps, with a key and without, and the names of tags, categories and currencies."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from hashlib import sha1
from itertools import islice

from aiohttp import web

from playground.steam.catalogue.countries import CURRENCIES, currency_of
from playground.steam.catalogue.game import Game
from playground.steam.catalogue.labels import CATEGORIES, TAGS, Kind
from playground.steam.http.answers import Result, service
from playground.steam.http.items import ItemWriter, Wanted
from playground.steam.http.methods import Method
from playground.steam.http.parameters import Parameters, numbers, switch, table, tables, text, whole
from playground.steam.lean_json import encode, lean
from playground.steam.moods import Mood
from playground.steam.world import World

_PAGE, _LONGEST_PAGE, _LONGEST_QUERY = 10_000, 50_000, 1_000
_STOPS = (99, 199, 499, 999, 1499, 1999, 2999, 3999, 4999, 5999)
# Which kinds a switch of the list, or of a query's type filters, stands for.
_KINDS: dict[str, tuple[Kind, ...]] = {
    "include_games": (Kind.GAME,),
    "include_demos": (Kind.DEMO,),
    "include_mods": (Kind.MOD,),
    "include_dlc": (Kind.DLC,),
    "include_software": (Kind.SOFTWARE,),
    "include_videos": (Kind.VIDEO,),
    "include_hardware": (Kind.HARDWARE,),
    "include_music": (Kind.MUSIC,),
}
_OF_LIST = ("include_games", "include_dlc", "include_software", "include_videos", "include_hardware")
Test = Callable[[Game], bool]


class ListsApi:
    """The methods by which a client learns what there is."""

    def __init__(self, world: World, writer: ItemWriter) -> None:
        self._world = world
        self._writer = writer
        self._found: dict[bytes, tuple[int, ...]] = {}
        self._found_in = (-1, -1)

    def methods(self) -> Iterator[Method]:
        """Yield the methods that it answers."""
        yield Method("IStoreService/GetAppList", self.app_list, needs_key=True)
        yield Method("IStoreService/GetTagList", self.tag_list)
        yield Method("IStoreQueryService/Query", self.query)
        yield Method("IStoreBrowseService/GetStoreCategories", self.categories)
        yield Method("IStoreBrowseService/GetPriceStops", self.price_stops)

    def app_list(self, asked: Parameters) -> web.Response:
        """Return a page of the list, ascending by id; demos and soundtracks are in none."""
        after = whole(asked, "last_appid", 0)
        most = min(max(1, whole(asked, "max_results", _PAGE)), _LONGEST_PAGE)
        since = whole(asked, "if_modified_since", 0)
        named = [name for name in _OF_LIST if switch(asked, name, name == "include_games")]
        kinds = {kind for name in named for kind in _KINDS[name]}

        def wanted(game: Game) -> bool:
            return game.kind in kinds and game.last_modified >= since

        holds = self._world.switches.holds
        if not after and holds(Mood.FIRST_LIST_EMPTY):
            return service()
        listed = self._world.catalogue.listed
        if after and holds(Mood.DUPLICATE_PAGE):
            before = [game for game in listed() if game.appid <= after and wanted(game)]
            return service(self._page(before[-most:], bool(before)))
        found = list(islice(filter(wanted, listed(after)), most + 1))
        return service(self._page(found[:most], len(found) > most))

    def _page(self, games: Sequence[Game], more: bool) -> bytes:
        rows = b",".join(
            b'{"appid":%d,"name":%b,"last_modified":%d,"price_change_number":%d}'
            % (game.appid, encode(game.name), game.last_modified, game.price_change_number)
            for game in games
        )
        last = games[-1].appid if games else 0
        fields = b'"apps":[' + rows + b"]" if games else b""
        if more:
            fields += b',"have_more_results":true,"last_appid":%d' % last
        elif not self._world.switches.holds(Mood.LAST_PAGE_BARE):
            fields += (b"," if fields else b"") + b'"have_more_results":false,"last_appid":%d' % last
        return b"{" + fields + b"}"

    def tag_list(self, asked: Parameters) -> web.Response:
        """Return every tag's name; no tags for a client that has them (`have_version_hash`)."""
        known = text(asked, "have_version_hash") == self._tags_hash
        if known and self._world.switches.holds(Mood.UNCHANGED_TAGS_EMPTY):
            return service(encode({"version_hash": self._tags_hash}))
        tags = [{"tagid": number, "name": name} for number, name in TAGS.items()]
        return service(encode({"version_hash": self._tags_hash, "tags": tags}))

    @cached_property
    def _tags_hash(self) -> str:
        return sha1(encode(tuple(TAGS.items())), usedforsecurity=False).hexdigest()

    def query(self, asked: Parameters) -> web.Response:
        """Return the apps that filters leave, by id, from an offset; items only with a `data_request`."""
        query, context = table(asked, "query"), table(asked, "context")
        filters = table(query, "filters")
        start = max(0, whole(query, "start", 0))
        count = min(max(0, whole(query, "count", 10)), _LONGEST_QUERY)
        found = self._matching(filters)
        again = start and self._world.switches.holds(Mood.DUPLICATE_PAGE)
        at = max(0, start - count) if again else start
        shown = found[at : at + count]
        metadata = lean({"total_matching_records": len(found), "start": start, "count": len(shown)})
        body = b'{"metadata":' + encode(metadata)
        if shown:
            body += b',"ids":' + encode([{"appid": appid} for appid in shown])
        request = table(asked, "data_request")
        if shown and request:
            body += b',"store_items":' + self._writer.items(
                shown, Wanted.of(request), text(context, "country_code", "US")
            )
        return service(body + b"}")

    def _matching(self, filters: Parameters) -> tuple[int, ...]:
        """Return the ids that filters leave, cached until the catalogue changes: paging costs little."""
        catalogue = self._world.catalogue
        # Discounts end by themselves, on the hour.
        state = catalogue.version, self._world.now // 3600
        if self._found_in != state:
            self._found.clear()
            self._found_in = state
        key = encode(filters)
        if key not in self._found:
            tests = list(_tests(filters))
            self._found[key] = tuple(
                game.appid for game in catalogue.listed() if all(test(game) for test in tests)
            )
        return self._found[key]

    def categories(self, asked: Parameters) -> web.Response:
        """Return every category with its names."""
        rows = [
            lean({"categoryid": number, "type": group, "internal_name": internal, "display_name": name})
            for number, (group, internal, name) in CATEGORIES.items()
        ]
        return service(encode({"categories": rows}))

    def price_stops(self, asked: Parameters) -> web.Response:
        """Return the currency of a country, and the prices that are usual in it."""
        country = text(asked, "country_code").upper()
        if country not in CURRENCIES:
            return service(result=Result.INVALID_PARAMETER)
        currency = currency_of(country)
        amounts = [currency.amount(cents) for cents in _STOPS]
        stops = [{"formatted_amount": currency.written(a), "amount_in_cents": str(a)} for a in amounts]
        return service(encode({"price_stops": stops, "currency_code": currency.code}))


def _tests(filters: Parameters) -> Iterator[Test]:
    types, prices = table(filters, "type_filters"), table(filters, "price_filters")
    if types:
        kinds = {kind for name, of_name in _KINDS.items() if switch(types, name) for kind in of_name}
        yield lambda game: game.kind in kinds
    if switch(filters, "released_only"):
        yield lambda game: not game.release.coming_soon
    if switch(filters, "coming_soon_only"):
        yield lambda game: game.release.coming_soon
    if switch(prices, "only_free_items"):
        yield lambda game: game.is_free
    if switch(prices, "exclude_free_items"):
        yield lambda game: not game.is_free
    least = whole(prices, "min_discount_percent", 0)
    if least:
        yield lambda game: game.price is not None and game.price.discount_percent >= least
    for group in tables(filters, "tagids_must_match"):
        yield _has_tag(numbers(group, "tagids"), True)
    excluded = numbers(filters, "tagids_exclude")
    if excluded:
        yield _has_tag(excluded, False)
    hidden = numbers(filters, "content_descriptors_excluded")
    if hidden:
        yield lambda game: hidden.isdisjoint(game.descriptors)
    parents = numbers(filters, "parent_appids")
    if parents:
        yield lambda game: game.parent in parents


def _has_tag(wanted: set[int], expected: bool) -> Test:
    return lambda game: any(tag in wanted for tag, _ in game.tags.weights) is expected
