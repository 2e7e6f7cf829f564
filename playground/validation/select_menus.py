"""Select menus: their options, what is chosen from the start, what modals do not allow; and emojis."""

from playground.validation.component_types import (
    CHANNEL_SELECT,
    MENTIONABLE_SELECT,
    ROLE_SELECT,
    USER_SELECT,
)
from playground.validation.problems import (
    Problems,
    array,
    boolean,
    length,
    mapping,
    one_of,
    text,
    whole_number,
)
from playground.world.model import Json

# What a select can have chosen from the start.
DEFAULT_VALUE_TYPES = {
    USER_SELECT: ("user",),
    ROLE_SELECT: ("role",),
    MENTIONABLE_SELECT: ("user", "role"),
    CHANNEL_SELECT: ("channel",),
}


def check_in_modal(problems: Problems, entry: Json, shown: Json) -> None:
    """Report what a select menu cannot have in a modal."""
    # "String Select" and its like in the component reference: an error in modals.
    if shown.pop("disabled"):
        problems.at("disabled").add("COMPONENT_DISABLED_IN_MODAL", "A select in a modal cannot be disabled")
    if entry.get("required") is True and shown["min_values"] == 0:
        problems.at("min_values").add(
            "SELECT_COMPONENT_REQUIRED_MIN_VALUES", "A required select takes at least one value"
        )


def read_default_values(problems: Problems, entry: Json, shown: Json) -> None:
    """Check what is chosen from the start: objects of the kinds that the menu offers."""
    raw = array(problems, entry, "default_values", 25)
    if not raw:
        return
    here = problems.at("default_values")
    length(here, len(raw), shown["min_values"], shown["max_values"])
    defaults = []
    for position, item in enumerate(raw):
        value = mapping(here.at(position), item) or {}
        value_id = whole_number(here.at(position), value, "id", required=True)
        one_of(here.at(position, "type"), value.get("type"), DEFAULT_VALUE_TYPES[shown["type"]])
        defaults.append({"id": str(value_id), "type": value.get("type")})
    shown["default_values"] = defaults


def read_options(problems: Problems, entry: Json, shown: Json) -> list[Json]:
    """Check the options of a menu of texts."""
    raw = array(problems, entry, "options", 25, low=1, required=True)
    seen: set[str] = set()
    options: list[Json] = []
    for position, item in enumerate(raw):
        here = problems.at("options", position)
        option = mapping(here, item) or {}
        value = text(here, option, "value", 100, low=1, required=True)
        read: Json = {"label": text(here, option, "label", 100, low=1, required=True), "value": value}
        description = text(here, option, "description", 100)
        if description:
            read["description"] = description
        if boolean(here, option, "default"):
            read["default"] = True
        read_emoji(here, option, read)
        if value in seen:
            here.at("value").add(
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        seen.add(value or "")
        options.append(read)
    defaults = sum(1 for option in options if option.get("default"))
    if defaults > shown["max_values"]:
        problems.at("options").add(
            "SELECT_COMPONENT_TOO_MANY_DEFAULT_OPTIONS", "Too many options are default"
        )
    return options


def read_emoji(problems: Problems, entry: Json, shown: Json) -> None:
    """Check the emoji of a button or an option: a character, or one with an id."""
    if entry.get("emoji") is None:
        return
    here = problems.at("emoji")
    emoji = mapping(here, entry["emoji"]) or {}
    name = text(here, emoji, "name", 32)
    emoji_id = whole_number(here, emoji, "id")
    animated = boolean(here, emoji, "animated")
    if not emoji_id and (not name or name.isascii()):
        here.at("name").add("COMPONENT_INVALID_EMOJI", "Invalid emoji")
        return
    shown["emoji"] = {"name": name or ""}
    if emoji_id:
        shown["emoji"] |= {"id": str(emoji_id), "animated": animated}
