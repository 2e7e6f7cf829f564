"""What the people of a served Discord can be asked for by HTTP."""

from typing import Annotated, Any

import msgspec

from playground.person.reply import PATIENCE
from playground.validation.errors import RateLimitScope
from playground.web.requests import SentFile, Values

Seconds = Annotated[float, msgspec.Meta(ge=0, le=3600)]


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

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
    locale: str = "en-US"
    permissions: Annotated[int, msgspec.Meta(ge=0)] = 0


class FaultArguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the methods of `Faults` take; each of them takes some of it."""

    path: str | msgspec.UnsetType = msgspec.UNSET
    method: str | msgspec.UnsetType = msgspec.UNSET
    times: Annotated[int, msgspec.Meta(ge=1)] | msgspec.UnsetType = msgspec.UNSET
    status: Annotated[int, msgspec.Meta(ge=400, le=599)] | msgspec.UnsetType = msgspec.UNSET
    seconds: Seconds | msgspec.UnsetType = msgspec.UNSET
    retry_after: Seconds | msgspec.UnsetType = msgspec.UNSET
    scope: RateLimitScope | msgspec.UnsetType = msgspec.UNSET
    code: Annotated[int, msgspec.Meta(ge=1000, le=4999)] | msgspec.UnsetType = msgspec.UNSET
    resumable: bool | msgspec.UnsetType = msgspec.UNSET

    def given(self) -> dict[str, Any]:
        """Return those that were sent."""
        return {
            key: value for key, value in msgspec.structs.asdict(self).items() if value is not msgspec.UNSET
        }


class PlannedFault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fault by its name, with arguments of the method of that name."""

    fault: str
    arguments: FaultArguments = FaultArguments()


class PassingTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Move Discord's clock forward."""

    seconds: float
