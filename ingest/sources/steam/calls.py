"""What is asked of each of Steam's endpoints."""

import json
from collections.abc import Collection, Mapping

from steam.reply import Call, HostName

# More are reported to work; the limit is the length of the address, which is refused from 8 KB on.
ITEMS_A_CALL = 100
APPS_A_PAGE = 10_000
QUERIED_A_PAGE = 1_000
REVIEWS_A_PAGE = 100

_BY_LAST_UPDATE = "2"
_BOUGHT_ANYWHERE = "1"
_FACTS = {
    "include_basic_info": True,
    "include_tag_count": 20,
    "include_reviews": True,
    "include_release": True,
    "include_platforms": True,
    "include_ratings": True,
    "include_all_purchase_options": True,
    "include_supported_languages": True,
    "include_assets": True,
}
_NAMES = {"include_basic_info": False}


def app_list(last_app: int, since: int, most: int) -> Call:
    """Ask for the games after an app id, those alone that have changed after the stamp `since`; 0 is all."""
    query = {"include_games": "true", "max_results": str(most), "last_appid": str(last_app)}
    if since:
        query["if_modified_since"] = str(since)
    return Call(HostName.API, "IStoreService/GetAppList/v1/", query, needs_key=True)


def query(start: int, most: int, country: str) -> Call:
    """Ask for the ids of the games from an offset on, without a key."""
    asked = {
        "query": {"start": start, "count": most, "filters": {"type_filters": {"include_games": True}}},
        "context": _context("english", country),
        "data_request": {},
    }
    return _of_json("IStoreQueryService/Query/v1/", asked)


def items(apps: Collection[int], language: str, country: str) -> Call:
    """Ask for all that the store says of up to `ITEMS_A_CALL` apps."""
    return _items(apps, language, country, _FACTS)


def names(apps: Collection[int], language: str, country: str) -> Call:
    """Ask for their names and little more."""
    return _items(apps, language, country, _NAMES)


def tags(known_hash: str) -> Call:
    """Ask for the names of tags, or for none where they are those of the hash."""
    asked = {"language": "english"} | ({"have_version_hash": known_hash} if known_hash else {})
    return _of_json("IStoreService/GetTagList/v1/", asked)


def categories() -> Call:
    """Ask for the names of features."""
    return _of_json("IStoreBrowseService/GetStoreCategories/v1/", {"language": "english"})


def price_stops(country: str) -> Call:
    """Ask for the currency of a country."""
    return _of_json("IStoreBrowseService/GetPriceStops/v1/", {"country_code": country})


def details(app: int, country: str) -> Call:
    """Ask for the slow page of one app."""
    return Call(HostName.STORE, "api/appdetails", {"appids": str(app), "cc": country, "l": "english"})


def reviews(app: int, cursor: str, most: int = REVIEWS_A_PAGE) -> Call:
    """Ask for a page of reviews, the last written or edited first."""
    query = {
        "appid": str(app),
        "filter": _BY_LAST_UPDATE,
        "languages[0]": "all",
        "purchase_type": _BOUGHT_ANYWHERE,
        "num_per_page": str(most),
        "cursor": cursor,
    }
    return Call(HostName.API, "IUserReviewsService/GetAppReviews/v1/", query)


def player_count(app: int) -> Call:
    """Ask how many play an app now."""
    return Call(HostName.API, "ISteamUserStats/GetNumberOfCurrentPlayers/v1/", {"appid": str(app)})


def _items(apps: Collection[int], language: str, country: str, wanted: Mapping[str, object]) -> Call:
    asked = {
        "ids": [{"appid": app} for app in apps],
        "context": _context(language, country),
        "data_request": wanted,
    }
    return _of_json("IStoreBrowseService/GetItems/v1/", asked)


def _context(language: str, country: str) -> dict[str, object]:
    return {"language": language, "country_code": country, "steam_realm": 1}


def _of_json(method: str, asked: object) -> Call:
    """Return a call of a service method whose parameters are one JSON text, as short as can be."""
    return Call(HostName.API, method, {"input_json": json.dumps(asked, separators=(",", ":"))})
