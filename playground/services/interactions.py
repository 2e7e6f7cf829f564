"""Interactions: sent to the bot, answered within three seconds, followed up for fifteen minutes."""

import secrets
from collections.abc import Callable, Iterable, Sequence

from playground.validation.errors import (
    already_acknowledged,
    expired_token,
    unknown_interaction,
    unknown_webhook,
)
from playground.validation.messages import MAX_FILE_BYTES
from playground.world import permissions
from playground.world.events import Event, EventKind, Events
from playground.world.interaction import AUTOCOMPLETE, MODAL, Interaction
from playground.world.message import Attachment, Message
from playground.world.model import Application, Channel, Guild, Json, User
from playground.world.state import World

RESPONSE_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0
# Bots that come too late are told so for as long again.
FORGET_SECONDS = 2 * TOKEN_SECONDS


class Interactions:
    """Sends interactions to bots and keeps their deadlines.

    Args:
        world: who and what the interactions are between.
        events: where everything that happens to them is published.
        deliver: brings an interaction's payload to a bot, for a guild or (None) for direct messages.
        forget_files: is given what a person sent with an interaction whose token has expired.
    """

    def __init__(
        self,
        world: World,
        events: Events,
        deliver: Callable[[Application, Guild | None, Json], None],
        forget_files: Callable[[Iterable[Attachment]], None],
    ) -> None:
        self._world = world
        self._events = events
        self._deliver = deliver
        self._forget_files = forget_files
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def __len__(self) -> int:
        return len(self._by_id)

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
        files: Sequence[Attachment] = (),
    ) -> Interaction:
        """Send an interaction to a bot. `label` is what the person did, for transcripts.

        It is known for half an hour, and so are the `files` that the person sent with it.
        """
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
        self._world.clock.call_later(FORGET_SECONDS, lambda: self._forget(interaction, files))
        self._publish("interaction_sent", interaction)
        self._deliver(application, interaction.guild, self.payload(interaction))
        return interaction

    def waiting(self, interaction_id: int, token: str) -> Interaction:
        """Return the interaction that a first answer names.

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
        """Return the interaction whose token a followup uses.

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

    def _forget(self, interaction: Interaction, files: Sequence[Attachment]) -> None:
        del self._by_id[interaction.id], self._by_token[interaction.token]
        self._forget_files(files)

    def _publish(self, kind: EventKind, interaction: Interaction) -> None:
        self._events.publish(
            Event(kind, interaction.channel.id, interaction.user.id, interaction.original, interaction)
        )

    def payload(self, interaction: Interaction) -> Json:
        """Return the INTERACTION_CREATE event."""
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
