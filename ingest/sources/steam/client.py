"""Steam's endpoints, each as a method: what is asked, and the shape of what comes.

Every call waits for its turn, is judged by the rules, and asked again where that may help.
"""

from collections.abc import Sequence
from typing import Any

from ingest.sources.download.errors import DownloadError, Setback
from ingest.sources.download.exchange import wanted_wait
from ingest.sources.download.settings import Clock
from ingest.sources.steam import calls
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.exchange import Exchange
from ingest.sources.steam.interruptions import KeyRefused, MethodFailed
from ingest.sources.steam.kept.limits import CallLimits
from ingest.sources.steam.shapes.details import PlayerCount
from ingest.sources.steam.shapes.lists import AppPage, CategoryList, PriceStops, QueryPage, TagList
from steam.reply import Call
from steam.rules import Ruling, content_of, judge

# The `result` of an answer that has a count of players.
_COUNTED = 1


class SteamDataClient:
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

    def app_list(self, last_app: int, since: int) -> AppPage:
        """Return the games after an app id, those alone that have changed after the stamp `since`."""
        content = self.ask(calls.app_list(last_app, since, calls.APPS_A_PAGE))
        return self.differences.read(content, AppPage, "GetAppList")

    def query(self, start: int) -> QueryPage:
        """Return the ids of the games from an offset on, without a key."""
        content = self.ask(calls.query(start, calls.QUERIED_A_PAGE, self._country))
        return self.differences.read(content, QueryPage, "Query")

    def items(self, apps: Sequence[int], language: str) -> list[dict[str, Any]]:
        """Return what the store says of up to `ITEMS_A_CALL` apps, each with an `id`, in any order."""
        return _items_in(self.ask(calls.items(apps, language, self._country)))

    def names_of(self, apps: Sequence[int], language: str) -> list[dict[str, Any]]:
        """Return the same with little more than names."""
        return _items_in(self.ask(calls.names(apps, language, self._country)))

    def tags(self, known_hash: str) -> TagList:
        """Return the names of all tags, or none where they are those of the hash."""
        return self.differences.read(self.ask(calls.tags(known_hash)), TagList, "GetTagList")

    def categories(self) -> CategoryList:
        """Return the names of all features."""
        return self.differences.read(self.ask(calls.categories()), CategoryList, "GetStoreCategories")

    def currency(self) -> str:
        """Return the currency of the country by ISO 4217, empty where Steam does not say it."""
        content = self.ask(calls.price_stops(self._country))
        return self.differences.read(content, PriceStops, "GetPriceStops").currency_code

    def details(self, app: int) -> dict[str, Any] | None:
        """Return the slow page of one app, None where there is none."""
        return details_in(self.ask(calls.details(app, self._country)), app)

    def reviews(self, app: int, cursor: str) -> dict[str, Any]:
        """Return a page of reviews, the last written or edited first, as it came."""
        return self.ask(calls.reviews(app, cursor))

    def player_count(self, app: int) -> int | None:
        """Return how many play an app now, None where Steam does not count that."""
        content = self.ask(calls.player_count(app))
        count = self.differences.read(content, PlayerCount, "GetNumberOfCurrentPlayers")
        return count.player_count if count.result == _COUNTED and count.player_count >= 0 else None


def details_in(content: dict[str, Any], app: int) -> dict[str, Any] | None:
    """Return the page of an app in an answer of appdetails, None where it has none."""
    entry = content.get(str(app))
    data = entry.get("data") if isinstance(entry, dict) and entry.get("success") else None
    return data if isinstance(data, dict) else None


def _items_in(content: dict[str, Any]) -> list[dict[str, Any]]:
    found = content.get("store_items")
    items = found if isinstance(found, list) else []
    return [item for item in items if isinstance(item, dict) and isinstance(item.get("id"), int)]
