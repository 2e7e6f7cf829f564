"""Threads: opening them, who is in them, and those that are archived."""

from aiohttp import web

from playground.http.access import Access
from playground.http.bodies import read_message, read_object
from playground.http.requests import nothing, number, reply, switched_on
from playground.services.messages import Messages
from playground.services.threads import Threads, member_json, of
from playground.validation import errors
from playground.validation.channels import MAX_NAME, MAX_SLOWMODE_SECONDS, read_archive_minutes
from playground.validation.problems import Problems, integer, mapping, one_of, text
from playground.world import permissions
from playground.world.channels import FORUM_CHANNEL, PRIVATE_THREAD, PUBLIC_THREAD, THREADS
from playground.world.model import Application, Channel, Json
from playground.world.state import World

_CHANNEL = "/channels/{channel_id}"
_MEMBERS = _CHANNEL + "/thread-members"


class ThreadsApi:
    """Endpoints of threads; changing and deleting one are those of any channel."""

    def __init__(self, world: World, access: Access, threads: Threads, messages: Messages) -> None:
        self._world = world
        self._access = access
        self._threads = threads
        self._messages = messages

    def routes(self) -> list[web.RouteDef]:
        """The routes of this family."""
        return [
            web.post(_CHANNEL + "/messages/{message_id}/threads", self.open_at_message),
            web.post(_CHANNEL + "/threads", self.open),
            web.get(_CHANNEL + "/threads/archived/public", self.archived_public),
            web.get(_CHANNEL + "/threads/archived/private", self.archived_private),
            web.get(_CHANNEL + "/users/@me/threads/archived/private", self.archived_own),
            web.get(_MEMBERS, self.members),
            web.put(_MEMBERS + "/@me", self.join),
            web.delete(_MEMBERS + "/@me", self.leave),
            web.get(_MEMBERS + "/{user_id}", self.member),
            web.put(_MEMBERS + "/{user_id}", self.add_member),
            web.delete(_MEMBERS + "/{user_id}", self.remove_member),
        ]

    async def open_at_message(self, request: web.Request) -> web.Response:
        """POST the thread of a message."""
        application, message = self._access.message(request, permissions.CREATE_PUBLIC_THREADS)
        body, problems = await read_object(request), Problems()
        name = text(problems, body, "name", MAX_NAME, low=1, required=True)
        minutes = read_archive_minutes(problems, body)
        problems.raise_if_any()
        thread = self._threads.open_at(message, application.user, name or "", minutes=minutes)
        return reply(request, thread.to_json(), 201)

    async def open(self, request: web.Request) -> web.Response:
        """POST a thread without a message, or a post of a forum with its first one."""
        application, channel, _ = self._access.guild_channel(request)
        body, uploads = await read_message(request)
        problems = Problems()
        name = text(problems, body, "name", MAX_NAME, low=1, required=True)
        minutes = read_archive_minutes(problems, body)
        slowmode = integer(problems, body, "rate_limit_per_user", 0, MAX_SLOWMODE_SECONDS)
        kind = self._kind(problems, body, channel)
        problems.raise_if_any()
        needed = (
            permissions.CREATE_PRIVATE_THREADS
            if kind == PRIVATE_THREAD
            else permissions.CREATE_PUBLIC_THREADS
        )
        if channel.type == FORUM_CHANNEL:
            needed = permissions.SEND_MESSAGES
        if needed & ~self._world.permissions_in(application.user, channel):
            raise errors.missing_permissions()
        draft = None
        if channel.type == FORUM_CHANNEL:
            first = mapping(problems.at("message"), body.get("message")) or {}
            problems.raise_if_any()
            draft = self._messages.draft(problems.at("message"), first, uploads, channel)
        thread = self._threads.open(
            channel, application.user, name or "", kind, minutes=minutes, slowmode=slowmode or 0
        )
        shown = thread.to_json()
        if draft is not None:
            message = self._messages.create(thread, application.user, draft, application=application)
            shown["message"] = message.to_json()
        return reply(request, shown, 201)

    def _kind(self, problems: Problems, body: Json, channel: Channel) -> int:
        if channel.type == FORUM_CHANNEL:
            return PUBLIC_THREAD
        if body.get("type") is None:
            # "Start Thread without Message": private unless it says otherwise.
            return PRIVATE_THREAD
        return int(body["type"]) if one_of(problems.at("type"), body["type"], THREADS) else PUBLIC_THREAD

    async def archived_public(self, request: web.Request) -> web.Response:
        """GET the archived threads that everybody sees."""
        return self._archived(request, private=False, own=False)

    async def archived_private(self, request: web.Request) -> web.Response:
        """GET the archived private threads."""
        return self._archived(request, private=True, own=False)

    async def archived_own(self, request: web.Request) -> web.Response:
        """GET the archived private threads that the bot is in."""
        return self._archived(request, private=True, own=True)

    def _archived(self, request: web.Request, *, private: bool, own: bool) -> web.Response:
        application, channel, guild = self._access.guild_channel(request, permissions.READ_MESSAGE_HISTORY)
        if (
            private
            and not own
            and permissions.MANAGE_THREADS & ~self._world.permissions_in(application.user, channel)
        ):
            raise errors.missing_permissions()
        found = [
            thread
            for thread in reversed(guild.threads)
            if thread.parent is channel
            and of(thread).archived
            and (thread.type == PRIVATE_THREAD) == private
            and (not own or application.user.id in of(thread).members)
        ]
        mine = [thread for thread in found if application.user.id in of(thread).members]
        shown = {
            "threads": [thread.to_json() for thread in found],
            "members": [member_json(thread, application.user.id) for thread in mine],
            "has_more": False,
        }
        return reply(request, shown)

    async def members(self, request: web.Request) -> web.Response:
        """GET who is in a thread."""
        _, channel = self._access.channel(request)
        full = switched_on(request, "with_member")
        return reply(request, [member_json(channel, user, with_member=full) for user in of(channel).members])

    async def member(self, request: web.Request) -> web.Response:
        """GET one who is in a thread."""
        _, channel = self._access.channel(request)
        user_id = number(request, "user_id")
        if user_id not in of(channel).members:
            raise errors.unknown_member()
        return reply(request, member_json(channel, user_id))

    async def join(self, request: web.Request) -> web.Response:
        """PUT the bot into a thread."""
        application, channel = self._open_thread(request)
        self._threads.join(channel, application.user)
        return nothing(request)

    async def leave(self, request: web.Request) -> web.Response:
        """DELETE the bot from a thread."""
        application, channel = self._open_thread(request)
        self._threads.leave(channel, application.user.id)
        return nothing(request)

    async def add_member(self, request: web.Request) -> web.Response:
        """PUT somebody into a thread."""
        _, channel = self._open_thread(request)
        assert channel.guild is not None
        self._threads.join(channel, self._access.member(request, channel.guild).user)
        return nothing(request)

    async def remove_member(self, request: web.Request) -> web.Response:
        """DELETE somebody from a thread."""
        _, channel = self._access.channel(request, permissions.MANAGE_THREADS)
        self._threads.leave(channel, number(request, "user_id"))
        return nothing(request)

    def _open_thread(self, request: web.Request) -> tuple[Application, Channel]:
        application, channel = self._access.channel(request)
        if of(channel).archived:
            raise errors.thread_archived()
        return application, channel
