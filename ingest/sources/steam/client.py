"""Steam's endpoints, each as a method: what is asked, and the shape of what comes.

Every call waits for its turn, is judged by the rules, and asked again where that may help.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ingest.sources.download.errors import DownloadError, Setback
from ingest.sources.download.exchange import wanted_wait
from ingest.sources.download.settings import Clock
from ingest.sources.steam import shapes
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.exchange import Exchange
from ingest.sources.steam.interruptions import KeyRefused, MethodFailed
from ingest.sources.steam.kept.limits import CallLimits
from ingest.sources.steam.reply import Call, HostName
from ingest.sources.steam.rules import Ruling, content_of, judge

# More are reported to fit; the wall is the address, of which one of 8 KB is refused.
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


class SteamClient:
    """Asks Steam, at its pace."""

    def __init__(
        self, exchange: Exchange, limits: CallLimits, clock: Clock, differences: Differences, country: str
    ) -> None:
        self._exchange = exchange
        self._limits = limits
        self._clock = clock
        self._country = country
        self.differences = differences

    def ask(self, call: Call) -> dict[str, Any]:
        """Return what an answer holds; an empty one may be a glitch, and is never proof of anything.

        Raises:
            Interruption: There is none in this run; its subclasses say why.
        """
        while True:
            self._limits.take_turn(call.host)
            try:
                reply = self._exchange.send(call)
            except Setback as error:
                self._limits.failed(call.host, f"cannot be asked: {error}", error.wait_seconds)
                continue
            except DownloadError as error:
                self._limits.give_up(call.host, str(error).rstrip("."))
            rule = judge(call, reply)
            if rule.ruling is Ruling.WAIT:
                wanted = wanted_wait(reply.headers.get("retry-after"), self._clock.now())
                self._limits.failed(call.host, rule.says, wanted)
                continue
            self._limits.succeeded(call.host)
            if rule.ruling is Ruling.NO_KEY:
                raise KeyRefused(f"Steam {rule.says}")
            content = content_of(call, reply)
            if rule.ruling is Ruling.FAIL or content is None:
                raise MethodFailed(f"{call.method}: Steam {rule.says} (status {reply.status})")
            return content

    def app_list(self, last_app: int, since: int) -> shapes.AppPage:
        """Return the games after an app id, those alone that have changed after the stamp `since`."""
        query = {"include_games": "true", "max_results": str(APPS_A_PAGE), "last_appid": str(last_app)}
        if since:
            query["if_modified_since"] = str(since)
        call = Call(HostName.API, "IStoreService/GetAppList/v1/", query, needs_key=True)
        return self.differences.read(self.ask(call), shapes.AppPage, "GetAppList")

    def query(self, start: int) -> shapes.QueryPage:
        """Return the ids of the games from an offset on, without a key."""
        asked = {
            "query": {
                "start": start,
                "count": QUERIED_A_PAGE,
                "filters": {"type_filters": {"include_games": True}},
            },
            "context": self._context("english"),
            "data_request": {},
        }
        return self.differences.read(
            self.ask(_of_json("IStoreQueryService/Query/v1/", asked)), shapes.QueryPage, "Query"
        )

    def items(self, apps: Sequence[int], language: str) -> list[dict[str, Any]]:
        """Return what the store says of up to `ITEMS_A_CALL` apps, in any order, as it came."""
        return self._items(apps, language, _FACTS)

    def names_of(self, apps: Sequence[int], language: str) -> list[dict[str, Any]]:
        """Return the same with little more than names."""
        return self._items(apps, language, {"include_basic_info": False})

    def tags(self, known_hash: str) -> shapes.TagList:
        """Return the names of all tags, or none where they are those of the hash."""
        asked = {"language": "english"} | ({"have_version_hash": known_hash} if known_hash else {})
        content = self.ask(_of_json("IStoreService/GetTagList/v1/", asked))
        return self.differences.read(content, shapes.TagList, "GetTagList")

    def categories(self) -> shapes.CategoryList:
        """Return the names of all features."""
        content = self.ask(_of_json("IStoreBrowseService/GetStoreCategories/v1/", {"language": "english"}))
        return self.differences.read(content, shapes.CategoryList, "GetStoreCategories")

    def currency(self) -> str:
        """Return the currency of the country by ISO 4217, empty where Steam does not say it."""
        content = self.ask(_of_json("IStoreBrowseService/GetPriceStops/v1/", {"country_code": self._country}))
        return self.differences.read(content, shapes.PriceStops, "GetPriceStops").currency_code

    def details(self, app: int) -> dict[str, Any] | None:
        """Return the slow page of one app, None where there is none."""
        query = {"appids": str(app), "cc": self._country, "l": "english"}
        entry = self.ask(Call(HostName.STORE, "api/appdetails", query)).get(str(app))
        data = entry.get("data") if isinstance(entry, dict) and entry.get("success") else None
        return data if isinstance(data, dict) else None

    def reviews(self, app: int, cursor: str) -> dict[str, Any]:
        """Return a page of reviews, the last written or edited first, as it came."""
        query = {
            "appid": str(app),
            "filter": _BY_LAST_UPDATE,
            "languages[0]": "all",
            "purchase_type": _BOUGHT_ANYWHERE,
            "num_per_page": str(REVIEWS_A_PAGE),
            "cursor": cursor,
        }
        return self.ask(Call(HostName.API, "IUserReviewsService/GetAppReviews/v1/", query))

    def _items(
        self, apps: Collection[int], language: str, wanted: Mapping[str, object]
    ) -> list[dict[str, Any]]:
        asked = {
            "ids": [{"appid": app} for app in apps],
            "context": self._context(language),
            "data_request": wanted,
        }
        found = self.ask(_of_json("IStoreBrowseService/GetItems/v1/", asked)).get("store_items")
        return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []

    def _context(self, language: str) -> dict[str, object]:
        return {"language": language, "country_code": self._country, "steam_realm": 1}


def _of_json(method: str, asked: object) -> Call:
    """Return a call of a service method whose parameters are one JSON text, as short as can be."""
    return Call(HostName.API, method, {"input_json": json.dumps(asked, separators=(",", ":"))})
