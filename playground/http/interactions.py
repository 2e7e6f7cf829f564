"""Answers to interactions: the first one, and everything that its token allows afterwards."""

from aiohttp import web

from playground.http.bodies import read_message
from playground.http.requests import nothing, number, reply, switched_on
from playground.services.interactions import Interactions
from playground.services.messages import Messages
from playground.validation import errors
from playground.validation.commands import STRING, read_choices
from playground.validation.mentions import USERS_ONLY
from playground.validation.messages import Draft, Upload
from playground.validation.modals import read_modal
from playground.validation.problems import Problems, array, integer, mapping, one_of
from playground.world.interaction import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFER_REPLY,
    DEFER_UPDATE,
    MODAL,
    MODAL_SUBMIT,
    REPLY,
    UPDATE,
    Interaction,
)
from playground.world.message import FLAG_COMPONENTS_V2, FLAG_EPHEMERAL, FLAG_LOADING, Message
from playground.world.model import Channel, Json
from playground.world.state import World

_CHAT_INPUT_REPLY, _CONTEXT_MENU_REPLY = 20, 23


class InteractionsApi:
    """Callbacks and followups. None of them bears a bot token: the interaction token is the authority."""

    def __init__(self, world: World, interactions: Interactions, messages: Messages) -> None:
        self._world = world
        self._interactions = interactions
        self._messages = messages

    def routes(self) -> list[web.RouteDef]:
        """Return the route of first answers; the others are shared with webhooks."""
        return [web.post("/interactions/{interaction_id}/{token}/callback", self.callback)]

    async def callback(self, request: web.Request) -> web.Response:
        """POST the first answer."""
        interaction_id, token = number(request, "interaction_id"), request.match_info["token"]
        # The deadline counts when the answer arrives, not when its files have been read.
        interaction = self._interactions.waiting(interaction_id, token)
        body, uploads = await read_message(request)
        self._interactions.waiting(interaction_id, token)
        try:
            message = self._answer(interaction, body, uploads)
        except errors.ApiError as error:
            self._interactions.refuse(interaction, str(error))
            raise
        if not switched_on(request, "with_response"):
            return nothing(request)
        return reply(request, _callback_result(interaction, body["type"], message))

    def _answer(self, interaction: Interaction, body: Json, uploads: list[Upload]) -> Message | None:
        problems = Problems()
        kind = body.get("type")
        _check_kind(problems.at("type"), kind, interaction)
        problems.raise_if_any()
        raw = body.get("data")
        data = {} if raw is None else mapping(problems.at("data"), raw) or {}
        problems.raise_if_any()
        message: Message | None = None
        if kind == REPLY:
            draft = self._draft(problems.at("data"), data, uploads, interaction.channel)
            message = interaction.original = self._post(interaction, draft)
        elif kind == DEFER_REPLY:
            flags = integer(problems.at("data"), data, "flags", 0, 2**31 - 1) or 0
            problems.raise_if_any()
            draft = Draft(frozenset(), flags=flags & (FLAG_COMPONENTS_V2 | FLAG_EPHEMERAL))
            message = interaction.original = self._post(interaction, draft, flags=FLAG_LOADING)
        elif kind == DEFER_UPDATE:
            interaction.original = interaction.message
        elif kind == UPDATE:
            message = interaction.original = self._update_source(
                interaction, problems.at("data"), data, uploads
            )
        elif kind == CHOICES:
            interaction.choices = _read_choices(problems.at("data"), data, interaction)
        else:
            modal = read_modal(problems.at("data"), data)
            problems.raise_if_any()
            interaction.modal = modal
        self._interactions.acknowledge(interaction, int(kind or 0))
        return message

    def _update_source(
        self, interaction: Interaction, problems: Problems, data: Json, uploads: list[Upload]
    ) -> Message:
        source = interaction.message
        assert source is not None
        draft = self._draft(problems, data, uploads, source.channel, editing=source)
        self._watch(interaction, source)
        if source.deleted:
            raise errors.unknown_message()
        self._messages.edit(source, draft)
        return source

    async def follow_up(self, request: web.Request) -> web.Response:
        """POST a further message; the first one after a deferred reply takes the place of "thinking"."""
        interaction = self._interactions.answered(
            number(request, "application_id"), request.match_info["token"]
        )
        body, uploads = await read_message(request)
        waiting = interaction.original if interaction.response == DEFER_REPLY else None
        if waiting is not None and waiting.loading and not waiting.deleted:
            message = self._fill(interaction, waiting, body, uploads)
        else:
            draft = self._draft(Problems(), body, uploads, interaction.channel)
            message = self._post(interaction, draft, followup=True)
            interaction.followups.append(message)
            interaction.watch.bump()
        # "Create Followup Message": `wait` is always true here.
        return reply(request, message.to_json())

    async def get(self, request: web.Request) -> web.Response:
        """GET `@original` or a followup."""
        _, message = self._target(request)
        return reply(request, message.to_json())

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH `@original` or a followup."""
        interaction, _ = self._target(request)
        body, uploads = await read_message(request)
        interaction, message = self._target(request)
        message = self._fill(interaction, message, body, uploads)
        return reply(request, message.to_json())

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE `@original` or a followup."""
        _, message = self._target(request)
        self._messages.delete(message)
        return nothing(request)

    def _target(self, request: web.Request) -> tuple[Interaction, Message]:
        interaction = self._interactions.answered(
            number(request, "application_id"), request.match_info["token"]
        )
        if "message_id" not in request.match_info:
            message = interaction.original
        else:
            wanted = number(request, "message_id")
            mine = [interaction.original, interaction.message, *interaction.followups]
            message = next((found for found in mine if found is not None and found.id == wanted), None)
        if message is None or message.deleted:
            raise errors.unknown_message()
        self._watch(interaction, message)
        return interaction, message

    def _fill(self, interaction: Interaction, message: Message, body: Json, uploads: list[Upload]) -> Message:
        draft = self._draft(Problems(), body, uploads, message.channel, editing=message)
        for file in draft.attachments + draft.embedded:
            file.ephemeral = message.only_for is not None
        self._messages.edit(message, draft, fills=message.loading)
        interaction.watch.bump()
        return message

    def _draft(
        self,
        problems: Problems,
        body: Json,
        uploads: list[Upload],
        channel: Channel,
        *,
        editing: Message | None = None,
    ) -> Draft:
        return self._messages.draft(problems, body, uploads, channel, editing=editing, mentions=USERS_ONLY)

    def _post(
        self,
        interaction: Interaction,
        draft: Draft,
        *,
        followup: bool = False,
        flags: int = 0,
    ) -> Message:
        command = interaction.type == COMMAND and not followup
        kind = _CHAT_INPUT_REPLY if interaction.data.get("type", 1) == 1 else _CONTEXT_MENU_REPLY
        reference = interaction.original if followup else interaction.message
        message = self._messages.create(
            interaction.channel,
            interaction.application.user,
            draft,
            application=interaction.application,
            webhook_id=interaction.application.id,
            only_for=interaction.user.id if draft.flags & FLAG_EPHEMERAL else None,
            message_type=kind if command else (19 if reference is not None else 0),
            metadata=_metadata(interaction, followup=followup),
            reference=None if command else reference,
            flags=flags,
        )
        self._watch(interaction, message)
        return message

    def _watch(self, interaction: Interaction, message: Message) -> None:
        if interaction.watch not in message.watchers:
            message.watchers.append(interaction.watch)


def _check_kind(problems: Problems, kind: object, interaction: Interaction) -> None:
    allowed = {
        COMMAND: (REPLY, DEFER_REPLY, MODAL),
        COMPONENT: (REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE, MODAL),
        AUTOCOMPLETE: (CHOICES,),
        MODAL_SUBMIT: (REPLY, DEFER_REPLY)
        if interaction.message is None
        else (REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE),
    }[interaction.type]
    one_of(problems, kind, allowed)


def _read_choices(problems: Problems, data: Json, interaction: Interaction) -> list[Json]:
    raw = array(problems, data, "choices", 25, required=True)
    choices = read_choices(problems.at("choices"), raw, _focused_type(interaction.data), unique=False)
    problems.raise_if_any()
    return choices


def _focused_type(data: Json) -> int:
    for option in data.get("options", []):
        if option.get("focused"):
            return int(option["type"])
        if option.get("options"):
            return _focused_type(option)
    return STRING


def _metadata(interaction: Interaction, *, followup: bool) -> Json:
    body: Json = {
        "id": str(interaction.id),
        "type": interaction.type,
        "user": interaction.user.to_json(),
        "authorizing_integration_owners": interaction.owners,
    }
    if followup and interaction.original is not None:
        body["original_response_message_id"] = str(interaction.original.id)
    if interaction.type == COMMAND:
        body |= {"name": interaction.data["name"], "command_type": interaction.data["type"]}
    if interaction.type == COMPONENT and interaction.message is not None:
        body["interacted_message_id"] = str(interaction.message.id)
    if interaction.type == MODAL_SUBMIT:
        source = interaction.message.metadata if interaction.message is not None else None
        body["triggering_interaction_metadata"] = source or {
            "id": str(interaction.id),
            "type": COMMAND,
            "user": interaction.user.to_json(),
            "authorizing_integration_owners": interaction.owners,
        }
    return body


def _callback_result(interaction: Interaction, kind: int, message: Message | None) -> Json:
    about: Json = {"id": str(interaction.id), "type": interaction.type}
    result: Json = {"interaction": about}
    shown = message or (interaction.original if kind == DEFER_UPDATE else None)
    if shown is not None:
        about |= {
            "response_message_id": str(shown.id),
            "response_message_loading": shown.loading,
            "response_message_ephemeral": shown.only_for is not None,
            "channel_id": str(shown.channel.id),
        }
        if shown.channel.guild is not None:
            about["guild_id"] = str(shown.channel.guild.id)
    if message is not None:
        # Discord's reply to a deferral carries the message as well, under the type of a plain reply.
        result["resource"] = {"type": UPDATE if kind == UPDATE else REPLY, "message": message.to_json()}
    return result
