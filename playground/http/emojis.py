"""Emojis of guilds and applications."""

import re

from aiohttp import web

from playground.http.access import Access
from playground.http.bodies import read_object
from playground.http.requests import nothing, number, own_application, reply
from playground.validation import errors
from playground.validation.images import MAX_EMOJI_CHARACTERS, read_image
from playground.validation.maxima import ANIMATED_EMOJIS, APPLICATION_EMOJIS, EMOJIS
from playground.validation.problems import Problems, text, whole_numbers
from playground.world import permissions
from playground.world.changes import Change
from playground.world.emojis import CustomEmoji
from playground.world.model import Guild, Json, User
from playground.world.state import World

_OF_GUILD = "/guilds/{guild_id}/emojis"
_OF_APPLICATION = "/applications/{application_id}/emojis"

_NAME = re.compile(r"\w{2,32}", re.ASCII)


class EmojisApi:
    """Endpoints of custom emojis; their pictures are not kept."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family, the same for both owners."""
        return [
            route
            for base in (_OF_GUILD, _OF_APPLICATION)
            for route in (
                web.get(base, self.list),
                web.post(base, self.create),
                web.get(base + "/{emoji_id}", self.get),
                web.patch(base + "/{emoji_id}", self.edit),
                web.delete(base + "/{emoji_id}", self.delete),
            )
        ]

    async def list(self, request: web.Request) -> web.Response:
        """GET all of them."""
        emojis, guild, _ = self._owner(request)
        shown = [emoji.to_json() for emoji in emojis.values()]
        return reply(request, shown if guild is not None else {"items": shown})

    async def get(self, request: web.Request) -> web.Response:
        """GET one."""
        return reply(request, self._found(request).to_json())

    async def create(self, request: web.Request) -> web.Response:
        """POST one with its picture."""
        emojis, guild, user = self._owner(request, permissions.CREATE_EXPRESSIONS)
        body, problems = await read_object(request), Problems()
        name = _read_name(problems, body)
        animated = read_image(problems, body, "image", MAX_EMOJI_CHARACTERS, required=True) == "gif"
        whole_numbers(problems, body, "roles", 250)
        problems.raise_if_any()
        emoji = CustomEmoji(self._world.ids.next(), name, user, animated=animated)
        alike = [other for other in emojis.values() if other.animated == animated]
        if guild is None:
            APPLICATION_EMOJIS.check(len(emojis) + 1)
        else:
            (ANIMATED_EMOJIS if animated else EMOJIS).check(len(alike) + 1)
        emojis[emoji.id] = emoji
        self._changed(guild)
        return reply(request, emoji.to_json(), 201)

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH its name."""
        _, guild, _ = self._owner(request, permissions.MANAGE_EXPRESSIONS)
        emoji, problems = self._found(request), Problems()
        body = await read_object(request)
        name = _read_name(problems, body) if "name" in body else emoji.name
        whole_numbers(problems, body, "roles", 250)
        problems.raise_if_any()
        if name != emoji.name:
            emoji.name = name
            self._changed(guild)
        return reply(request, emoji.to_json())

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE one."""
        emojis, guild, _ = self._owner(request, permissions.MANAGE_EXPRESSIONS)
        del emojis[self._found(request).id]
        self._changed(guild)
        return nothing(request)

    def _owner(
        self, request: web.Request, needed: int = 0
    ) -> tuple[dict[int, CustomEmoji], Guild | None, User]:
        if "guild_id" in request.match_info:
            application, guild = self._access.guild(request, needed)
            return guild.emojis, guild, application.user
        application = own_application(self._world, request)
        return self._world.application_emojis[application.id], None, application.user

    def _found(self, request: web.Request) -> CustomEmoji:
        emojis, _, _ = self._owner(request)
        emoji = emojis.get(number(request, "emoji_id"))
        if emoji is None:
            raise errors.unknown_emoji()
        return emoji

    def _changed(self, guild: Guild | None) -> None:
        if guild is not None:
            emojis = [emoji.to_json() for emoji in guild.emojis.values()]
            data = {"guild_id": str(guild.id), "emojis": emojis}
            self._world.announce(Change("GUILD_EMOJIS_UPDATE", data, guild))


def _read_name(problems: Problems, body: Json) -> str:
    name = text(problems, body, "name", 32, low=2, required=True)
    if name is not None and not _NAME.fullmatch(name):
        problems.at("name").add("STRING_TYPE_REGEX", "String value did not match validation regex.")
    return name or ""
