"""Roles of guilds."""

from collections import Counter
from typing import Any

from aiohttp import web

from playground.http.access import Access, check_above, check_grantable
from playground.http.bodies import read_json, read_object
from playground.http.requests import nothing, reply
from playground.validation import errors
from playground.validation.images import read_image
from playground.validation.maxima import ROLES
from playground.validation.problems import Problems, array, boolean, integer, mapping, text, whole_number
from playground.world import permissions
from playground.world.model import Json
from playground.world.state import World

_ROLES = "/guilds/{guild_id}/roles"
_ONE = _ROLES + "/{role_id}"


class RolesApi:
    """Endpoints of roles."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
        return [
            web.get(_ROLES, self.list),
            web.post(_ROLES, self.create),
            web.patch(_ROLES, self.reorder),
            web.get(_ROLES + "/member-counts", self.counts),
            web.get(_ONE, self.get),
            web.patch(_ONE, self.edit),
            web.delete(_ONE, self.delete),
        ]

    async def list(self, request: web.Request) -> web.Response:
        """GET the roles of a guild."""
        _, guild = self._access.guild(request)
        return reply(request, [role.to_json() for role in guild.roles])

    async def counts(self, request: web.Request) -> web.Response:
        """GET how many members have each role."""
        _, guild = self._access.guild(request)
        held = Counter(role.id for member in guild.members.values() for role in member.roles)
        return reply(request, {str(role.id): held[role.id] for role in guild.roles[1:]})

    async def get(self, request: web.Request) -> web.Response:
        """GET a role."""
        _, guild = self._access.guild(request)
        return reply(request, self._access.role(request, guild).to_json())

    async def create(self, request: web.Request) -> web.Response:
        """POST a role."""
        application, guild = self._access.guild(request, permissions.MANAGE_ROLES)
        problems = Problems()
        fields = _read_role(problems, await read_object(request))
        problems.raise_if_any()
        ROLES.check(len(guild.roles) + 1)
        check_grantable(guild.members[application.user.id].permissions, fields.get("permissions", 0))
        fields = {"name": "new role", "permissions": guild.everyone.permissions, **fields}
        return reply(request, self._world.guild_changes.add_role(guild, **fields).to_json())

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH a role."""
        application, guild = self._access.guild(request, permissions.MANAGE_ROLES)
        role, problems = self._access.role(request, guild), Problems()
        fields = _read_role(problems, await read_object(request))
        problems.raise_if_any()
        check_above(application, guild, role)
        added = fields.get("permissions", 0) & ~role.permissions
        check_grantable(guild.members[application.user.id].permissions, added)
        self._world.guild_changes.change_role(guild, role, **fields)
        return reply(request, role.to_json())

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE a role."""
        application, guild = self._access.guild(request, permissions.MANAGE_ROLES)
        role = self._access.role(request, guild)
        check_above(application, guild, role)
        if role is guild.everyone or role.bot_id is not None:
            raise errors.invalid_role()
        self._world.guild_changes.remove_role(guild, role)
        return nothing(request)

    async def reorder(self, request: web.Request) -> web.Response:
        """PATCH the positions of roles."""
        application, guild = self._access.guild(request, permissions.MANAGE_ROLES)
        problems = Problems()
        places: dict[int, int] = {}
        for place, item in enumerate(array(problems, {"roles": await read_json(request)}, "roles", 250)):
            here = problems.at(place)
            entry = mapping(here, item) or {}
            role_id = whole_number(here, entry, "id", required=True)
            position = integer(here, entry, "position", 0, 250)
            if role_id is not None and position is not None:
                places[role_id] = position
        problems.raise_if_any()
        if not set(places) <= {role.id for role in guild.roles}:
            raise errors.unknown_role()
        moved = [role for role in guild.roles if places.get(role.id, role.position) != role.position]
        for role in moved:
            check_above(application, guild, role)
        for role in moved:
            self._world.guild_changes.change_role(guild, role, position=places[role.id])
        return reply(request, [role.to_json() for role in guild.roles])


def _read_role(problems: Problems, body: Json) -> dict[str, Any]:
    """Check a role and return the fields that the body sets."""
    fields: dict[str, Any] = {
        "name": text(problems, body, "name", 100, low=1),
        "permissions": whole_number(problems, body, "permissions"),
        "color": integer(problems, body, "color", 0, 0xFFFFFF),
    }
    if body.get("colors") is not None:
        colors = mapping(problems.at("colors"), body["colors"]) or {}
        for key in ("primary_color", "secondary_color", "tertiary_color"):
            value = integer(problems.at("colors"), colors, key, 0, 0xFFFFFF)
            if key == "primary_color" and value is not None:
                fields["color"] = value
    read_image(problems, body, "icon")
    text(problems, body, "unicode_emoji", 100)
    for key in ("hoist", "mentionable"):
        fields[key] = boolean(problems, body, key) if body.get(key) is not None else None
    return {key: value for key, value in fields.items() if value is not None}
