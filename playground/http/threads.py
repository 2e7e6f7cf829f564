"""Threads: opening them, who is in them, and those that are archived."""

from collections.abc import Sequence
from datetime import datetime

from aiohttp import web

from playground.http.access import Access
from playground.http.bodies import read_message, read_object
from playground.http.paging import moment, page
from playground.http.requests import nothing, number, reply, switched_on
from playground.services.messages import Messages
from playground.services.threads import Threads, member_json, of
from playground.validation import errors, message_errors
from playground.validation.problems import Problems, mapping, whole_number
from playground.validation.threads import ThreadFields, read_new_thread
from playground.world import permissions
from playground.world.channels import PRIVATE_THREAD, THREADS_IN, WITH_POSTS
from playground.world.model import Application, Channel
from playground.world.state import World

_CHANNEL = "/channels/{channel_id}"
_MEMBERS = _CHANNEL + "/thread-members"
MEMBERS_A_PAGE, THREADS_A_PAGE = 100, 50


class ThreadsApi:
    """Endpoints of threads; changing and deleting one are those of any channel."""

    def __init__(self, world: World, access: Access, threads: Threads, messages: Messages) -> None:
        self._world = world
        self._access = access
        self._threads = threads
        self._messages = messages

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
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
        problems = Problems()
        fields = read_new_thread(problems, await read_object(request), message.channel)
        problems.raise_if_any()
        thread = self._threads.open_at(message, application.user, fields)
        return reply(request, thread.to_json(), 201)

    async def open(self, request: web.Request) -> web.Response:
        """POST a thread without a message, or a post of a forum with its first one."""
        application, channel, _ = self._access.guild_channel(request)
        if channel.type not in THREADS_IN:
            raise errors.wrong_channel_type()
        body, uploads = await read_message(request)
        problems = Problems()
        fields = read_new_thread(problems, body, channel)
        problems.raise_if_any()
        self._check_may_open(application, channel, fields)
        draft = None
        if channel.type in WITH_POSTS:
            first = mapping(problems.at("message"), body.get("message")) or {}
            problems.raise_if_any()
            draft = self._messages.draft(problems.at("message"), first, uploads, channel)
        thread = self._threads.open(channel, application.user, fields)
        if draft is None:
            return reply(request, thread.to_json(), 201)
        message = self._messages.create(
            thread, application.user, draft, application=application, message_id=thread.id
        )
        return reply(request, {**thread.to_json(), "message": message.to_json()}, 201)

    def _check_may_open(self, application: Application, channel: Channel, fields: ThreadFields) -> None:
        private = fields.kind == PRIVATE_THREAD
        needed = permissions.CREATE_PRIVATE_THREADS if private else permissions.CREATE_PUBLIC_THREADS
        if channel.type in WITH_POSTS:
            # "Start Thread in Forum or Media Channel": CREATE_PUBLIC_THREADS is ignored.
            needed = permissions.SEND_MESSAGES
        if needed & ~self._world.permissions_in(application.user, channel):
            raise errors.missing_permissions()

    async def archived_public(self, request: web.Request) -> web.Response:
        """GET the archived threads that everybody sees, those archived last first."""
        _, channel = self._archive(request)
        found = [thread for thread in self._archived_in(channel) if thread.type != PRIVATE_THREAD]
        return self._page(request, found, before=_moment_in(request))

    async def archived_private(self, request: web.Request) -> web.Response:
        """GET the archived private threads, those archived last first."""
        _, channel = self._archive(request, permissions.MANAGE_THREADS)
        found = [thread for thread in self._archived_in(channel) if thread.type == PRIVATE_THREAD]
        return self._page(request, found, before=_moment_in(request))

    async def archived_own(self, request: web.Request) -> web.Response:
        """GET the archived private threads that the bot is in, those with the highest ids first."""
        application, channel = self._archive(request)
        problems = Problems()
        before = whole_number(problems, request.query, "before")
        problems.raise_if_any()
        found = [
            thread
            for thread in sorted(self._archived_in(channel), key=lambda thread: -thread.id)
            if thread.type == PRIVATE_THREAD
            and application.user.id in of(thread).members
            and (before is None or thread.id < before)
        ]
        return self._page(request, found)

    def _archive(self, request: web.Request, needed: int = 0) -> tuple[Application, Channel]:
        application, channel, _ = self._access.guild_channel(
            request, needed | permissions.READ_MESSAGE_HISTORY
        )
        return application, channel

    def _archived_in(self, channel: Channel) -> list[Channel]:
        threads = channel.guild.threads if channel.guild is not None else []
        found = [thread for thread in threads if thread.parent is channel and of(thread).archived]
        return sorted(found, key=lambda thread: of(thread).changed, reverse=True)

    def _page(
        self, request: web.Request, threads: Sequence[Channel], *, before: datetime | None = None
    ) -> web.Response:
        problems = Problems()
        limit = whole_number(problems, request.query, "limit", 2, 100) or THREADS_A_PAGE
        problems.raise_if_any()
        user = self._access.user(request)
        found = [thread for thread in threads if before is None or of(thread).changed < before]
        shown = found[:limit]
        mine = [member_json(thread, user.id) for thread in shown if user.id in of(thread).members]
        body = {
            "threads": [thread.to_json() for thread in shown],
            "members": mine,
            "has_more": len(found) > limit,
        }
        return reply(request, body)

    async def members(self, request: web.Request) -> web.Response:
        """GET who is in a thread; in parts where members are asked for."""
        application, channel = self._access.channel(request)
        full, users = switched_on(request, "with_member"), sorted(of(channel).members)
        if full:
            users = page(request, users, lambda user: user, default=MEMBERS_A_PAGE, most=MEMBERS_A_PAGE)
        if not application.lists_members:
            raise errors.missing_access()
        return reply(request, [member_json(channel, user, with_member=full) for user in users])

    async def member(self, request: web.Request) -> web.Response:
        """GET one who is in a thread."""
        application, channel = self._access.channel(request)
        named = request.match_info["user_id"]
        user_id = application.user.id if named == "@me" else number(request, "user_id")
        if user_id not in of(channel).members:
            raise errors.unknown_member()
        full = switched_on(request, "with_member")
        return reply(request, member_json(channel, user_id, with_member=full))

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
        """PUT somebody into a thread, where the bot may write."""
        _, channel = self._open_thread(request, permissions.SEND_MESSAGES)
        assert channel.guild is not None
        self._threads.join(channel, self._access.member(request, channel.guild).user)
        return nothing(request)

    async def remove_member(self, request: web.Request) -> web.Response:
        """DELETE somebody from a thread: by who manages threads, or who opened a private one."""
        application, channel = self._open_thread(request)
        own = channel.type == PRIVATE_THREAD and of(channel).owner_id == application.user.id
        granted = self._world.permissions_in(application.user, channel)
        if not own and not granted & permissions.MANAGE_THREADS:
            raise errors.missing_permissions()
        self._threads.leave(channel, number(request, "user_id"))
        return nothing(request)

    def _open_thread(self, request: web.Request, needed: int = 0) -> tuple[Application, Channel]:
        application, channel = self._access.channel(request, needed)
        if of(channel).archived:
            raise message_errors.thread_archived()
        return application, channel


def _moment_in(request: web.Request) -> datetime | None:
    problems = Problems()
    before = moment(problems, request.query, "before")
    problems.raise_if_any()
    return before
