"""Buttons, menus and form fields: found by what a person calls them, and filled in as the client would."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playground.person.errors import ComponentNotFound, WrongOption
from playground.person.options import Resolved
from playground.person.render import button_label
from playground.validation.component_types import (
    BUTTON,
    CHANNEL_SELECT,
    CHECKBOX,
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    MENTIONABLE_SELECT,
    RADIO_GROUP,
    ROLE_SELECT,
    SELECTS,
    STRING_SELECT,
    TEXT_INPUT,
    USER_SELECT,
)
from playground.world.model import Channel, Json, Member, Role, User

LINK_STYLE = 5


def walk(components: Sequence[Json]) -> Iterator[Json]:
    """Yield every component of a message, however deep."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        if component.get("accessory"):
            yield component["accessory"]


def button(components: Sequence[Json], name: str) -> Json:
    """Return the button with this label, emoji or custom id.

    Raises:
        ComponentNotFound: none, or one that cannot be pressed.
    """
    buttons = [part for part in walk(components) if part["type"] == BUTTON]
    for part in buttons:
        emoji = (part.get("emoji") or {}).get("name")
        if name in (part.get("label"), button_label(part), emoji, part.get("custom_id")):
            if part["style"] == LINK_STYLE:
                raise ComponentNotFound(f"the button {name!r} is a link to {part['url']}")
            if part.get("disabled"):
                raise ComponentNotFound(f"the button {name!r} is switched off")
            return part
    shown = ", ".join(repr(button_label(part)) for part in buttons) or "none"
    raise ComponentNotFound(f"there is no button {name!r}; the buttons: {shown}")


def menu(components: Sequence[Json], name: str | None) -> Json:
    """Return the select menu with this placeholder or custom id, or the only one.

    Raises:
        ComponentNotFound: none, several without a name, or one that is disabled.
    """
    menus = [part for part in walk(components) if part["type"] in SELECTS]
    fitting = [part for part in menus if name is None or name in (part.get("placeholder"), part["custom_id"])]
    if len(fitting) != 1:
        shown = ", ".join(repr(part.get("placeholder") or part["custom_id"]) for part in menus) or "none"
        raise ComponentNotFound(f"there is no single menu {name or ''!r}; the menus: {shown}")
    if fitting[0].get("disabled"):
        raise ComponentNotFound("the menu is switched off")
    return fitting[0]


def chosen(part: Json, values: Sequence[Any], resolved: Resolved) -> list[str]:
    """Return the values of a menu for what a person chose.

    Raises:
        ComponentNotFound: an unknown option, or too few or too many.
    """
    if not part["min_values"] <= len(values) <= part["max_values"]:
        raise ComponentNotFound(
            f"the menu takes {part['min_values']} to {part['max_values']} choices, not {len(values)}"
        )
    if part["type"] == STRING_SELECT:
        return [_option_value(part, value) for value in values]
    return [_object_value(part["type"], value, resolved) for value in values]


def filled_form(
    components: Sequence[Json],
    inputs: Sequence[tuple[str, Json]],
    given: Mapping[str, Any],
    resolved: Resolved,
) -> list[Json]:
    """Return the components of a submitted form.

    Raises:
        WrongOption: an unknown or missing field, or a value that does not fit.
    """
    values = {part["custom_id"]: (label, part, _default(part)) for label, part in inputs}
    for name, value in given.items():
        key = _field(inputs, name)
        label, part, _ = values[key]
        values[key] = (label, part, value)
    sent = {key: _field_value(label, part, value, resolved) for key, (label, part, value) in values.items()}
    return [_submitted(component, sent) for component in components]


def _option_value(part: Json, value: Any) -> str:
    for option in part["options"]:
        if value in (option["label"], option["value"]):
            return str(option["value"])
    labels = ", ".join(option["label"] for option in part["options"])
    raise ComponentNotFound(f"the menu has no option {value!r}; its options: {labels}")


def _object_value(kind: int, value: Any, resolved: Resolved) -> str:
    if isinstance(value, (Member, User)) and kind in (USER_SELECT, MENTIONABLE_SELECT):
        return resolved.user(value)
    if isinstance(value, Role) and kind in (ROLE_SELECT, MENTIONABLE_SELECT):
        return resolved.add("roles", value.id, value.to_json())
    if isinstance(value, Channel) and kind == CHANNEL_SELECT:
        return resolved.channel(value)
    raise ComponentNotFound(f"the menu does not take {value!r}")


def _field(inputs: Sequence[tuple[str, Json]], name: str) -> str:
    for label, part in inputs:
        if name in (part["custom_id"], label, label.lower().replace(" ", "_")):
            return str(part["custom_id"])
    labels = ", ".join(repr(label) for label, _ in inputs)
    raise WrongOption(f"the form has no field {name!r}; its fields: {labels}")


def _default(part: Json) -> Any:
    if part["type"] == TEXT_INPUT:
        return part.get("value") or ""
    if part["type"] == CHECKBOX:
        return part["default"]
    chosen_before = [option["value"] for option in part.get("options", []) if option.get("default")]
    if part["type"] == RADIO_GROUP:
        return chosen_before[0] if chosen_before else None
    return chosen_before


def _field_value(label: str, part: Json, value: Any, resolved: Resolved) -> Json:
    kind = part["type"]
    if part["required"] and kind != CHECKBOX and (value is None or value in ("", [])):
        raise WrongOption(f"the field {label!r} is required")
    if kind == TEXT_INPUT:
        text = str(value)
        if text and not part["min_length"] <= len(text) <= part["max_length"]:
            raise WrongOption(
                f"{label!r} takes {part['min_length']} to {part['max_length']} characters, not {len(text)}"
            )
        return {"value": text}
    if kind == CHECKBOX:
        return {"value": bool(value)}
    if kind == RADIO_GROUP:
        return {"value": _option_value(part, value) if value is not None else None}
    return {"values": _list_value(part, value, resolved)}


def _list_value(part: Json, value: Any, resolved: Resolved) -> list[str]:
    kind = part["type"]
    values = list(value) if isinstance(value, (list, tuple, set)) and not _is_file(value) else [value]
    if not values:
        return []
    if kind == FILE_UPLOAD:
        return [resolved.file(file) for file in values]
    if kind == CHECKBOX_GROUP:
        return [_option_value(part, item) for item in values]
    return chosen(part, values, resolved)


def _is_file(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bytes)


def _submitted(component: Json, sent: Mapping[str, Json]) -> Json:
    part: Json = {"type": component["type"], "id": component["id"]}
    if component["type"] == 1:
        part["components"] = [_submitted(inner, sent) for inner in component["components"]]
    elif component["type"] == 18:
        part["component"] = _submitted(component["component"], sent)
    elif "custom_id" in component:
        part |= {"custom_id": component["custom_id"], **sent[component["custom_id"]]}
    return part
