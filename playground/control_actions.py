"""What the people of a served Discord can be asked for by HTTP."""

from typing import Any

import msgspec

from playground.person.reply import PATIENCE
from playground.web.requests import SentFile, Values


class Action(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that a person does; `channel` is an id, the first channel if there is none."""

    person: str
    channel: str | None = None


class Say(Action, frozen=True):
    """Post a message."""

    content: str
    reply_to: str | None = None


class Slash(Action, frozen=True):
    """Run a slash command and wait for its answer; where `settle` is false "thinking" is one."""

    command: str
    options: Values = {}
    settle: bool = True


class Autocomplete(Action, frozen=True):
    """Type into an option that has suggestions."""

    command: str
    option: str
    value: str = ""
    options: Values = {}


class UseOn(Action, frozen=True):
    """Choose a command from the menu of a member or a message."""

    command: str
    user: str | None = None
    message: str | None = None
    settle: bool = True


class OnMessage(Action, frozen=True):
    """Look at a message, or delete it."""

    message: str


class Edit(OnMessage, frozen=True):
    """Change the text of one's own message."""

    content: str


class React(OnMessage, frozen=True):
    """Add or take away a reaction."""

    emoji: str


class Vote(OnMessage, frozen=True):
    """Vote in a poll."""

    answer: str


class Click(OnMessage, frozen=True):
    """Press a button, named by label, emoji or custom id."""

    button: str
    settle: bool = True


class Select(OnMessage, frozen=True):
    """Choose from a menu, named by placeholder or custom id where there are several."""

    values: list[str]
    menu: str | None = None
    settle: bool = True


class Submit(Action, frozen=True):
    """Send a form that a bot opened."""

    form: str
    fields: dict[str, str | bool | list[str | SentFile]] = {}
    settle: bool = True


class NextMessage(Action, frozen=True):
    """Wait for the next message of somebody else."""

    timeout: float = PATIENCE


class NewPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who joins the server."""

    name: str
    locale: str = "en-US"
    permissions: int = 0


class PlannedFault(msgspec.Struct, frozen=True):
    """A fault by its name, with the arguments of the method of that name."""

    fault: str
    arguments: dict[str, Any] = {}


class PassingTime(msgspec.Struct, frozen=True):
    """Move Discord's clock forward."""

    seconds: float
