"""Facts of games: answers put together from JSON that was made once for each part."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from aiohttp import web

from playground.steam.catalogue.game import Game
from playground.steam.catalogue.sections import price_fields, tag_fields
from playground.steam.http.answers import Result, service
from playground.steam.http.item_moods import ItemMoods
from playground.steam.http.methods import Method
from playground.steam.http.parameters import Parameters, switch, table, tables, text, whole
from playground.steam.http.pictures import folder
from playground.steam.lean_json import encode
from playground.steam.moods import Mood
from playground.steam.world import World

_NO_WORD = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parts of an item are asked for (`data_request`)."""

    basic_info: bool
    tags: int
    reviews: bool
    release: bool
    platforms: bool
    ratings: bool
    options: bool
    languages: bool
    assets: bool

    @classmethod
    def of(cls, request: Parameters) -> Self:
        """Read a `data_request`."""
        return cls(
            basic_info=switch(request, "include_basic_info"),
            tags=whole(request, "include_tag_count", 0),
            reviews=switch(request, "include_reviews"),
            release=switch(request, "include_release"),
            platforms=switch(request, "include_platforms"),
            ratings=switch(request, "include_ratings"),
            options=switch(request, "include_all_purchase_options"),
            languages=switch(request, "include_supported_languages"),
            assets=switch(request, "include_assets"),
        )


class ItemWriter:
    """Writes items, as the moods would have them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._moods = ItemMoods(world)

    def items(self, ids: Iterable[int], wanted: Wanted, country: str) -> bytes:
        """Return the items of some ids, in their order, as a JSON array."""
        written = (self._item(appid, wanted, country) for appid in ids)
        return b"[" + b",".join(self._moods.changed(written)) + b"]"

    def _item(self, appid: int, wanted: Wanted, country: str) -> bytes:
        game = self._world.catalogue.find(appid)
        if game is None or not game.listed:
            return missing_item(appid)
        return b"{" + b",".join(_parts(game, wanted, country, self._world.now)) + b"}"


class ItemsApi:
    """The method that answers hundreds of games in a call."""

    def __init__(self, world: World, writer: ItemWriter) -> None:
        self._world = world
        self._writer = writer

    def methods(self) -> Iterator[Method]:
        """Yield the methods that it answers."""
        yield Method("IStoreBrowseService/GetItems", self.get_items)

    def get_items(self, asked: Parameters) -> web.Response:
        """Return the items of the ids asked for; a country is needed."""
        holds = self._world.switches.holds
        country = text(table(asked, "context"), "country_code").upper()
        if not country and holds(Mood.COUNTRY_NEEDED):
            return service(result=Result.INVALID_PARAMETER)
        ids = [_id_of(entry) for entry in tables(asked, "ids")]
        if not ids:
            return service()
        wanted = Wanted.of(table(asked, "data_request"))
        unknown = self._world.switches.is_on(Mood.UNKNOWN_FIELD)
        body = b'{"store_items":' + self._writer.items(ids, wanted, country or "US")
        if unknown:
            body += b',"next_generation_hint":{"level":3}'
        return service(body + b"}")


def missing_item(appid: int) -> bytes:
    """Return what stands for an app that is unknown, withdrawn or not for this region."""
    return b'{"id":%d,"success":15,"visible":false,"name":"","appid":0,"store_url_path":"app/0/"}' % appid


def _id_of(entry: Parameters) -> int:
    """Return the number of an id object; packages and bundles have one too, but nothing is found under it."""
    if "appid" in entry:
        return whole(entry, "appid", 0)
    return -whole(entry, "packageid", whole(entry, "bundleid", 0))


def _parts(game: Game, wanted: Wanted, country: str, now: int) -> Iterator[bytes]:
    yield from _head(game)
    yield b'"categories":' + game.categories.json
    if wanted.tags and game.tags.weights:
        yield tag_fields(game.tags, wanted.tags)
    for name, asked, section in (
        (b"reviews", wanted.reviews, game.reviews),
        (b"basic_info", wanted.basic_info, game.about),
        (b"release", wanted.release, game.release),
        (b"platforms", wanted.platforms, game.platforms),
        (b"game_rating", wanted.ratings, game.rating),
    ):
        if asked and section is not None and section.json != b"{}":
            yield b'"%b":%b' % (name, section.json)
    yield from _offers(game, wanted, country, now)
    if wanted.languages:
        yield b'"supported_languages":' + game.languages.json
    if wanted.assets:
        yield _assets(game)


def _head(game: Game) -> Iterator[bytes]:
    yield b'"id":%d,"success":1,"visible":true,"name":%b,"store_url_path":"app/%d/%b","appid":%d' % (
        game.appid,
        encode(game.name),
        game.appid,
        _NO_WORD.sub("_", game.name).strip("_").encode(),
        game.appid,
    )
    if game.kind:
        yield b'"type":%d' % game.kind
    for name, holds in (
        (b"is_free", game.is_free),
        (b"is_early_access", game.release.early_access),
        (b"is_coming_soon", game.release.coming_soon),
    ):
        if holds:
            yield b'"%b":true' % name
    if game.parent:
        yield b'"related_items":{"parent_appid":%d}' % game.parent
    if game.descriptors:
        yield b'"content_descriptorids":' + encode(game.descriptors)


def _offers(game: Game, wanted: Wanted, country: str, now: int) -> Iterator[bytes]:
    if game.price is not None:
        option = b'{"packageid":%d,"purchase_option_name":%b,%b}' % (
            game.appid // 10 + 500_000,
            encode(game.name),
            price_fields(game.price, country),
        )
        yield b'"best_purchase_option":' + option
        if wanted.options:
            yield b'"purchase_options":[' + option + b"]"
    weekend = game.free_weekend
    if weekend is not None and weekend.start <= now:
        yield b'"is_free_temporarily":true'
        yield b'"free_weekend":' + encode(
            {"start_time": weekend.start, "end_time": weekend.end, "text": "Play for free!"}
        )


def _assets(game: Game) -> bytes:
    return (
        b'"assets":{"asset_url_format":"%b${FILENAME}?t=%d","header":"header.png",'
        b'"small_capsule":"capsule_231x87.png","library_capsule":"library_600x900.png"}'
        % (folder(game).encode(), game.last_modified)
    )
