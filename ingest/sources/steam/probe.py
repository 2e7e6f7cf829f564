"""Asking each of Steam's endpoints once, to see whether its answer still has the shape that is expected."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

from ingest.sources.download.errors import DownloadError, Setback
from ingest.sources.download.folder import client_of
from ingest.sources.download.logs import secrets_kept_from_logs
from ingest.sources.download.settings import Clock, SystemClock
from ingest.sources.steam import calls
from ingest.sources.steam.client import details_in
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.exchange import LIMITS, Exchange
from ingest.sources.steam.settings import SteamSettings
from ingest.sources.steam.shapes.details import Genre, Metacritic, PlayerCount
from ingest.sources.steam.shapes.items import StoreItem
from ingest.sources.steam.shapes.lists import AppPage, CategoryList, PriceStops, QueryPage, TagList
from ingest.sources.steam.shapes.reviews import ReviewPage
from steam.reply import Call, HostName, Reply
from steam.rules import Ruling, content_of, judge

# A game that has been there since 2011 and has all that a page can have.
USUAL_APP = 620
_FEW = 3
# One answer may break off; a host that does not answer again is away.
_MOST_IN_VAIN = 2
_TOLD_HEADERS = ("content-type", "x-eresult", "retry-after", "cache-control")


class Verdict(StrEnum):
    """What came of an endpoint."""

    OK = "ok"
    DIFFERS = "differs"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Probed:
    """An endpoint, what came of it, and in a few words why; `sample` is its answer without what it says."""

    endpoint: str
    verdict: Verdict
    detail: str = ""
    sample: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """What is asked, the shape that is expected, and the fields without which an answer is of no use."""

    call: Call
    shape: type[msgspec.Struct]
    needed: tuple[str, ...]
    content: Callable[[dict[str, Any]], object] = lambda content: content

    @property
    def name(self) -> str:
        return self.call.method.removesuffix("/v1/").rpartition("/")[2]


class _Details(msgspec.Struct):
    """What is used of appdetails, which has far more."""

    type: str = ""
    name: str = ""
    steam_appid: int = 0
    genres: list[Genre] = []
    metacritic: Metacritic | None = None


def probe(settings: SteamSettings, app: int = USUAL_APP, clock: Clock | None = None) -> Iterator[Probed]:
    """Yield what comes of each endpoint, asked once; a host that is away twice is not asked again.

    Args:
        settings: Whom to ask, and with which key.
        app: A game that the store has.
        clock: The time to wait by.

    Raises:
        DownloadError: The machine's settings for proxies or certificates cannot be used.
    """
    clock = clock or SystemClock()
    in_vain: Counter[HostName] = Counter()
    with secrets_kept_from_logs(), client_of(LIMITS, "gzip") as client:
        exchange = Exchange(client, settings.hosts, settings.key, clock)
        for endpoint in _endpoints(settings, app):
            if endpoint.call.needs_key and settings.key is None:
                yield Probed(endpoint.name, Verdict.NOT_ASKED, "there is no key in STEAM_API_KEY")
            elif in_vain[endpoint.call.host] >= _MOST_IN_VAIN:
                yield Probed(endpoint.name, Verdict.UNREACHABLE, "its host was away before")
            else:
                found = _probed(exchange, endpoint)
                in_vain[endpoint.call.host] += found.verdict is Verdict.UNREACHABLE
                yield found
                clock.sleep(settings.seconds_between_calls)


def _endpoints(settings: SteamSettings, app: int) -> tuple[_Endpoint, ...]:
    country = settings.country
    return (
        _Endpoint(calls.app_list(0, 0, _FEW), AppPage, ("apps",)),
        _Endpoint(calls.query(0, _FEW, country), QueryPage, ("ids", "metadata")),
        _Endpoint(
            calls.items([app], settings.languages[0], country),
            StoreItem,
            ("id", "success", "visible", "name", "tagids", "categories", "reviews", "basic_info", "release"),
            _first_item,
        ),
        _Endpoint(calls.tags(""), TagList, ("tags", "version_hash")),
        _Endpoint(calls.categories(), CategoryList, ("categories",)),
        _Endpoint(calls.price_stops(country), PriceStops, ("currency_code",)),
        _Endpoint(calls.reviews(app, "*", _FEW), ReviewPage, ("reviews", "cursor", "query_summary")),
        _Endpoint(calls.player_count(app), PlayerCount, ("player_count", "result")),
        _Endpoint(
            calls.details(app, country),
            _Details,
            ("name", "steam_appid", "genres"),
            lambda content: {
                name: value
                for name, value in (details_in(content, app) or {}).items()
                if name in _Details.__struct_fields__
            },
        ),
    )


def _first_item(content: dict[str, Any]) -> object:
    found = content.get("store_items")
    return found[0] if isinstance(found, list) and found else {}


def _probed(exchange: Exchange, endpoint: _Endpoint) -> Probed:
    try:
        reply = exchange.send(endpoint.call)
    except (Setback, DownloadError) as error:
        return Probed(endpoint.name, Verdict.UNREACHABLE, str(error).rstrip("."))
    rule, sample = judge(endpoint.call, reply), _sample(endpoint.call, reply)
    content = content_of(endpoint.call, reply)
    if rule.ruling is not Ruling.USE or content is None:
        return Probed(endpoint.name, Verdict.REFUSED, f"Steam {rule.says} (status {reply.status})", sample)
    differences = Differences()
    answer = differences.read(endpoint.content(content), endpoint.shape, endpoint.name)
    missing = [f"{endpoint.name}.{name}: missing" for name in endpoint.needed if not getattr(answer, name)]
    wrong = [*missing, *differences.counts]
    if wrong:
        return Probed(endpoint.name, Verdict.DIFFERS, "; ".join(wrong), sample)
    return Probed(endpoint.name, Verdict.OK, "", sample)


def _sample(call: Call, reply: Reply) -> dict[str, Any]:
    """Return an answer as it may be shown to anybody: its form, without texts and without ids of people."""
    body = f"{len(reply.body):,} bytes that are no JSON" if reply.json is None else redacted(reply.json)
    headers = {name: reply.headers[name] for name in _TOLD_HEADERS if name in reply.headers}
    return {"method": call.method, "status": reply.status, "headers": headers, "body": body}


def redacted(value: object) -> object:
    """Return the form of a value: texts by their length, of a list the first few entries."""
    if isinstance(value, dict):
        return {name: redacted(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [redacted(entry) for entry in value[:_FEW]]
    if isinstance(value, str):
        return f"text of {len(value):,} characters"
    # Ids of people are the only numbers of that size.
    return "a number of 64 bits" if isinstance(value, int) and abs(value) >= 2**53 else value
