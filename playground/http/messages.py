"""Messages that a bot posts on its own, in channels and direct messages."""

from aiohttp import web

from playground.http.access import Access, shown
from playground.http.bodies import read_message, read_object
from playground.http.paging import page
from playground.http.requests import nothing, reply
from playground.services.messages import Messages
from playground.services.references import referenced
from playground.services.threads import Threads
from playground.services.typing import typing_started
from playground.validation import errors, message_errors
from playground.validation.messages import Draft
from playground.validation.problems import Problems, whole_numbers
from playground.world import permissions
from playground.world.channels import WITH_MESSAGES, WITH_POSTS
from playground.world.events import Event, Events
from playground.world.message import Message
from playground.world.model import Application, Channel
from playground.world.snowflake import made_at
from playground.world.state import World

_ALL = "/channels/{channel_id}/messages"
_ONE = _ALL + "/{message_id}"
_REPLY = 19
BULK_DELETE_SECONDS = 14 * 24 * 3600.0


class MessagesApi:
    """Endpoints for messages in channels."""

    def __init__(
        self,
        world: World,
        access: Access,
        *,
        messages: Messages,
        threads: Threads,
        events: Events,
    ) -> None:
        self._world = world
        self._access = access
        self._messages = messages
        self._threads = threads
        self._events = events

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
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
        """GET the messages of a channel, newest first; none for who does not read the history."""
        application, channel = self._access.channel(request)
        granted = self._world.permissions_in(application.user, channel)
        found = [
            message
            for message in self._world.messages_in(channel)
            if granted & permissions.READ_MESSAGE_HISTORY
            and self._world.may_see(application.user.id, message)
        ]
        chosen = page(request, found, lambda message: message.id, default=50, most=100, newest_first=True)
        return reply(request, [shown(message, application) for message in chosen])

    async def create(self, request: web.Request) -> web.Response:
        """POST a message."""
        application, channel = self._access.channel(request, permissions.SEND_MESSAGES)
        self._check_place(application, channel)
        body, uploads = await read_message(request)
        draft = self._messages.draft(Problems(), body, uploads, channel)
        self._check_parts(application, channel, draft)
        if draft.enforce_nonce and draft.nonce is not None:
            before = self._messages.with_nonce(channel, application.user, draft.nonce)
            if before is not None:
                return reply(request, before.to_json(application.user))
        if channel.thread is not None:
            self._threads.speak(channel, application.user)
        reference = referenced(self._world, self._messages, application, channel, draft)
        forward = draft.reference is not None and draft.reference.forward
        message = self._messages.create(
            channel,
            application.user,
            draft,
            application=application,
            reference=reference,
            message_type=_REPLY if reference and not forward else 0,
        )
        return reply(request, message.to_json(application.user))

    async def get(self, request: web.Request) -> web.Response:
        """GET one message."""
        application, message = self._access.message(request, permissions.READ_MESSAGE_HISTORY)
        return reply(request, shown(message, application))

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH a message of one's own."""
        application, message = self._access.open_message(request)
        channel = message.channel
        body, uploads = await read_message(request)
        granted = self._world.permissions_in(application.user, channel)
        # "Edit Message": with Manage Messages the flags of others' messages can be changed, and nothing else.
        only_flags = set(body) <= {"flags", "tts", "allowed_mentions"} and not uploads
        may = granted & permissions.MANAGE_MESSAGES and only_flags
        if message.author is not application.user and not may:
            raise message_errors.cannot_edit_others()
        draft = self._messages.draft(Problems(), body, uploads, channel, editing=message)
        self._messages.edit(message, draft)
        return reply(request, shown(message, application))

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE a message: one's own, or anybody's with Manage Messages."""
        application, message = self._access.open_message(request)
        self._check_deletable(application, message.channel, message)
        self._messages.delete(message)
        return nothing(request)

    async def bulk_delete(self, request: web.Request) -> web.Response:
        """POST 2 to 100 messages to delete at once."""
        _, channel, _ = self._access.guild_channel(request, permissions.MANAGE_MESSAGES)
        body, problems = await read_object(request), Problems()
        wanted = whole_numbers(problems, body, "messages", 10_000, unique=True)
        problems.raise_if_any()
        if not 2 <= len(wanted) <= 100:
            raise message_errors.wrong_number_to_delete()
        oldest = self._world.clock.now() - BULK_DELETE_SECONDS
        if any(made_at(message_id) < oldest for message_id in wanted):
            raise message_errors.too_old_to_delete()
        posted = self._world.messages_in(channel)
        self._messages.delete_many(channel, [message for message in posted if message.id in set(wanted)])
        return nothing(request)

    async def typing(self, request: web.Request) -> web.Response:
        """POST that the bot is typing."""
        application, channel = self._access.channel(request, permissions.SEND_MESSAGES)
        self._events.publish(Event("typing", channel.id, application=application))
        self._world.announce(typing_started(self._world, channel, application.user))
        return nothing(request)

    def _check_place(self, application: Application, channel: Channel) -> None:
        if channel.type in WITH_POSTS:
            raise message_errors.in_a_forum()
        if not channel.is_direct and channel.type not in WITH_MESSAGES:
            raise message_errors.not_a_text_channel()
        if channel.is_direct and not self._shares_guild(application, channel):
            raise errors.cannot_message_user()

    def _check_parts(self, application: Application, channel: Channel, draft: Draft) -> None:
        granted = self._world.permissions_in(application.user, channel)
        files = draft.attachments or draft.embedded
        if files and not granted & permissions.ATTACH_FILES:
            raise errors.missing_permissions()
        if draft.embeds and not granted & permissions.EMBED_LINKS:
            raise errors.missing_permissions()
        if draft.poll is not None and not granted & permissions.SEND_POLLS:
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
