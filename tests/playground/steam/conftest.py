"""Who asks the local Steam: plain HTTP, with and without the key."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from playground.steam import LocalSteam

ALL_PARTS = {
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


class Asker:
    """Asks a local Steam and takes answers apart."""

    def __init__(self, steam: LocalSteam, client: httpx.Client) -> None:
        self.steam = steam
        self.client = client

    def get(self, method: str, *, version: int = 1, keyed: bool = False, **parameters: Any) -> httpx.Response:
        """Ask a method with flat parameters."""
        headers = {"x-webapi-key": self.steam.key} if keyed else {}
        return self.client.get(f"{self.steam.api}/{method}/v{version}/", params=parameters, headers=headers)

    def ask(self, method: str, *, version: int = 1, keyed: bool = False, **parameters: Any) -> Any:
        """What a method answers inside its envelope."""
        return self.get(method, version=version, keyed=keyed, **parameters).json()["response"]

    def input(self, method: str, **fields: Any) -> httpx.Response:
        """Ask a method with one `input_json`."""
        return self.get(method, input_json=json.dumps(fields))

    def app_list(self, **parameters: Any) -> Any:
        """A page of the list."""
        return self.ask("IStoreService/GetAppList", keyed=True, **parameters)

    def app_ids(self, **parameters: Any) -> list[int]:
        """The ids of a page of the list."""
        return [app["appid"] for app in self.app_list(**parameters).get("apps", [])]

    def items(self, *appids: int, country: str = "US", **parts: Any) -> list[Any]:
        """The items of some apps, with all of their parts unless some are named."""
        answer = self.input(
            "IStoreBrowseService/GetItems",
            ids=[{"appid": appid} for appid in appids],
            context={"language": "english", "country_code": country},
            data_request=parts or ALL_PARTS,
        )
        found: list[Any] = answer.json()["response"]["store_items"]
        return found

    def item(self, appid: int, **options: Any) -> Any:
        """The item of one app."""
        return self.items(appid, **options)[0]

    def query(self, start: int = 0, count: int = 10, **filters: Any) -> Any:
        """What a query of the store answers."""
        query = {"start": start, "count": count, "filters": filters}
        return self.input("IStoreQueryService/Query", query=query).json()["response"]

    def reviews(self, appid: int, **parameters: Any) -> Any:
        """A page of reviews, of every language and origin, newest edit first."""
        everything = {"languages[0]": "all", "purchase_type": 1, "filter": 2, "num_per_page": 100}
        asked: dict[str, Any] = everything | parameters
        return self.ask("IUserReviewsService/GetAppReviews", appid=appid, **asked)

    def page(self, *appids: int, **parameters: Any) -> httpx.Response:
        """The page of apps in the store."""
        asked = {"appids": ",".join(map(str, appids)), **parameters}
        return self.client.get(f"{self.steam.store}/api/appdetails", params=asked)


@pytest.fixture
def asker(steam: LocalSteam) -> Iterator[Asker]:
    """A client of a Steam of 60 games."""
    # Loading the certificates that no address here needs takes longer than most of these tests.
    with httpx.Client(timeout=10, verify=False) as client:
        yield Asker(steam, client)
