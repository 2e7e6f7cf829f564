"""What the page names by id or sends as a file, as the objects that the driver takes."""

from collections.abc import Mapping
from typing import Any

from playground.person.component_lookup import menu
from playground.person.driver import SimulatedUser
from playground.person.errors import WrongOption
from playground.person.options import UploadedFile
from playground.person.reply import Modal
from playground.validation import commands
from playground.validation import component_types as components
from playground.web.requests import SentFile, Value, Values
from playground.world.message import Message
from playground.world.model import Channel, Guild, Json, Member, Role

_PEOPLE = (commands.USER, commands.MENTIONABLE)
_ROLES = (commands.ROLE, commands.MENTIONABLE)

# Select menus of objects, and the option type that takes the same objects.
_LIKE_OPTION = {
    components.USER_SELECT: commands.USER,
    components.ROLE_SELECT: commands.ROLE,
    components.MENTIONABLE_SELECT: commands.MENTIONABLE,
    components.CHANNEL_SELECT: commands.CHANNEL,
}

Named = Member | Role | Channel


def option_values(person: SimulatedUser, command: str, given: Values) -> dict[str, Any]:
    """Values by option name, ids and files turned into what they stand for.

    Raises:
        DriverError: for a command that is not offered, or an id that names nothing.
    """
    kinds = {option["name"]: option["type"] for option in person.find(command).options}
    return {name: _value(person, kinds.get(name, commands.STRING), value) for name, value in given.items()}


def menu_values(person: SimulatedUser, message: Message, name: str | None, values: list[str]) -> list[Any]:
    """Return what was chosen in a select menu, named by placeholder or custom id where there are several.

    Raises:
        DriverError: for an id that names nothing.
    """
    return _chosen(person, menu(message.components, name), values)


def form_fields(
    person: SimulatedUser, modal: Modal, given: Mapping[str, str | bool | list[str | SentFile]]
) -> dict[str, Any]:
    """Return the fields of a form by custom id.

    Raises:
        DriverError: for an id that names nothing.
    """
    inputs = {part["custom_id"]: part for _, part in modal.inputs}
    fields: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, list):
            files = [item.uploaded() for item in value if isinstance(item, SentFile)]
            texts = [item for item in value if isinstance(item, str)]
            fields[name] = files or _chosen(person, inputs.get(name, {}), texts)
        else:
            fields[name] = value
    return fields


def _chosen(person: SimulatedUser, menu: Json, values: list[str]) -> list[Any]:
    kind = _LIKE_OPTION.get(menu.get("type", 0))
    return [value if kind is None else _named(person, kind, value) for value in values]


def _value(person: SimulatedUser, kind: int, value: Value) -> str | int | float | UploadedFile | Named:
    if isinstance(value, SentFile):
        return value.uploaded()
    if kind in (*_PEOPLE, *_ROLES, commands.CHANNEL):
        return _named(person, kind, str(value))
    return value


def _named(person: SimulatedUser, kind: int, key: str) -> Named:
    guild = person.channel.guild
    if guild is None:
        raise WrongOption("there is nobody to choose from in direct messages")
    found = _find(guild, kind, int(key)) if key.isascii() and key.isdigit() else None
    if found is None:
        raise WrongOption(f"nothing here has the id {key!r}")
    return found


def _find(guild: Guild, kind: int, key: int) -> Named | None:
    if kind in _PEOPLE and key in guild.members:
        return guild.members[key]
    if kind in _ROLES:
        return next((role for role in guild.roles if role.id == key), None)
    if kind == commands.CHANNEL:
        return next((channel for channel in guild.channels if channel.id == key), None)
    return None
