"""Message components: rows of buttons and selects, and the layouts of Components V2."""

from typing import Any

from playground.validation.component_types import (
    ACTION_ROW,
    BUTTON,
    CHANNEL_SELECT,
    CONTAINER,
    FILE,
    LINK_STYLE,
    MEDIA_GALLERY,
    PREMIUM_STYLE,
    SECTION,
    SELECTS,
    SEPARATOR,
    STRING_SELECT,
    TEXT_DISPLAY,
    THUMBNAIL,
)
from playground.validation.embeds import MEDIA_SCHEMES, ResolveMedia
from playground.validation.problems import (
    Problems,
    array,
    boolean,
    integer,
    mapping,
    one_of,
    some_of,
    text,
    url,
    whole_number,
)
from playground.validation.select_menus import (
    check_in_modal,
    read_default_values,
    read_emoji,
    read_options,
)
from playground.world.channels import CHANNEL_TYPES
from playground.world.model import Json

MAX_ROWS = 5
MAX_COMPONENTS_V2 = 40
MAX_TEXT_V2 = 4000


class ComponentReader:
    """Checks one component tree: a message's, or the parts that a modal shares with it.

    Custom ids and component ids must be unique in the whole tree, so one reader serves one tree.
    """

    def __init__(self, resolve: ResolveMedia) -> None:
        self._resolve = resolve
        self._custom_ids: set[str] = set()
        self._ids: set[int] = set()
        self._given_ids: set[int] = set()
        self._next_id = 0
        self.count = 0
        self.characters = 0
        self.media: set[str] = set()

    def read_message(self, problems: Problems, body: Json, *, v2: bool) -> list[Json]:
        """Check a message's `components` and return them as Discord shows them."""
        raw = array(problems, body, "components", MAX_COMPONENTS_V2 if v2 else MAX_ROWS)
        allowed = (
            (ACTION_ROW, SECTION, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER)
            if v2
            else (ACTION_ROW,)
        )
        self.reserve_ids(raw)
        here = problems.at("components")
        read = [self.read(here.at(position), item, allowed) for position, item in enumerate(raw)]
        if v2 and self.count > MAX_COMPONENTS_V2:
            here.add(
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"Total components exceed {MAX_COMPONENTS_V2}"
            )
        if self.characters > MAX_TEXT_V2:
            here.add("COMPONENT_MAX_TOTAL_TEXT_EXCEEDED", f"Displayed text exceeds {MAX_TEXT_V2} characters")
        return read

    def read(self, problems: Problems, value: Any, allowed: tuple[int, ...]) -> Json:
        """Check one component of an allowed type, with everything inside it."""
        entry = mapping(problems, value)
        if entry is None:
            return {}
        kind = entry.get("type")
        if type(kind) is not int or kind not in allowed:
            if kind is None:
                problems.at("type").required()
            else:
                listed = ", ".join(str(choice) for choice in allowed)
                problems.at("type").add(
                    "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({listed}).'
                )
            return {}
        self.count += 1
        shown: Json = {"type": kind, "id": self.take_id(problems, entry)}
        if kind == ACTION_ROW:
            shown["components"] = self._row(problems, entry)
        elif kind == BUTTON:
            self._button(problems, entry, shown)
        elif kind in SELECTS:
            self.select(problems, entry, shown)
        elif kind == CONTAINER:
            self._container(problems, entry, shown)
        elif kind == SECTION:
            self._section(problems, entry, shown)
        else:
            self._content(kind, problems, entry, shown)
        return shown

    def reserve_ids(self, tree: Any) -> None:
        """Keep the ids that the tree gives from being made up for other components of it."""
        for part in tree if isinstance(tree, list) else [tree]:
            if not isinstance(part, dict):
                continue
            if type(part.get("id")) is int:
                self._given_ids.add(part["id"])
            for key in ("components", "component", "accessory"):
                self.reserve_ids(part.get(key))

    def take_id(self, problems: Problems, entry: Json) -> int:
        """Return the component's own id, or the next free one."""
        wanted = integer(problems, entry, "id", 0, 2**31 - 1)
        if wanted:
            if wanted in self._ids:
                problems.at("id").add("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
            self._ids.add(wanted)
            return wanted
        self._next_id += 1
        while self._next_id in self._given_ids:
            self._next_id += 1
        self._ids.add(self._next_id)
        return self._next_id

    def custom_id(self, problems: Problems, entry: Json) -> str:
        """Return a custom id of 1 to 100 characters that no other component here has."""
        value = text(problems, entry, "custom_id", 100, low=1, required=True)
        if value is None:
            return ""
        if value in self._custom_ids:
            problems.at("custom_id").add(
                "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        self._custom_ids.add(value)
        return value

    def _row(self, problems: Problems, entry: Json) -> list[Json]:
        raw = array(problems, entry, "components", 5, low=1, required=True)
        selects = [item for item in raw if isinstance(item, dict) and item.get("type") in SELECTS]
        here = problems.at("components")
        if selects and len(raw) > 1:
            here.at(len(raw) - 1).add(
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
            )
        return [self.read(here.at(n), item, (BUTTON, *SELECTS)) for n, item in enumerate(raw)]

    def _button(self, problems: Problems, entry: Json, shown: Json) -> None:
        if not one_of(problems.at("style"), entry.get("style"), range(1, 7)):
            return
        style = shown["style"] = entry["style"]
        label = text(problems, entry, "label", 80)
        read_emoji(problems, entry, shown)
        if label:
            shown["label"] = label
        if style == LINK_STYLE:
            shown["url"] = url(
                problems, entry, "url", high=512, schemes=("http", "https", "discord"), required=True
            )
            if entry.get("custom_id"):
                problems.at("custom_id").add(
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                )
        elif style == PREMIUM_STYLE:
            shown["sku_id"] = str(whole_number(problems, entry, "sku_id", required=True))
            # "Button Structure": a premium button is shown as what it sells.
            for key in ("custom_id", "label", "url", "emoji"):
                if entry.get(key):
                    problems.at(key).add("BASE_TYPE_INVALID", f"A premium button has no {key}")
        else:
            shown["custom_id"] = self.custom_id(problems, entry)
            if entry.get("url"):
                problems.at("url").add(
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                )
        if style != PREMIUM_STYLE and entry.get("sku_id"):
            problems.at("sku_id").add("BASE_TYPE_INVALID", "Only premium buttons sell something")
        if style != PREMIUM_STYLE and not entry.get("label") and not entry.get("emoji"):
            problems.add("BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji")
        shown["disabled"] = boolean(problems, entry, "disabled")

    def select(self, problems: Problems, entry: Json, shown: Json, *, modal: bool = False) -> None:
        """Check a select menu of any kind."""
        shown["custom_id"] = self.custom_id(problems, entry)
        placeholder = text(problems, entry, "placeholder", 150)
        if placeholder:
            shown["placeholder"] = placeholder
        low = integer(problems, entry, "min_values", 0, 25)
        high = integer(problems, entry, "max_values", 1, 25)
        shown["min_values"] = 1 if low is None else low
        shown["max_values"] = 1 if high is None else high
        if shown["min_values"] > shown["max_values"]:
            problems.at("min_values").add(
                "SELECT_COMPONENT_MIN_VALUES_EXCEED_MAX_VALUES",
                "min_values must not be greater than max_values",
            )
        shown["disabled"] = boolean(problems, entry, "disabled")
        boolean(problems, entry, "required")
        if modal:
            check_in_modal(problems, entry, shown)
        if shown["type"] == STRING_SELECT:
            shown["options"] = read_options(problems, entry, shown)
            if shown["max_values"] > max(1, len(shown["options"])):
                problems.at("max_values").add(
                    "SELECT_COMPONENT_MAX_VALUES_EXCEED_OPTIONS",
                    "max_values must not be greater than the number of options",
                )
        else:
            if entry.get("options"):
                problems.at("options").add(
                    "SELECT_COMPONENT_OPTIONS_NOT_ALLOWED", "Only string selects have options"
                )
            read_default_values(problems, entry, shown)
            types = some_of(problems, entry, "channel_types", CHANNEL_TYPES, len(CHANNEL_TYPES))
            if types and shown["type"] == CHANNEL_SELECT:
                shown["channel_types"] = types

    def _container(self, problems: Problems, entry: Json, shown: Json) -> None:
        shown["accent_color"] = integer(problems, entry, "accent_color", 0, 0xFFFFFF)
        shown["spoiler"] = boolean(problems, entry, "spoiler")
        raw = array(problems, entry, "components", MAX_COMPONENTS_V2, low=1, required=True)
        allowed = (ACTION_ROW, SECTION, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR)
        here = problems.at("components")
        shown["components"] = [self.read(here.at(n), item, allowed) for n, item in enumerate(raw)]

    def _section(self, problems: Problems, entry: Json, shown: Json) -> None:
        raw = array(problems, entry, "components", 3, low=1, required=True)
        here = problems.at("components")
        shown["components"] = [self.read(here.at(n), item, (TEXT_DISPLAY,)) for n, item in enumerate(raw)]
        if entry.get("accessory") is None:
            problems.at("accessory").required()
        else:
            shown["accessory"] = self.read(problems.at("accessory"), entry["accessory"], (BUTTON, THUMBNAIL))

    def _content(self, kind: int, problems: Problems, entry: Json, shown: Json) -> None:
        if kind == TEXT_DISPLAY:
            shown["content"] = text(problems, entry, "content", MAX_TEXT_V2, low=1, required=True) or ""
            self.characters += len(shown["content"])
        elif kind == THUMBNAIL:
            shown |= self._item(problems, entry)
        elif kind == MEDIA_GALLERY:
            raw = array(problems, entry, "items", 10, low=1, required=True)
            here = problems.at("items")
            shown["items"] = [
                self._item(here.at(n), mapping(here.at(n), item) or {}) for n, item in enumerate(raw)
            ]
        elif kind == FILE:
            media = self._media(problems.at("file"), entry.get("file"), ("attachment",))
            shown |= {"file": media, "name": media.get("filename"), "size": media.get("size")}
            shown["spoiler"] = boolean(problems, entry, "spoiler")
        elif kind == SEPARATOR:
            shown["spacing"] = integer(problems, entry, "spacing", 1, 2) or 1
            shown["divider"] = True if entry.get("divider") is None else boolean(problems, entry, "divider")

    def _item(self, problems: Problems, entry: Json) -> Json:
        return {
            "media": self._media(problems.at("media"), entry.get("media"), MEDIA_SCHEMES),
            "description": text(problems, entry, "description", 1024, low=1),
            "spoiler": boolean(problems, entry, "spoiler"),
        }

    def _media(self, problems: Problems, value: Any, schemes: tuple[str, ...]) -> Json:
        if value is None:
            problems.required()
            return {}
        entry = mapping(problems, value) or {}
        address = url(problems, entry, "url", schemes=schemes, required=True)
        if address is None:
            return {}
        found = self._resolve(address)
        if found is None:
            problems.at("url").add(
                "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                "The referenced attachment was not found.",
            )
            return {}
        return {"id": str(self.count), **found}
