"""One thing a person did with a bot, and what came of it."""

from dataclasses import dataclass, field
from typing import Literal

from playground.world.clock import Timer
from playground.world.message import Message
from playground.world.model import Application, Channel, Guild, Json, User
from playground.world.watch import Watch

# The types of interactions.
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5

# The types of answers to them.
REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9

State = Literal["waiting", "acknowledged", "failed"]


@dataclass(slots=True, eq=False)
class Interaction:
    """One thing a person did with a bot, and what the bot answered.

    `message` is the message whose component was used, or from which a modal came. `response` is the callback
    type of the first answer. `original` is the message that `@original` names.
    """

    id: int
    token: str
    type: int
    application: Application
    user: User
    channel: Channel
    data: Json
    created: float
    message: Message | None = None
    label: str = ""
    state: State = "waiting"
    response: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    refusal: str | None = None
    watch: Watch = field(default_factory=Watch)
    timer: Timer | None = None

    @property
    def guild(self) -> Guild | None:
        """The guild it happened in; None in direct messages."""
        return self.channel.guild

    @property
    def owners(self) -> dict[str, str]:
        """Who installed the app here: "0" the guild, "1" the user."""
        owners = {}
        if self.guild is not None and self.guild.id in self.application.guilds:
            owners["0"] = str(self.guild.id)
        if self.user.id in self.application.user_installs:
            owners["1"] = str(self.user.id)
        if not owners:
            owners["0"] = "0"
        return owners

    @property
    def context(self) -> int:
        """0 in a guild, 1 in direct messages with the bot, 2 in other private channels."""
        if self.guild is not None:
            return 0
        return 1 if self.application.user in self.channel.recipients else 2
