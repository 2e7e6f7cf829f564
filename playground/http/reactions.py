"""Reactions, pins and polls of messages."""

from datetime import datetime
from urllib.parse import unquote

from aiohttp import web

from playground.http.access import Access, shown
from playground.http.paging import moment, page
from playground.http.requests import nothing, number, reply
from playground.services.messages import Messages
from playground.services.reactions import Reactions
from playground.validation import errors, message_errors
from playground.validation.problems import Problems, whole_number
from playground.world import permissions
from playground.world.emojis import Emoji, read_emoji
from playground.world.message import Message
from playground.world.model import Application, User, iso
from playground.world.state import World

_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_ALL = _MESSAGE + "/reactions"
_EMOJI = _ALL + "/{emoji_name}"
_PINS = "/channels/{channel_id}/messages/pins"
_OLD_PINS = "/channels/{channel_id}/pins"
_POLL = "/channels/{channel_id}/polls/{message_id}"

_BURST = 1
# The old list of pins, which has no pages.
_OLD_LIST = 50


class ReactionsApi:
    """Endpoints of what is added to messages that are there."""

    def __init__(self, world: World, access: Access, reactions: Reactions, messages: Messages) -> None:
        self._world = world
        self._access = access
        self._reactions = reactions
        self._messages = messages

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
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
        application, message = self._access.open_message(request, permissions.READ_MESSAGE_HISTORY)
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
        _, message = self._access.message(request, permissions.READ_MESSAGE_HISTORY)
        reaction, problems = message.reactions.get(self._emoji(request).key), Problems()
        kind = whole_number(problems, request.query, "type", 0, 1)
        problems.raise_if_any()
        return reply(request, _users(request, [] if reaction is None or kind == _BURST else reaction.users))

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
        application, pinned = self._pinned(request)
        problems = Problems()
        limit = whole_number(problems, request.query, "limit", 1, 50) or 50
        before = moment(problems, request.query, "before")
        problems.raise_if_any()
        found = [(when, message) for when, message in pinned if before is None or when < before]
        items = [
            {"pinned_at": iso(when), "message": shown(message, application)}
            for when, message in found[:limit]
        ]
        return reply(request, {"items": items, "has_more": len(found) > limit})

    async def pinned_messages(self, request: web.Request) -> web.Response:
        """GET the pinned messages as they were once listed."""
        application, pinned = self._pinned(request)
        return reply(request, [shown(message, application) for _, message in pinned[:_OLD_LIST]])

    def _pinned(self, request: web.Request) -> tuple[Application, list[tuple[datetime, Message]]]:
        # "Get Channel Pins": none for who does not read the history.
        application, channel = self._access.channel(request)
        granted = self._world.permissions_in(application.user, channel)
        messages = self._world.messages_in(channel) if granted & permissions.READ_MESSAGE_HISTORY else []
        dated = [(message.pinned, message) for message in messages if message.pinned is not None]
        return application, sorted(dated, key=lambda pair: pair[0], reverse=True)

    async def pin(self, request: web.Request) -> web.Response:
        """PUT a pin."""
        application, message = self._access.open_message(request)
        self._check_may_pin(application.user, message)
        self._reactions.pin(message, application.user)
        return nothing(request)

    async def unpin(self, request: web.Request) -> web.Response:
        """DELETE a pin."""
        application, message = self._access.open_message(request)
        self._check_may_pin(application.user, message)
        self._reactions.unpin(message)
        return nothing(request)

    def _check_may_pin(self, user: User, message: Message) -> None:
        granted = self._world.permissions_in(user, message.channel)
        if not message.channel.is_direct and not granted & permissions.PIN_MESSAGES:
            raise errors.missing_permissions()

    async def voters(self, request: web.Request) -> web.Response:
        """GET who voted for an answer."""
        _, message = self._access.message(request)
        answer = number(request, "answer_id")
        if message.poll is None or not 1 <= answer <= len(message.poll.answers):
            raise message_errors.unknown_answer()
        return reply(request, {"users": _users(request, message.poll.voters(answer))})

    async def end_poll(self, request: web.Request) -> web.Response:
        """POST that the bot's own poll ends now."""
        application, message = self._access.message(request)
        if message.poll is None:
            raise message_errors.expiry_without_poll()
        if message.author is not application.user:
            raise message_errors.cannot_edit_others()
        if message.poll.finalized:
            raise message_errors.poll_expired()
        self._messages.end_poll(message)
        return reply(request, message.to_json(application.user))


def _users(request: web.Request, users: list[User]) -> list[object]:
    ordered = sorted(users, key=lambda user: user.id)
    return [user.to_json() for user in page(request, ordered, lambda user: user.id, default=25, most=100)]
