"""Messages that a bot posts on its own, in channels and direct messages."""

from aiohttp import web

from playground.http.requests import caller, nothing, number, read_json, read_message, reply
from playground.http.users import visible_channel
from playground.services.messages import Messages
from playground.validation import errors
from playground.validation.messages import Draft
from playground.validation.problems import Problems, integer
from playground.world import permissions
from playground.world.events import Event, Events
from playground.world.message import Message
from playground.world.model import Application, Channel
from playground.world.state import World

_ALL = "/channels/{channel_id}/messages"
_ONE = _ALL + "/{message_id}"


class MessagesApi:
    """Endpoints for messages in channels."""

    def __init__(self, world: World, messages: Messages, events: Events) -> None:
        self._world = world
        self._messages = messages
        self._events = events

    def routes(self) -> list[web.RouteDef]:
        """The routes of this family."""
        return [
            web.get(_ALL, self.history),
            web.post(_ALL, self.create),
            web.post(_ALL + "/bulk-delete", self.bulk_delete),
            web.get(_ONE, self.get),
            web.patch(_ONE, self.edit),
            web.delete(_ONE, self.delete),
            web.post("/channels/{channel_id}/typing", self.typing),
        ]

    async def history(self, request: web.Request) -> web.Response:
        """GET the messages of a channel, newest first."""
        application, channel = self._place(request, permissions.READ_MESSAGE_HISTORY)
        found = [
            message
            for message in self._world.messages_in(channel)
            if self._world.may_see(application.user.id, message)
        ]
        problems = Problems()
        for name, keep in (("before", -1), ("after", 1)):
            bound = integer(problems, request.query, name, 0, 2**63 - 1)
            if bound is not None:
                found = [message for message in found if (message.id - bound) * keep > 0]
        limit = integer(problems, request.query, "limit", 1, 100) or 50
        problems.raise_if_any()
        chosen = found[:limit] if "after" in request.query else found[-limit:]
        return reply(request, [message.to_json() for message in reversed(chosen)])

    async def create(self, request: web.Request) -> web.Response:
        """POST a message."""
        application, channel = self._place(request, permissions.SEND_MESSAGES)
        if channel.is_direct and not self._shares_guild(application, channel):
            raise errors.cannot_message_user()
        body, uploads = await read_message(request)
        draft = self._messages.draft(Problems(), body, uploads, channel)
        self._check_parts(application, channel, draft)
        reference = self._messages.reference(channel, draft)
        message = self._messages.create(
            channel,
            application.user,
            draft,
            application=application,
            reference=reference,
            message_type=19 if reference else 0,
        )
        return reply(request, message.to_json())

    async def get(self, request: web.Request) -> web.Response:
        """GET one message."""
        _, channel = self._place(request, permissions.READ_MESSAGE_HISTORY)
        return reply(request, self._messages.find(channel, number(request, "message_id")).to_json())

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH a message of one's own."""
        application, channel = self._place(request)
        message = self._messages.find(channel, number(request, "message_id"))
        if message.author is not application.user:
            raise errors.cannot_edit_others()
        body, uploads = await read_message(request)
        draft = self._messages.draft(Problems(), body, uploads, channel, editing=message)
        self._messages.edit(message, draft)
        return reply(request, message.to_json())

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE a message: one's own, or anybody's with Manage Messages."""
        application, channel = self._place(request)
        message = self._messages.find(channel, number(request, "message_id"))
        self._check_deletable(application, channel, message)
        self._messages.delete(message)
        return nothing(request)

    async def bulk_delete(self, request: web.Request) -> web.Response:
        """POST 2 to 100 messages to delete at once."""
        _, channel = self._place(request, permissions.MANAGE_MESSAGES)
        body = await read_json(request)
        wanted = body.get("messages") if isinstance(body, dict) else None
        if not isinstance(wanted, list) or not 2 <= len(wanted) <= 100:
            raise errors.ApiError(400, 50016, "Provided too few or too many messages to delete.")
        posted = self._world.messages_in(channel)
        for message in [message for message in posted if str(message.id) in set(map(str, wanted))]:
            self._messages.delete(message)
        return nothing(request)

    async def typing(self, request: web.Request) -> web.Response:
        """POST that the bot is typing."""
        application, channel = self._place(request, permissions.SEND_MESSAGES)
        self._events.publish(Event("typing", channel.id, application=application))
        return nothing(request)

    def _place(self, request: web.Request, needed: int = 0) -> tuple[Application, Channel]:
        application = caller(self._world, request)
        channel = visible_channel(self._world, application, request)
        granted = self._world.permissions_in(application.user, channel)
        if needed & ~granted:
            raise errors.missing_permissions()
        return application, channel

    def _check_parts(self, application: Application, channel: Channel, draft: Draft) -> None:
        granted = self._world.permissions_in(application.user, channel)
        files = draft.attachments or draft.embedded
        if files and not granted & permissions.ATTACH_FILES:
            raise errors.missing_permissions()
        if draft.embeds and not granted & permissions.EMBED_LINKS:
            raise errors.missing_permissions()

    def _check_deletable(self, application: Application, channel: Channel, message: Message) -> None:
        granted = self._world.permissions_in(application.user, channel)
        own = message.author is application.user
        if not own and (channel.is_direct or not granted & permissions.MANAGE_MESSAGES):
            raise errors.missing_permissions()

    def _shares_guild(self, application: Application, channel: Channel) -> bool:
        person = next(user for user in channel.recipients if user is not application.user)
        together = any(person.id in guild.members for guild in application.guilds.values())
        return together or person.id in application.user_installs
