"""Webhooks of channels, and the messages that are posted by them."""

import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from playground.http.access import Access
from playground.http.bodies import read_message, read_object
from playground.http.interactions import InteractionsApi
from playground.http.requests import caller, nothing, number, reply, switched_on
from playground.services.messages import Messages
from playground.services.threads import Threads
from playground.validation import errors, message_errors
from playground.validation.images import read_image
from playground.validation.maxima import WEBHOOKS
from playground.validation.mentions import USERS_ONLY
from playground.validation.problems import Problems, text, whole_number
from playground.validation.threads import ThreadFields, read_new_thread
from playground.world import permissions
from playground.world.changes import Change
from playground.world.channels import WITH_POSTS, WITH_WEBHOOKS
from playground.world.message import Message
from playground.world.model import Channel, Json, User
from playground.world.state import World
from playground.world.webhooks import Webhook

Handler = Callable[[web.Request], Awaitable[web.Response]]

_OF_CHANNEL = "/channels/{channel_id}/webhooks"
_ONE = "/webhooks/{webhook_id}"
# Interactions have the same addresses with the application's id; both bear the names of interactions.
_SHARED = "/webhooks/{application_id}/{token}"
_MESSAGE = _SHARED + "/messages/{message_id}"
_ORIGINAL = _SHARED + "/messages/@original"

MAX_NAME = 80


class WebhooksApi:
    """Endpoints of webhooks. Those with a token need no other authority."""

    def __init__(
        self,
        world: World,
        access: Access,
        *,
        messages: Messages,
        threads: Threads,
        interactions: InteractionsApi,
        api_base: Callable[[], str],
    ) -> None:
        self._world = world
        self._access = access
        self._messages = messages
        self._threads = threads
        self._interactions = interactions
        self._api_base = api_base

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family, those that it shares with interactions among them."""
        shared = self._interactions
        return [
            web.get(_OF_CHANNEL, self.of_channel),
            web.post(_OF_CHANNEL, self.create),
            web.get("/guilds/{guild_id}/webhooks", self.of_guild),
            web.get(_ONE, self.get),
            web.patch(_ONE, self.edit),
            web.delete(_ONE, self.delete),
            web.get(_SHARED, self.get_by_token),
            web.delete(_SHARED, self.delete_by_token),
            web.post(_SHARED, self._either(shared.follow_up, self.execute)),
            web.get(_ORIGINAL, shared.get),
            web.patch(_ORIGINAL, shared.edit),
            web.delete(_ORIGINAL, shared.delete),
            web.get(_MESSAGE, self._either(shared.get, self.get_message)),
            web.patch(_MESSAGE, self._either(shared.edit, self.edit_message)),
            web.delete(_MESSAGE, self._either(shared.delete, self.delete_message)),
        ]

    def _either(self, of_interaction: Handler, of_webhook: Handler) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            is_webhook = number(request, "application_id") in self._world.webhooks
            return await (of_webhook if is_webhook else of_interaction)(request)

        return handle

    async def of_channel(self, request: web.Request) -> web.Response:
        """GET the webhooks of a channel."""
        _, channel, _ = self._access.guild_channel(request, permissions.MANAGE_WEBHOOKS)
        return reply(request, [self._json(webhook) for webhook in self._in(channel)])

    async def of_guild(self, request: web.Request) -> web.Response:
        """GET the webhooks of a guild."""
        _, guild = self._access.guild(request, permissions.MANAGE_WEBHOOKS)
        return reply(request, [self._json(hook) for channel in guild.channels for hook in self._in(channel)])

    async def create(self, request: web.Request) -> web.Response:
        """POST a webhook."""
        application, channel, _ = self._access.guild_channel(request, permissions.MANAGE_WEBHOOKS)
        if channel.type not in WITH_WEBHOOKS:
            raise errors.wrong_channel_type()
        body, problems = await read_object(request), Problems()
        name = _read_name(problems, text(problems, body, "name", MAX_NAME, low=1, required=True))
        read_image(problems, body, "avatar")
        problems.raise_if_any()
        WEBHOOKS.check(len(self._in(channel)) + 1)
        webhook_id = self._world.ids.next()
        user = User(webhook_id, name, bot=True)
        webhook = Webhook(webhook_id, secrets.token_urlsafe(51), channel, user, application.user, application)
        self._world.webhooks[webhook_id] = webhook
        self._changed(channel)
        return reply(request, self._json(webhook))

    async def get(self, request: web.Request) -> web.Response:
        """GET a webhook."""
        return reply(request, self._json(self._managed(request)))

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH a webhook's name or channel."""
        webhook, problems = self._managed(request), Problems()
        body = await read_object(request)
        name = text(problems, body, "name", MAX_NAME, low=1)
        read_image(problems, body, "avatar")
        channel_id = whole_number(problems, body, "channel_id")
        channel = webhook.channel if channel_id is None else self._world.channels.get(channel_id)
        if channel is None or channel.guild is not webhook.channel.guild:
            raise errors.unknown_channel()
        problems.raise_if_any()
        webhook.channel = channel
        if name is not None:
            webhook.user = User(webhook.id, _read_name(problems, name), bot=True)
            problems.raise_if_any()
        self._changed(channel)
        return reply(request, self._json(webhook))

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE a webhook."""
        self._remove(self._managed(request))
        return nothing(request)

    async def get_by_token(self, request: web.Request) -> web.Response:
        """GET a webhook by its token."""
        webhook = self._known(request)
        return reply(request, webhook.to_json(self._api_base(), with_creator=False))

    async def delete_by_token(self, request: web.Request) -> web.Response:
        """DELETE a webhook by its token."""
        self._remove(self._known(request))
        return nothing(request)

    async def execute(self, request: web.Request) -> web.Response:
        """POST a message; it comes back only where the request waits for it."""
        webhook = self._known(request)
        body, uploads = await read_message(request)
        problems = Problems()
        name = _read_name(
            problems, text(problems, body, "username", MAX_NAME, low=1) or webhook.user.username
        )
        text(problems, body, "avatar_url", 2048)
        channel = self._place(problems, request, webhook)
        post = self._new_post(problems, body, channel)
        draft = self._messages.draft(problems, body, uploads, channel, mentions=USERS_ONLY)
        if post is not None:
            channel = self._threads.open(channel, webhook.user, post)
        elif channel.thread is not None:
            self._threads.reopen(channel)
        message = self._messages.create(
            channel,
            User(webhook.id, name, bot=True),
            draft,
            application=webhook.application,
            webhook_id=webhook.id,
            message_id=None if post is None else channel.id,
        )
        return reply(request, message.to_json()) if switched_on(request, "wait") else nothing(request)

    async def get_message(self, request: web.Request) -> web.Response:
        """GET a message of the webhook."""
        return reply(request, self._message(request).to_json())

    async def edit_message(self, request: web.Request) -> web.Response:
        """PATCH a message of the webhook."""
        message = self._message(request)
        body, uploads = await read_message(request)
        draft = self._messages.draft(
            Problems(), body, uploads, message.channel, editing=message, mentions=USERS_ONLY
        )
        self._messages.edit(message, draft)
        return reply(request, message.to_json())

    async def delete_message(self, request: web.Request) -> web.Response:
        """DELETE a message of the webhook."""
        self._messages.delete(self._message(request))
        return nothing(request)

    def _place(self, problems: Problems, request: web.Request, webhook: Webhook) -> Channel:
        thread_id = whole_number(problems, request.query, "thread_id")
        problems.raise_if_any()
        if thread_id is None:
            return webhook.channel
        thread = self._world.channels.get(thread_id)
        if thread is None or thread.parent is not webhook.channel:
            raise errors.unknown_channel()
        return thread

    def _new_post(self, problems: Problems, body: Json, channel: Channel) -> ThreadFields | None:
        # "Execute Webhook": a forum takes a post that is there by thread_id, a new one by thread_name.
        named = body.get("thread_name") is not None
        forum = channel if channel.thread is None else channel.parent
        if forum is None or forum.type not in WITH_POSTS:
            if named:
                raise message_errors.post_outside_a_forum()
            return None
        if named and channel.thread is not None:
            raise message_errors.post_named_twice()
        if channel.thread is not None:
            return None
        if not named:
            raise message_errors.post_without_name()
        fields = read_new_thread(problems, {**body, "name": body["thread_name"]}, channel)
        problems.raise_if_any()
        return fields

    def _message(self, request: web.Request) -> Message:
        webhook, problems = self._known(request), Problems()
        channel = self._place(problems, request, webhook)
        message = self._messages.find(channel, number(request, "message_id"))
        if message.webhook_id != webhook.id:
            raise errors.unknown_message()
        return message

    def _known(self, request: web.Request) -> Webhook:
        webhook = self._world.webhooks.get(number(request, "application_id"))
        if webhook is None or webhook.channel.id not in self._world.channels:
            raise errors.unknown_webhook()
        if not secrets.compare_digest(
            webhook.token.encode(), request.match_info["token"].encode(errors="replace")
        ):
            raise errors.expired_token()
        return webhook

    def _managed(self, request: web.Request) -> Webhook:
        application = caller(self._world, request)
        webhook = self._world.webhooks.get(number(request, "webhook_id"))
        if webhook is None:
            raise errors.unknown_webhook()
        if permissions.MANAGE_WEBHOOKS & ~self._world.permissions_in(application.user, webhook.channel):
            raise errors.missing_permissions()
        return webhook

    def _remove(self, webhook: Webhook) -> None:
        del self._world.webhooks[webhook.id]
        self._changed(webhook.channel)

    def _in(self, channel: Channel) -> list[Webhook]:
        return [webhook for webhook in self._world.webhooks.values() if webhook.channel is channel]

    def _json(self, webhook: Webhook) -> dict[str, object]:
        return webhook.to_json(self._api_base())

    def _changed(self, channel: Channel) -> None:
        assert channel.guild is not None
        data = {"guild_id": str(channel.guild.id), "channel_id": str(channel.id)}
        self._world.announce(Change("WEBHOOKS_UPDATE", data, channel.guild, channel))


def _read_name(problems: Problems, name: str | None) -> str:
    # "Create Webhook": names that could be taken for Discord's own are refused.
    if name is not None and any(word in name.lower() for word in ("clyde", "discord")):
        problems.at("name").add("USERNAME_INVALID_CONTAINS", 'Username cannot contain "clyde" or "discord"')
    return name or ""
