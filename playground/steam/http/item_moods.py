"""What moods do to the items of an answer. Only then are items read and written again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from playground.steam.lean_json import decode, encode
from playground.steam.moods import Mood
from playground.steam.world import World

Item = dict[str, Any]
_HOUR = 3600


class ItemMoods:
    """Changes items by the moods that are on."""

    def __init__(self, world: World) -> None:
        self._world = world

    def changed(self, items: Iterable[bytes]) -> Iterable[bytes]:
        """Return the items of an answer as the moods would have them."""
        holds = self._world.switches.holds
        written = list(items)
        changes = [change for mood, change in _CHANGES.items() if holds(mood)]
        if not holds(Mood.CENTS_AS_TEXT):
            changes.append(_cents_as_numbers)
        if not holds(Mood.FREE_WITHOUT_OPTIONS):
            changes.append(_free_option)
        if changes:
            written = [encode(self._changed(decode(item), changes)) for item in written]
        if not holds(Mood.UNKNOWN_ITEM_15):
            written = [item for item in written if b'"success":15' not in item]
        if holds(Mood.ITEM_MISSING):
            written = [item for at, item in enumerate(written) if at % 7 != 3]
        if holds(Mood.ITEMS_SHUFFLED):
            written = written[1::2] + written[::2][::-1]
        return written

    def _changed(self, item: Item, changes: Iterable[Callable[[Item, int], Item]]) -> Item:
        for change in changes:
            if item["success"] == 1:
                item = change(item, self._world.now)
        return item


def _options(item: Item) -> Iterator[Item]:
    best = item.get("best_purchase_option")
    if best is not None:
        yield best
    yield from item.get("purchase_options", ())


def _every(item: Item, nth: int) -> bool:
    return bool(item["appid"] // 10 % nth == 0)


def _gone(item: Item, now: int) -> Item:
    appid = item["id"]
    return {"id": appid, "success": 15, "visible": False, "name": "", "appid": 0, "store_url_path": "app/0/"}


def _bare(item: Item, now: int) -> Item:
    if not _every(item, 3):
        return item
    lost = {"release", "reviews", "platforms", "tags", "tagids", "categories"}
    left = {name: value for name, value in item.items() if name not in lost}
    if "basic_info" in left:
        left["basic_info"] = {"short_description": left["basic_info"].get("short_description", "")}
    return left


def _undated(item: Item, now: int) -> Item:
    release = item.get("release", {})
    if release.get("is_coming_soon"):
        item["release"] = {"is_coming_soon": True, "coming_soon_display": "text_tba"}
        if _every(item, 2):
            item["release"]["custom_release_date_message"] = "When it's done"
    return item


def _unsold(item: Item, now: int) -> Item:
    if _every(item, 4):
        item.pop("best_purchase_option", None)
        item.pop("purchase_options", None)
    return item


def _ending(item: Item, now: int) -> Item:
    for option in _options(item):
        for discount in option.get("active_discounts", ()):
            discount["discount_end_date"] = now + _HOUR // 2
    return item


def _unknown_fields(item: Item, now: int) -> Item:
    item["holographic_support"] = {"level": 2, "modes": ["a", "b"]}
    item["sort_hint"] = "17"
    return item


def _unknown_enums(item: Item, now: int) -> Item:
    if _every(item, 5):
        item["type"] = 99
        item["content_descriptorids"] = [*item.get("content_descriptorids", ()), 77]
        if "platforms" in item:
            item["platforms"]["steam_deck_compat_category"] = 9
    return item


def _cents_as_numbers(item: Item, now: int) -> Item:
    for option in _options(item):
        for name in ("final_price_in_cents", "original_price_in_cents"):
            if name in option:
                option[name] = int(option[name])
    return item


def _free_option(item: Item, now: int) -> Item:
    if item.get("is_free"):
        item["best_purchase_option"] = {"packageid": 1, "final_price_in_cents": "0"}
    return item


_CHANGES: Mapping[Mood, Callable[[Item, int], Item]] = MappingProxyType(
    {
        Mood.ITEMS_GONE: _gone,
        Mood.FIELDS_LEFT_OUT: _bare,
        Mood.COMING_SOON_UNDATED: _undated,
        Mood.SOLD_NOWHERE: _unsold,
        Mood.DISCOUNT_ENDING: _ending,
        Mood.UNKNOWN_FIELD: _unknown_fields,
        Mood.UNKNOWN_ENUM: _unknown_enums,
    }
)
