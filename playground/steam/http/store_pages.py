"""The page of an app as the store's JSON: complete, slow to come by, and odd in its types."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from playground.steam.catalogue.countries import currency_of
from playground.steam.catalogue.game import Game
from playground.steam.catalogue.labels import CATEGORIES, GENRES, LANGUAGE_NAMES, LANGUAGES, Kind
from playground.steam.catalogue.sections import Price
from playground.steam.http.answers import Refusal, page
from playground.steam.http.parameters import Parameters, text
from playground.steam.http.pictures import header_address
from playground.steam.lean_json import encode
from playground.steam.moods import Mood
from playground.steam.world import World

_TYPES: Mapping[Kind, str] = {
    Kind.GAME: "game",
    Kind.DEMO: "demo",
    Kind.MOD: "mod",
    Kind.DLC: "dlc",
    Kind.SOFTWARE: "game",
    Kind.VIDEO: "video",
    Kind.HARDWARE: "hardware",
    Kind.MUSIC: "music",
    Kind.BETA: "game",
    Kind.ADVERTISING: "advertising",
}
_BASIC = {
    "type",
    "name",
    "steam_appid",
    "required_age",
    "is_free",
    "dlc",
    "detailed_description",
    "about_the_game",
    "short_description",
    "fullgame",
    "supported_languages",
    "header_image",
    "website",
    "pc_requirements",
    "mac_requirements",
    "linux_requirements",
}


class StorePages:
    """The store's `appdetails`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def appdetails(self, asked: Parameters) -> web.Response:
        """Return the pages of an app; of several only their prices.

        Raises:
            Refusal: 400 without an app, and for several at once.
        """
        names = text(asked, "appids").split(",")
        filters = {name for name in text(asked, "filters").split(",") if name}
        alone = self._world.switches.is_on(Mood.PAGE_OF_ONE_APP) and filters != {"price_overview"}
        if not names[0].isdecimal() or (len(names) > 1 and alone):
            raise Refusal(400, b"null", "application/json")
        country = text(asked, "cc", "US")
        language = text(asked, "l", "english")
        pages = {name: self._answer(name, filters, country, language) for name in names}
        return page(encode(pages))

    def _answer(self, name: str, filters: set[str], country: str, language: str) -> dict[str, Any]:
        game = self._world.catalogue.find(int(name)) if name.isdecimal() else None
        if game is None or not game.listed:
            return {"success": False}
        if game.parent and self._world.switches.is_on(Mood.PAGE_OF_PARENT):
            game = self._world.catalogue.find(game.parent) or game
        data = self._data(game, country, language)
        if filters:
            shown = filters | (_BASIC if "basic" in filters else set())
            data = {field: value for field, value in data.items() if field in shown}
        # An empty object is an empty list here.
        return {"success": True, "data": data or []}

    def _data(self, game: Game, country: str, language: str) -> dict[str, Any]:
        odd = game.appid // 10
        about = game.about
        data: dict[str, Any] = {
            "type": _TYPES[game.kind],
            "name": game.name,
            "steam_appid": game.appid,
            "required_age": _required_age(game),
            "is_free": game.is_free,
            "detailed_description": f"<h1>{about.short_description}</h1>",
            "about_the_game": f"<h1>{about.short_description}</h1>",
            "short_description": about.short_description,
            "supported_languages": _languages(game),
            "header_image": header_address(self._world, game),
            "website": None,
            "pc_requirements": [] if odd % 3 == 0 else {"minimum": "<ul><li>8 GB RAM</li></ul>"},
            "mac_requirements": {"minimum": "macOS 13"} if game.platforms.mac else [],
            "linux_requirements": {"minimum": "glibc 2.31"} if game.platforms.linux else [],
            "developers": about.developers,
            "publishers": about.publishers or ("",),
            "platforms": {
                "windows": game.platforms.windows,
                "mac": game.platforms.mac,
                "linux": game.platforms.linux,
            },
            "categories": [{"id": n, "description": CATEGORIES[n][2]} for n in game.categories.all],
            "genres": [{"id": str(number), "description": GENRES[number]} for number in game.genres],
            "release_date": {"coming_soon": game.release.coming_soon, "date": _date(game, language)},
            "content_descriptors": {"ids": game.descriptors, "notes": None},
            "ratings": None if game.rating is None else {game.rating.board: {"rating": game.rating.rating}},
        }
        return data | self._sometimes(game, country)

    def _sometimes(self, game: Game, country: str) -> dict[str, Any]:
        """Return what only some pages have."""
        data: dict[str, Any] = {}
        if game.price is not None:
            data["price_overview"] = _price(game.price, country)
        if game.metacritic:
            data["metacritic"] = {"score": game.metacritic, "url": f"https://metacritic.invalid/{game.appid}"}
        if game.reviews.total:
            data["recommendations"] = {"total": game.reviews.total}
        if game.achievements:
            data["achievements"] = {"total": game.achievements}
        parent = self._world.catalogue.find(game.parent) if game.parent else None
        if parent is not None:
            data["fullgame"] = {"appid": str(parent.appid), "name": parent.name}
        return data


def _required_age(game: Game) -> int | str:
    age = game.rating.required_age if game.rating is not None else 0
    return "17+" if age == 16 else str(age) if age else 0


def _languages(game: Game) -> str:
    names = [LANGUAGE_NAMES[LANGUAGES[number]] for number in game.languages.numbers]
    spoken = [
        f"{name}<strong>*</strong>" if at < game.languages.audio else name for at, name in enumerate(names)
    ]
    return ", ".join(spoken) + "<br><strong>*</strong>languages with full audio support"


def _date(game: Game, language: str) -> str:
    release = game.release
    if not release.released_at:
        return release.message or ("Próximamente" if language == "spanish" else "Coming soon")
    day = datetime.fromtimestamp(release.released_at, UTC)
    if language == "spanish":
        months = "ENE FEB MAR ABR MAY JUN JUL AGO SEP OCT NOV DIC"
        return f"{day.day} {months[4 * day.month - 4 : 4 * day.month - 1]} {day.year}"
    return f"{day.day} {day:%b}, {day.year}"


def _price(price: Price, country: str) -> dict[str, Any]:
    currency = currency_of(country)
    full, final = currency.amount(price.list_cents), currency.amount(price.final_cents)
    return {
        "currency": currency.code,
        "initial": full,
        "final": final,
        "discount_percent": price.discount_percent,
        "initial_formatted": currency.written(full) if price.discount_percent else "",
        "final_formatted": currency.written(final),
    }
