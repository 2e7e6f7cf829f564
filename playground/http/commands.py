"""Application commands, global and per guild."""

from aiohttp import web

from playground.http.bodies import read_json
from playground.http.requests import nothing, number, own_application, reply, switched_on
from playground.services.command_store import CommandStore
from playground.validation import errors
from playground.validation.locales import localized
from playground.world.model import Application, Guild, Json
from playground.world.state import World

_GLOBAL = "/applications/{application_id}/commands"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


class CommandsApi:
    """Endpoints that register commands."""

    def __init__(self, world: World, commands: CommandStore) -> None:
        self._world = world
        self._commands = commands

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family, the same for both scopes."""
        routes = [
            web.get(_GUILD + "/permissions", self.list_permissions),
            web.get(_GUILD + "/{command_id}/permissions", self.get_permissions),
        ]
        for base in (_GLOBAL, _GUILD):
            routes += [
                web.get(base, self.list),
                web.put(base, self.replace),
                web.post(base, self.create),
                web.get(base + "/{command_id}", self.get),
                web.patch(base + "/{command_id}", self.edit),
                web.delete(base + "/{command_id}", self.delete),
            ]
        return routes

    async def list(self, request: web.Request) -> web.Response:
        """GET: every command of the scope; localizations only if asked for."""
        application, guild = self._scope(request)
        commands = self._commands.all(application, guild)
        if switched_on(request, "with_localizations"):
            return reply(request, commands)
        locale = request.headers.get("X-Discord-Locale", "en-US")
        return reply(request, [_in_one_language(command, locale) for command in commands])

    async def replace(self, request: web.Request) -> web.Response:
        """PUT: overwrite the scope."""
        application, guild = self._scope(request)
        return reply(request, self._commands.replace(application, guild, await read_json(request)))

    async def create(self, request: web.Request) -> web.Response:
        """POST: 201 for a new command, 200 for one that was overwritten."""
        application, guild = self._scope(request)
        command, new = self._commands.put(application, guild, await read_json(request))
        return reply(request, command, 201 if new else 200)

    async def get(self, request: web.Request) -> web.Response:
        """GET one command."""
        application, guild = self._scope(request)
        return reply(request, self._commands.get(application, guild, number(request, "command_id")))

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH one command."""
        application, guild = self._scope(request)
        body = await read_json(request)
        return reply(request, self._commands.patch(application, guild, number(request, "command_id"), body))

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE one command."""
        application, guild = self._scope(request)
        self._commands.delete(application, guild, number(request, "command_id"))
        return nothing(request)

    async def list_permissions(self, request: web.Request) -> web.Response:
        """GET: what the server's admins set for every command that has settings."""
        application, guild = self._scope(request)
        assert guild is not None
        found = [
            _permissions(application, guild, command_id)
            for guild_id, command_id in application.command_overrides
            if guild_id == guild.id
        ]
        return reply(request, found)

    async def get_permissions(self, request: web.Request) -> web.Response:
        """GET: what the server's admins set for one command."""
        application, guild = self._scope(request)
        assert guild is not None
        command_id = number(request, "command_id")
        if (guild.id, command_id) not in application.command_overrides:
            raise errors.ApiError(404, 10066, "Unknown application command permissions")
        return reply(request, _permissions(application, guild, command_id))

    def _scope(self, request: web.Request) -> tuple[Application, Guild | None]:
        application = own_application(self._world, request)
        if "guild_id" not in request.match_info:
            return application, None
        guild = application.guilds.get(number(request, "guild_id"))
        if guild is None:
            raise errors.missing_access()
        return application, guild


def _permissions(application: Application, guild: Guild, command_id: int) -> Json:
    roles = {role.id for role in guild.roles}
    rules = application.command_overrides[guild.id, command_id]
    return {
        "id": str(command_id),
        "application_id": str(application.id),
        "guild_id": str(guild.id),
        "permissions": [
            {"id": str(target), "type": 1 if target in roles else 2, "permission": allowed}
            for target, allowed in rules.items()
        ],
    }


def _in_one_language(part: Json, locale: str) -> Json:
    """Return a command as a list has it: texts in one language beside those that were registered."""
    shown = {key: value for key, value in part.items() if not key.endswith("_localizations")}
    for key in ("name", "description"):
        if part.get(f"{key}_localizations"):
            shown[f"{key}_localized"] = localized(part, key, locale)
    for key in ("options", "choices"):
        if key in shown:
            shown[key] = [_in_one_language(item, locale) for item in shown[key]]
    return shown
