"""Interactions: sent to the bot, answered within three seconds, followed up for fifteen minutes."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from . import permissions
from .clock import Timer
from .errors import already_acknowledged, expired_token, unknown_interaction, unknown_webhook
from .events import Event, EventKind, Events, Watch
from .model import Application, Channel, Guild, Json, User
from .posts import Message
from .state import World
from .validation.messages import MAX_FILE_BYTES

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9

RESPONSE_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0

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


class Interactions:
    """Sends interactions to bots and keeps their deadlines."""

    def __init__(self, world: World, events: Events) -> None:
        self._world = world
        self._events = events
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}
        self.deliver: Callable[[Application, Guild | None, Json], None] = lambda app, guild, payload: None

    def send(
        self,
        kind: int,
        application: Application,
        user: User,
        channel: Channel,
        data: Json,
        *,
        message: Message | None = None,
        label: str = "",
    ) -> Interaction:
        """Send an interaction to a bot. `label` is what the person did, for transcripts."""
        interaction = Interaction(
            self._world.ids.next(),
            secrets.token_urlsafe(96),
            kind,
            application,
            user,
            channel,
            data,
            self._world.clock.now(),
            message,
            label,
        )
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        interaction.timer = self._world.clock.call_later(RESPONSE_SECONDS, lambda: self._expire(interaction))
        self._publish("interaction_sent", interaction)
        self.deliver(application, interaction.guild, self.payload(interaction))
        return interaction

    def waiting(self, interaction_id: int, token: str) -> Interaction:
        """The interaction that a first answer names.

        Raises:
            ApiError: 10062 if there is none or its three seconds are over, 40060 if it was answered.
        """
        interaction = self._by_id.get(interaction_id)
        if interaction is None or not secrets.compare_digest(interaction.token, token):
            raise unknown_interaction()
        if interaction.state == "acknowledged":
            raise already_acknowledged()
        if interaction.state == "failed":
            raise unknown_interaction()
        return interaction

    def answered(self, application_id: int, token: str) -> Interaction:
        """The interaction whose token a followup uses.

        Raises:
            ApiError: 10015 if the token is unknown or was never answered, 50027 after 15 minutes.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.application.id != application_id:
            raise unknown_webhook()
        if interaction.state != "acknowledged" or interaction.type == AUTOCOMPLETE:
            raise unknown_webhook()
        if self._world.clock.now() - interaction.created > TOKEN_SECONDS:
            raise expired_token()
        return interaction

    def acknowledge(self, interaction: Interaction, response: int) -> None:
        """Note the first answer; the caller has applied it."""
        interaction.state = "acknowledged"
        interaction.response = response
        if interaction.timer is not None:
            interaction.timer.cancel()
        self._publish("modal_opened" if response == MODAL else "interaction_acknowledged", interaction)
        interaction.watch.bump()

    def refuse(self, interaction: Interaction, why: str) -> None:
        """Note that an answer was refused; the person sees nothing of it before the deadline."""
        interaction.refusal = why
        self._publish("interaction_refused", interaction)

    def _expire(self, interaction: Interaction) -> None:
        if interaction.state == "waiting":
            interaction.state = "failed"
            self._publish("interaction_failed", interaction)
            interaction.watch.bump()

    def _publish(self, kind: EventKind, interaction: Interaction) -> None:
        self._events.publish(
            Event(kind, interaction.channel.id, interaction.user.id, interaction.original, interaction)
        )

    def payload(self, interaction: Interaction) -> Json:
        """The INTERACTION_CREATE event."""
        guild, user = interaction.guild, interaction.user
        body: Json = {
            "id": str(interaction.id),
            "application_id": str(interaction.application.id),
            "type": interaction.type,
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(interaction.channel.id),
            "channel": interaction.channel.to_json(reader=interaction.application.user),
            "locale": user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": interaction.owners,
            "context": interaction.context,
            "attachment_size_limit": MAX_FILE_BYTES,
            "app_permissions": str(
                self._world.permissions_in(interaction.application.user, interaction.channel)
            ),
        }
        if guild is None:
            body["user"] = user.to_json()
        else:
            member = guild.members[user.id]
            allowed = member.permissions_in(interaction.channel)
            body |= {
                "guild_id": str(guild.id),
                "guild_locale": guild.locale,
                "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
                "member": {**member.to_json(), "permissions": str(allowed)},
            }
            if body["app_permissions"] == "0":
                body["app_permissions"] = str(permissions.EMBED_LINKS | permissions.ATTACH_FILES)
        if interaction.message is not None:
            body["message"] = interaction.message.to_json()
        return body
