"""What Steam lists: apps, tags, features, and the currency of a country."""

from typing import Any

from msgspec import Struct


class App(Struct):
    """An app of IStoreService/GetAppList."""

    appid: int = 0
    name: str = ""
    last_modified: int = 0
    price_change_number: int = 0


class AppPage(Struct):
    """A page of the same; on the last one the two fields at the end are missing."""

    apps: list[App] = []
    have_more_results: bool = False
    last_appid: int = 0


class AppRef(Struct):
    """An id of IStoreQueryService/Query."""

    appid: int = 0


class QueryMetadata(Struct):
    """How many there are in all."""

    total_matching_records: int = 0
    start: int = 0
    count: int = 0


class QueryPage(Struct):
    """A page of IStoreQueryService/Query."""

    metadata: QueryMetadata | None = None
    ids: list[AppRef] = []
    store_items: Any = None


class Tag(Struct):
    """A tag of IStoreService/GetTagList."""

    tagid: int = 0
    name: str = ""


class TagList(Struct):
    """All tags; an unchanged list comes back empty."""

    version_hash: str = ""
    tags: list[Tag] = []


class Category(Struct):
    """A feature of IStoreBrowseService/GetStoreCategories."""

    categoryid: int = 0
    type: Any = None
    internal_name: str = ""
    display_name: str = ""
    image_url: Any = None
    show_in_search: Any = None
    computed: Any = None
    edit_url: Any = None
    edit_sort_order: Any = None


class CategoryList(Struct):
    """All features."""

    categories: list[Category] = []


class PriceStops(Struct):
    """The currency of a country, by IStoreBrowseService/GetPriceStops."""

    currency_code: str = ""
    price_stops: Any = None
