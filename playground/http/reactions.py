"""Reactions, pins and polls of messages."""

from urllib.parse import unquote

from aiohttp import web

from playground.http.access import Access
from playground.http.paging import page
from playground.http.requests import nothing, number, reply
from playground.services.messages import Messages
from playground.services.reactions import Reactions
from playground.validation import errors
from playground.validation.problems import Problems, whole_number
from playground.world import permissions
from playground.world.emojis import Emoji, read_emoji
from playground.world.message import Message
from playground.world.model import User, iso
from playground.world.state import World

_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_ALL = _MESSAGE + "/reactions"
_EMOJI = _ALL + "/{emoji_name}"
_PINS = "/channels/{channel_id}/messages/pins"
_OLD_PINS = "/channels/{channel_id}/pins"
_POLL = "/channels/{channel_id}/polls/{message_id}"


class ReactionsApi:
    """Endpoints of what is added to messages that are there."""

    def __init__(self, world: World, access: Access, reactions: Reactions, messages: Messages) -> None:
        self._world = world
        self._access = access
        self._reactions = reactions
        self._messages = messages

    def routes(self) -> list[web.RouteDef]:
        """The routes of this family."""
        return [
            web.put(_EMOJI + "/@me", self.add),
            web.delete(_EMOJI + "/@me", self.remove_own),
            web.delete(_EMOJI + "/{user_id}", self.remove),
            web.get(_EMOJI, self.who),
            web.delete(_EMOJI, self.clear_emoji),
            web.delete(_ALL, self.clear),
            web.get(_PINS, self.pins),
            web.put(_PINS + "/{message_id}", self.pin),
            web.delete(_PINS + "/{message_id}", self.unpin),
            web.get(_OLD_PINS, self.pinned_messages),
            web.put(_OLD_PINS + "/{message_id}", self.pin),
            web.delete(_OLD_PINS + "/{message_id}", self.unpin),
            web.get(_POLL + "/answers/{answer_id}", self.voters),
            web.post(_POLL + "/expire", self.end_poll),
        ]

    async def add(self, request: web.Request) -> web.Response:
        """PUT a reaction; the first of its emoji needs the permission to add any."""
        application, message = self._access.message(request, permissions.READ_MESSAGE_HISTORY)
        emoji = self._emoji(request)
        granted = self._world.permissions_in(application.user, message.channel)
        if emoji.key not in message.reactions and not granted & permissions.ADD_REACTIONS:
            raise errors.missing_permissions()
        self._reactions.add(message, application.user, emoji)
        return nothing(request)

    async def remove_own(self, request: web.Request) -> web.Response:
        """DELETE the bot's own reaction."""
        application, message = self._access.message(request)
        self._reactions.remove(message, application.user, self._emoji(request))
        return nothing(request)

    async def remove(self, request: web.Request) -> web.Response:
        """DELETE somebody's reaction."""
        _, message = self._access.message(request, permissions.MANAGE_MESSAGES)
        user = self._world.users.get(number(request, "user_id"))
        if user is None:
            raise errors.unknown_user()
        self._reactions.remove(message, user, self._emoji(request))
        return nothing(request)

    async def who(self, request: web.Request) -> web.Response:
        """GET who reacted with an emoji."""
        _, message = self._access.message(request)
        reaction = message.reactions.get(self._emoji(request).key)
        return reply(request, _users(request, [] if reaction is None else reaction.users))

    async def clear_emoji(self, request: web.Request) -> web.Response:
        """DELETE all reactions of an emoji."""
        _, message = self._access.message(request, permissions.MANAGE_MESSAGES)
        self._reactions.clear(message, self._emoji(request))
        return nothing(request)

    async def clear(self, request: web.Request) -> web.Response:
        """DELETE all reactions."""
        _, message = self._access.message(request, permissions.MANAGE_MESSAGES)
        self._reactions.clear(message)
        return nothing(request)

    def _emoji(self, request: web.Request) -> Emoji:
        emoji = read_emoji(unquote(request.match_info["emoji_name"]))
        if emoji is None:
            raise errors.unknown_emoji()
        return emoji

    async def pins(self, request: web.Request) -> web.Response:
        """GET the pinned messages with when they were pinned, the latest first."""
        _, channel = self._access.channel(request, permissions.READ_MESSAGE_HISTORY)
        problems = Problems()
        limit = whole_number(problems, request.query, "limit", 1, 50) or 50
        problems.raise_if_any()
        before = request.query.get("before")
        dated = [(iso(m.pinned), m) for m in self._world.messages_in(channel) if m.pinned is not None]
        dated.sort(key=lambda pair: pair[0], reverse=True)
        found = [pair for pair in dated if before is None or pair[0] < before]
        items = [{"pinned_at": moment, "message": message.to_json()} for moment, message in found[:limit]]
        return reply(request, {"items": items, "has_more": len(found) > limit})

    async def pinned_messages(self, request: web.Request) -> web.Response:
        """GET the pinned messages as they were once listed."""
        _, channel = self._access.channel(request, permissions.READ_MESSAGE_HISTORY)
        found = [message for message in self._world.messages_in(channel) if message.pinned is not None]
        return reply(request, [message.to_json() for message in reversed(found)])

    async def pin(self, request: web.Request) -> web.Response:
        """PUT a pin."""
        application, message = self._access.message(request)
        self._check_may_pin(application.user, message)
        self._reactions.pin(message, application.user)
        return nothing(request)

    async def unpin(self, request: web.Request) -> web.Response:
        """DELETE a pin."""
        application, message = self._access.message(request)
        self._check_may_pin(application.user, message)
        self._reactions.unpin(message)
        return nothing(request)

    def _check_may_pin(self, user: User, message: Message) -> None:
        granted = self._world.permissions_in(user, message.channel)
        allowed = permissions.PIN_MESSAGES | permissions.MANAGE_MESSAGES
        if not message.channel.is_direct and not granted & allowed:
            raise errors.missing_permissions()

    async def voters(self, request: web.Request) -> web.Response:
        """GET who voted for an answer."""
        _, message = self._access.message(request)
        answer = number(request, "answer_id")
        if message.poll is None or not 1 <= answer <= len(message.poll.answers):
            raise errors.not_a_poll()
        return reply(request, {"users": _users(request, message.poll.voters(answer))})

    async def end_poll(self, request: web.Request) -> web.Response:
        """POST that the bot's own poll ends now."""
        application, message = self._access.message(request)
        if message.poll is None:
            raise errors.not_a_poll()
        if message.author is not application.user:
            raise errors.cannot_edit_others()
        if message.poll.finalized:
            raise errors.poll_expired()
        self._messages.end_poll(message)
        return reply(request, message.to_json(application.user))


def _users(request: web.Request, users: list[User]) -> list[object]:
    ordered = sorted(users, key=lambda user: user.id)
    return [user.to_json() for user in page(request, ordered, lambda user: user.id, default=25, most=100)]
