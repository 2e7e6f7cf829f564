"""Application commands: names, descriptions, options, choices and their localizations."""

import re
from typing import Any

from playground.validation.locales import LOCALES
from playground.validation.problems import (
    Problems,
    array,
    boolean,
    integer,
    length,
    mapping,
    one_of,
    repeated,
    some_of,
    text,
    whole_number,
)
from playground.world.channels import CHANNEL_TYPES
from playground.world.model import Json

CHAT_INPUT, USER_COMMAND, MESSAGE_COMMAND = 1, 2, 3
SUB_COMMAND, SUB_COMMAND_GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11

MAX_CHARACTERS = 8000
MAX_INTEGER = 2**53 - 1

# Letters, digits, "-", "_" and "'" of any script, as Discord's ^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$;
# the marks of Devanagari and Thai words are not letters to Python.
_NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")


def read_command(problems: Problems, body: Any) -> Json:
    """Check one command and return it in Discord's stored form, without ids."""
    entry = mapping(problems, body)
    if entry is None:
        return {}
    kind = CHAT_INPUT if entry.get("type") is None else entry["type"]
    if not one_of(problems.at("type"), kind, (CHAT_INPUT, USER_COMMAND, MESSAGE_COMMAND)):
        return {}
    command: Json = {"type": kind}
    _read_name(problems, entry, command, slash=kind == CHAT_INPUT)
    if kind == CHAT_INPUT:
        _read_description(problems, entry, command)
        command["options"] = _read_options(problems, entry, level=0)
        if _characters(command) > MAX_CHARACTERS:
            problems.add("APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MAX_CHARACTERS})")
    else:
        _refuse_chat_parts(problems, entry, command)
    permissions = whole_number(problems, entry, "default_member_permissions")
    command["default_member_permissions"] = None if permissions is None else str(permissions)
    command["nsfw"] = boolean(problems, entry, "nsfw")
    _read_places(problems, entry, command)
    return command


def check_unique(problems: Problems, commands: list[Json]) -> None:
    """Report commands of one type that share a name."""
    seen: set[tuple[int, str]] = set()
    for position, command in enumerate(commands):
        key = (command.get("type", CHAT_INPUT), command.get("name") or "")
        if key in seen:
            problems.at(position, "name").add(
                "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        seen.add(key)


def _read_name(problems: Problems, entry: Json, into: Json, *, slash: bool) -> None:
    name = text(problems, entry, "name", 32, low=1, required=True)
    if name is not None and slash:
        _check_name(problems.at("name"), name)
    into["name"] = name
    into["name_localizations"] = _localizations(problems, entry, "name_localizations", 32)
    if slash:
        for locale, value in (into["name_localizations"] or {}).items():
            # Discord names the field, not the language.
            if not _is_name(value):
                problems.at("name_localizations").add(
                    "APPLICATION_COMMAND_INVALID_NAME", f"Command name is invalid ({locale})"
                )


def _check_name(problems: Problems, name: str) -> None:
    if not _is_name(name):
        problems.add("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name == name.lower()


def _read_description(problems: Problems, entry: Json, into: Json) -> None:
    into["description"] = text(problems, entry, "description", 100, low=1, required=True)
    into["description_localizations"] = _localizations(problems, entry, "description_localizations", 100)


def _localizations(problems: Problems, entry: Json, key: str, high: int) -> dict[str, str] | None:
    if entry.get(key) is None:
        return None
    here = problems.at(key)
    found = mapping(here, entry[key]) or {}
    read = {}
    for locale, value in found.items():
        if locale not in LOCALES:
            here.at(repeated(locale)).add("BASE_TYPE_CHOICES", "Value must be one of the available locales.")
        elif not isinstance(value, str):
            here.at(locale).add("STRING_TYPE_CONVERT", f'Could not interpret "{repeated(value)}" as string.')
        elif length(here.at(locale), len(value), 1, high):
            read[locale] = value
    return read


def _refuse_chat_parts(problems: Problems, entry: Json, command: Json) -> None:
    command["description"] = ""
    if entry.get("description"):
        problems.at("description").add(
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Context menu commands cannot have description"
        )
    if entry.get("options"):
        problems.at("options").add(
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", "Context menu commands cannot have options"
        )


def _read_places(problems: Problems, entry: Json, command: Json) -> None:
    for key, choices in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
        command[key] = some_of(problems, entry, key, choices, len(choices), low=1) or None
    in_dms = True if entry.get("dm_permission") is None else boolean(problems, entry, "dm_permission")
    if command["contexts"] is None and not in_dms:
        command["contexts"] = [0]
    command["integration_types"] = command["integration_types"] or [0]
    command["dm_permission"] = command["contexts"] is None or 1 in command["contexts"]


def _read_options(problems: Problems, entry: Json, *, level: int) -> list[Json]:
    raw = array(problems, entry, "options", 25)
    here = problems.at("options")
    options = [_read_option(here.at(position), item, level=level) for position, item in enumerate(raw)]
    names: set[str] = set()
    in_languages: set[tuple[str, str]] = set()
    optional_seen = False
    nested = {option.get("type") in (SUB_COMMAND, SUB_COMMAND_GROUP) for option in options if option}
    if len(nested) > 1:
        here.add("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and other options cannot be mixed")
    for position, option in enumerate(options):
        name = option.get("name") or ""
        if name in names:
            here.at(position, "name").add(
                "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name already used"
            )
        names.add(name)
        for locale, localized in (option.get("name_localizations") or {}).items():
            if (locale, localized) in in_languages:
                here.at(position, "name_localizations").add(
                    "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", f"Option name already used ({locale})"
                )
            in_languages.add((locale, localized))
        if option.get("required") and optional_seen:
            here.at(position).add(
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not option.get("required")
    return options


def _read_option(problems: Problems, value: Any, *, level: int) -> Json:
    entry = mapping(problems, value)
    if entry is None:
        return {}
    allowed = [(SUB_COMMAND, SUB_COMMAND_GROUP), (SUB_COMMAND,), ()][level]
    kinds = (*allowed, *range(STRING, ATTACHMENT + 1)) if level != 1 else allowed
    if level == 1:
        kinds = (SUB_COMMAND,)
    if not one_of(problems.at("type"), entry.get("type"), kinds):
        return {}
    kind = entry["type"]
    option: Json = {"type": kind}
    _read_name(problems, entry, option, slash=True)
    _read_description(problems, entry, option)
    if kind in (SUB_COMMAND, SUB_COMMAND_GROUP):
        option["options"] = _read_options(problems, entry, level=2 if kind == SUB_COMMAND else 1)
        if kind == SUB_COMMAND_GROUP and not option["options"]:
            problems.at("options").required()
        return option
    option["required"] = boolean(problems, entry, "required")
    types = some_of(problems, entry, "channel_types", CHANNEL_TYPES, len(CHANNEL_TYPES))
    if types and kind == CHANNEL:
        option["channel_types"] = types
    _read_range(problems, entry, option)
    _read_choices(problems, entry, option)
    return option


def _read_range(problems: Problems, entry: Json, option: Json) -> None:
    kind = option["type"]
    if kind == STRING:
        for key, low in (("min_length", 0), ("max_length", 1)):
            value = integer(problems, entry, key, low, 6000)
            if value is not None:
                option[key] = value
        _check_order(problems, option, "min_length", "max_length")
    for key in ("min_value", "max_value"):
        value = entry.get(key)
        if value is None:
            continue
        if kind not in (INTEGER, NUMBER):
            problems.at(key).add("APPLICATION_COMMAND_OPTIONS_VALUE_INVALID", f"{key} is only for numbers")
        elif _is_number(problems.at(key), value, whole=kind == INTEGER):
            option[key] = value
    _check_order(problems, option, "min_value", "max_value")


def _check_order(problems: Problems, option: Json, low: str, high: str) -> None:
    if low in option and high in option and option[low] > option[high]:
        problems.at(low).add("NUMBER_TYPE_MAX", f"{low} should be less than or equal to {high}.")


def _is_number(problems: Problems, value: Any, *, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        problems.add("NUMBER_TYPE_COERCE", f'Value "{repeated(value)}" is not {"int" if whole else "float"}.')
        return False
    if abs(value) > MAX_INTEGER:
        problems.add("NUMBER_TYPE_MAX", f"value should be between -{MAX_INTEGER} and {MAX_INTEGER}.")
        return False
    return True


def _read_choices(problems: Problems, entry: Json, option: Json) -> None:
    complete = boolean(problems, entry, "autocomplete")
    kind = option["type"]
    if complete:
        option["autocomplete"] = True
        if kind not in (STRING, INTEGER, NUMBER):
            problems.at("autocomplete").add(
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
                "Autocomplete is for text and numbers only",
            )
        if entry.get("choices"):
            problems.at("choices").add(
                "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_CONFLICT",
                "An option cannot have both choices and autocomplete",
            )
    raw = array(problems, entry, "choices", 25)
    if not raw:
        return
    option["choices"] = read_choices(problems.at("choices"), raw, kind, unique=True)


def read_choices(problems: Problems, raw: list[Any], kind: int, *, unique: bool) -> list[Json]:
    """Check choices of an option, as declared (names are `unique`) or as answered to an autocomplete."""
    choices = []
    names: set[str] = set()
    for position, item in enumerate(raw):
        here = problems.at(position)
        entry = mapping(here, item) or {}
        name = text(here, entry, "name", 100, low=1, required=True)
        choice: Json = {
            "name": name,
            "name_localizations": _localizations(here, entry, "name_localizations", 100),
            "value": _read_choice_value(here.at("value"), entry.get("value"), kind),
        }
        if unique and name in names:
            here.at("name").add(
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", "Option choice name already used"
            )
        names.add(name or "")
        choices.append(choice)
    return choices


def _read_choice_value(problems: Problems, value: Any, kind: int) -> Any:
    if value is None:
        problems.required()
    elif kind == STRING:
        if not isinstance(value, str):
            problems.add("STRING_TYPE_CONVERT", f'Could not interpret "{repeated(value)}" as string.')
        else:
            # Autocomplete and declared choices of more than 100 characters are both refused.
            length(problems, len(value), 1, 100)
    elif kind in (INTEGER, NUMBER):
        _is_number(problems, value, whole=kind == INTEGER)
    else:
        problems.add("APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Only text and numbers have choices")
    return value


def _characters(part: Json) -> int:
    """Characters that count towards 8000: names, descriptions, values; of localizations the longest."""
    total = 0
    for key in ("name", "description"):
        texts = [part.get(key) or "", *(part.get(f"{key}_localizations") or {}).values()]
        total += max(len(value) for value in texts)
    total += sum(len(choice["name"] or "") + len(str(choice["value"])) for choice in part.get("choices", []))
    return total + sum(_characters(option) for option in part.get("options", []))
