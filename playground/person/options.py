"""Option values, checked and turned into what a client sends, as Discord's client does while one types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.person.errors import WrongOption
from playground.validation.commands import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    INTEGER,
    MAX_INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    STRING,
    USER,
)
from playground.validation.locales import localized
from playground.world.message import Attachment
from playground.world.model import Channel, Guild, Json, Member, Role, User

# A file a person uploads: its name and its bytes.
UploadedFile = tuple[str, bytes]

_TRUE = {"true", "yes", "1"}
_FALSE = {"false", "no", "0"}


@dataclass(slots=True)
class Resolved:
    """The `resolved` part of an interaction: the objects behind the ids in its options.

    `attach` uploads a file, `granted` tells what the person may do in a channel, and `guild` is where the
    person is; None in a direct message.
    """

    attach: Callable[[UploadedFile], Attachment]
    granted: Callable[[Channel], int]
    guild: Guild | None
    parts: dict[str, dict[str, Json]] = field(default_factory=dict)
    files: list[Attachment] = field(default_factory=list)

    def named(self, kind: int, text: str) -> Member | Role | Channel | None:
        """Return who or what of a kind of option is called so, with the sign of a mention or without.

        What is typed is chosen from what the client then offers; so is the first here of several.
        """
        if self.guild is None:
            return None
        members = {
            f"@{member.nick or member.user.display_name}": member for member in self.guild.members.values()
        }
        roles = {f"@{role.name}": role for role in self.guild.roles}
        channels = {f"#{channel.name}": channel for channel in self.guild.channels}
        offered: Mapping[str, Member | Role | Channel] = {
            **(channels if kind == CHANNEL else {}),
            **(roles if kind in (ROLE, MENTIONABLE) else {}),
            **(members if kind in (USER, MENTIONABLE) else {}),
        }
        called = text.strip().casefold()
        return next(
            (
                one
                for name, one in offered.items()
                if called in (name.casefold(), name[1:].casefold(), f"<{name[0]}{one.id}>")
            ),
            None,
        )

    def file(self, value: UploadedFile) -> str:
        """Upload a file and note it."""
        attachment = self.attach(value)
        self.files.append(attachment)
        return self.add("attachments", attachment.id, attachment.to_json())

    def add(self, kind: str, key: int, body: Json) -> str:
        """Note an object and return its id as an option value."""
        self.parts.setdefault(kind, {})[str(key)] = body
        return str(key)

    def channel(self, value: Channel) -> str:
        """Note a channel with what the person may do there."""
        return self.add("channels", value.id, {**value.to_json(), "permissions": str(self.granted(value))})

    def user(self, value: Member | User) -> str:
        """Note a user, and the member if it is one."""
        if isinstance(value, Member):
            body = {**value.to_json(with_user=False), "permissions": str(value.permissions)}
            self.add("members", value.id, body)
            return self.add("users", value.id, value.user.to_json())
        return self.add("users", value.id, value.to_json())


def shown_name(part: Json, locale: str) -> str:
    """Return the name of a command, option or choice in a person's language."""
    return localized(part, "name", locale)


def find_option(options: list[Json], name: str, locale: str) -> Json | None:
    """Return the option with this name, registered or in the person's language; `_` may stand for `-`."""
    for wanted in (name, name.replace("_", "-")):
        for option in options:
            if wanted in (option["name"], shown_name(option, locale)):
                return option
    return None


def fill(
    options: list[Json], given: Mapping[str, Any], locale: str, resolved: Resolved, where: str
) -> list[Json]:
    """Return the `options` of an interaction for values given by name.

    Raises:
        WrongOption: for an unknown or missing option, or a value that does not fit.
    """
    values: dict[str, Any] = {}
    for name, value in given.items():
        option = find_option(options, name, locale)
        if option is None:
            known = ", ".join(shown_name(option, locale) for option in options) or "none"
            raise WrongOption(f"{where} has no option {name!r}; its options: {known}")
        if value is not None:
            values[option["name"]] = value
    filled = []
    for option in options:
        if option["name"] in values:
            value = to_value(option, values[option["name"]], locale, resolved)
            filled.append({"name": option["name"], "type": option["type"], "value": value})
        elif option.get("required"):
            raise WrongOption(f"{where} needs the option {shown_name(option, locale)!r}")
    return filled


def to_value(option: Json, value: Any, locale: str, resolved: Resolved) -> Any:
    """One option's value as the client sends it.

    Raises:
        WrongOption: if the client would not accept it.
    """
    name, kind = shown_name(option, locale), option["type"]
    if option.get("choices"):
        return _choice(option, value, locale)
    if kind == STRING:
        return _text(option, name, value)
    if kind in (INTEGER, NUMBER):
        return _number(option, name, value)
    if kind == BOOLEAN:
        return _boolean(name, value)
    if kind == ATTACHMENT:
        if not (isinstance(value, tuple) and len(value) == 2):
            raise WrongOption(f"{name!r} takes a file: a (name, bytes) pair")
        return resolved.file(value)
    return _mentionable(option, name, value, resolved)


def _choice(option: Json, value: Any, locale: str) -> Any:
    for choice in option["choices"]:
        if (
            value in (choice["value"], choice["name"], shown_name(choice, locale))
            or str(choice["value"]) == value
        ):
            return choice["value"]
    names = ", ".join(shown_name(choice, locale) for choice in option["choices"])
    raise WrongOption(f"{value!r} is no choice of {shown_name(option, locale)!r}; the choices: {names}")


def _text(option: Json, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongOption(f"{name!r} takes text, not {value!r}")
    low, high = option.get("min_length", 0), option.get("max_length", 6000)
    if not low <= len(value) <= high:
        raise WrongOption(f"{name!r} takes {low} to {high} characters, not {len(value)}")
    if not value and option.get("required"):
        raise WrongOption(f"{name!r} cannot be empty")
    return value


def _number(option: Json, name: str, value: Any) -> int | float:
    whole = option["type"] == INTEGER
    try:
        read = int(value) if whole else float(value)
    except (TypeError, ValueError):
        read = None
    if read is None or isinstance(value, bool) or (whole and isinstance(value, float) and value != read):
        raise WrongOption(f"{name!r} takes a {'whole ' if whole else ''}number, not {value!r}")
    low, high = option.get("min_value", -MAX_INTEGER), option.get("max_value", MAX_INTEGER)
    if not low <= read <= high:
        raise WrongOption(f"{name!r} takes a number from {low} to {high}, not {value}")
    return read


def _boolean(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    raise WrongOption(f"{name!r} is either True or False, not {value!r}")


def _mentionable(option: Json, name: str, value: Any, resolved: Resolved) -> str:
    kind = option["type"]
    if isinstance(value, str):
        value = resolved.named(kind, value) or value
    if isinstance(value, (Member, User)) and kind in (USER, MENTIONABLE):
        return resolved.user(value)
    if isinstance(value, Role) and kind in (ROLE, MENTIONABLE):
        return resolved.add("roles", value.id, value.to_json())
    if isinstance(value, Channel) and kind == CHANNEL:
        types = option.get("channel_types")
        if types and value.type not in types:
            raise WrongOption(f"{name!r} does not take a channel of type {value.type}")
        return resolved.channel(value)
    wanted = {USER: "a person", ROLE: "a role", CHANNEL: "a channel", MENTIONABLE: "a person or role"}[kind]
    raise WrongOption(f"{name!r} takes {wanted}, not {value!r}")
