"""Modals: a title, a custom id, and one to five labelled inputs."""

from typing import Any

from playground.validation.component_types import (
    ACTION_ROW,
    CHECKBOX,
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    LABEL,
    RADIO_GROUP,
    SELECTS,
    TEXT_DISPLAY,
    TEXT_INPUT,
)
from playground.validation.components import ComponentReader
from playground.validation.problems import Problems, array, boolean, integer, mapping, one_of, text
from playground.world.model import Json

_INPUTS = (TEXT_INPUT, *SELECTS, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX)


def read_modal(problems: Problems, body: Json) -> Json:
    """Check a modal and return it as the person's client receives it."""
    reader = ComponentReader(lambda address: None)
    modal: Json = {
        "custom_id": text(problems, body, "custom_id", 100, low=1, required=True),
        "title": text(problems, body, "title", 45, low=1, required=True),
    }
    raw = array(problems, body, "components", 5, low=1, required=True)
    reader.reserve_ids(raw)
    here = problems.at("components")
    modal["components"] = [_read_top(reader, here.at(n), item) for n, item in enumerate(raw)]
    return modal


def _read_top(reader: ComponentReader, problems: Problems, value: Any) -> Json:
    entry = mapping(problems, value)
    if entry is None or not one_of(problems.at("type"), entry.get("type"), (ACTION_ROW, TEXT_DISPLAY, LABEL)):
        return {}
    if entry["type"] == TEXT_DISPLAY:
        return reader.read(problems, entry, (TEXT_DISPLAY,))
    shown: Json = {"type": entry["type"], "id": reader.take_id(problems, entry)}
    if entry["type"] == ACTION_ROW:
        inside = array(problems, entry, "components", 1, low=1, required=True)
        here = problems.at("components")
        shown["components"] = [
            _read_input(reader, here.at(n), item, (TEXT_INPUT,), labelled=True)
            for n, item in enumerate(inside)
        ]
        return shown
    shown["label"] = text(problems, entry, "label", 45, low=1, required=True)
    shown["description"] = text(problems, entry, "description", 100, low=1)
    if entry.get("component") is None:
        problems.at("component").required()
    else:
        shown["component"] = _read_input(
            reader, problems.at("component"), entry["component"], _INPUTS, labelled=False
        )
    return shown


def _read_input(
    reader: ComponentReader, problems: Problems, value: Any, allowed: tuple[int, ...], *, labelled: bool
) -> Json:
    entry = mapping(problems, value)
    if entry is None or not one_of(problems.at("type"), entry.get("type"), allowed):
        return {}
    kind = entry["type"]
    shown: Json = {"type": kind, "id": reader.take_id(problems, entry)}
    required = entry.get("required")
    shown["required"] = True if required is None else boolean(problems, entry, "required")
    if kind in SELECTS:
        reader.select(problems, entry, shown, modal=True)
        return shown
    shown["custom_id"] = reader.custom_id(problems, entry)
    if kind == TEXT_INPUT:
        _read_text_input(problems, entry, shown, labelled=labelled)
    elif kind in (RADIO_GROUP, CHECKBOX_GROUP):
        _read_group(problems, entry, shown)
    elif kind == FILE_UPLOAD:
        _read_amounts(problems, entry, shown, 1)
    else:
        shown["default"] = boolean(problems, entry, "default")
    return shown


def _read_text_input(problems: Problems, entry: Json, shown: Json, *, labelled: bool) -> None:
    if one_of(problems.at("style"), entry.get("style"), (1, 2)):
        shown["style"] = entry["style"]
    label = text(problems, entry, "label", 45, low=1, required=labelled)
    if label:
        shown["label"] = label
    shown["min_length"] = integer(problems, entry, "min_length", 0, 4000) or 0
    shown["max_length"] = _or(integer(problems, entry, "max_length", 1, 4000), 4000)
    if shown["min_length"] > shown["max_length"]:
        problems.at("min_length").add(
            "TEXT_INPUT_MIN_LENGTH_EXCEEDS_MAX_LENGTH", "min_length exceeds max_length"
        )
    shown["placeholder"] = text(problems, entry, "placeholder", 100)
    shown["value"] = text(problems, entry, "value", shown["max_length"])


def _read_group(problems: Problems, entry: Json, shown: Json) -> None:
    low = 2 if shown["type"] == RADIO_GROUP else 1
    options = []
    for position, item in enumerate(array(problems, entry, "options", 10, low=low, required=True)):
        here = problems.at("options", position)
        option = mapping(here, item) or {}
        options.append(
            {
                "label": text(here, option, "label", 100, low=1, required=True),
                "value": text(here, option, "value", 100, low=1, required=True),
                "description": text(here, option, "description", 100),
                "default": boolean(here, option, "default"),
            }
        )
    shown["options"] = options
    if shown["type"] == CHECKBOX_GROUP:
        _read_amounts(problems, entry, shown, len(options))


def _read_amounts(problems: Problems, entry: Json, shown: Json, most: int) -> None:
    shown["min_values"] = _or(integer(problems, entry, "min_values", 0, 10), 1)
    shown["max_values"] = _or(integer(problems, entry, "max_values", 1, 10), most)
    # "Checkbox Group" and "File Upload" in the component reference.
    if shown["required"] and shown["min_values"] == 0:
        problems.at("min_values").add(
            "COMPONENT_REQUIRED_MIN_VALUES", "min_values can be 0 only where required is false"
        )


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
