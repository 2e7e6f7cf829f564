"""Guilds and their channels."""

from aiohttp import web

from playground.http.access import Access, check_grantable
from playground.http.bodies import read_json, read_object
from playground.http.paging import page
from playground.http.requests import caller, nothing, number, reply, switched_on
from playground.services.threads import member_json, of
from playground.validation import errors, message_errors
from playground.validation.channels import read_channel
from playground.validation.guilds import read_guild
from playground.validation.maxima import CHANNELS
from playground.validation.problems import Problems, array, integer, mapping, whole_number
from playground.validation.threads import read_thread_state
from playground.world import permissions
from playground.world.channels import THREADS
from playground.world.model import Json
from playground.world.state import World

_GUILD = "/guilds/{guild_id}"


class GuildsApi:
    """Endpoints of guilds: looking them up, changing them, and the channels in them."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
        return [
            web.get("/users/@me/guilds", self.mine),
            web.delete("/users/@me/guilds/{guild_id}", self.leave),
            web.get(_GUILD, self.get),
            web.patch(_GUILD, self.edit),
            web.get(_GUILD + "/preview", self.preview),
            web.get(_GUILD + "/channels", self.channels),
            web.post(_GUILD + "/channels", self.create_channel),
            web.patch(_GUILD + "/channels", self.reorder_channels),
            web.get(_GUILD + "/threads/active", self.active_threads),
        ]

    async def mine(self, request: web.Request) -> web.Response:
        """GET the guilds of the bot."""
        application = caller(self._world, request)
        guilds = sorted(application.guilds.values(), key=lambda guild: guild.id)
        with_counts = switched_on(request, "with_counts")
        found = []
        for guild in page(request, guilds, lambda guild: guild.id, default=200, most=200):
            body: Json = {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "banner": None,
                "owner": False,
                "permissions": str(guild.members[application.user.id].permissions),
                "features": [],
            }
            found.append(body | guild.counts() if with_counts else body)
        return reply(request, found)

    async def leave(self, request: web.Request) -> web.Response:
        """DELETE the bot's own membership."""
        application, guild = self._access.guild(request)
        self._world.uninstall(application, guild)
        return nothing(request)

    async def get(self, request: web.Request) -> web.Response:
        """GET one guild."""
        _, guild = self._access.guild(request)
        return reply(request, guild.to_json(with_counts=switched_on(request, "with_counts")))

    async def preview(self, request: web.Request) -> web.Response:
        """GET what somebody sees who is not in it."""
        _, guild = self._access.guild(request)
        full = guild.to_json(with_counts=True)
        shown = (
            "id",
            "name",
            "icon",
            "description",
            "home_header",
            "splash",
            "discovery_splash",
            "features",
            "approximate_member_count",
            "approximate_presence_count",
            "emojis",
            "stickers",
        )
        return reply(request, {key: full[key] for key in shown})

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH a guild: its name and settings; pictures are not kept."""
        _, guild = self._access.guild(request, permissions.MANAGE_GUILD)
        body, problems = await read_object(request), Problems()
        fields = read_guild(problems, body, guild)
        problems.raise_if_any()
        self._world.guild_changes.change_guild(guild, **fields)
        return reply(request, guild.to_json())

    async def channels(self, request: web.Request) -> web.Response:
        """GET the channels of a guild, without its threads."""
        _, guild = self._access.guild(request)
        return reply(request, [channel.to_json() for channel in guild.channels])

    async def create_channel(self, request: web.Request) -> web.Response:
        """POST a channel."""
        application, guild = self._access.guild(request, permissions.MANAGE_CHANNELS)
        problems = Problems()
        fields = read_channel(problems, await read_object(request), guild, new=True)
        problems.raise_if_any()
        CHANNELS.check(len(guild.channels) + 1)
        for allow, deny in fields.get("overwrites", {}).values():
            check_grantable(guild.members[application.user.id].permissions, allow | deny)
        self._world.number_tags(fields.get("tags", []))
        name = fields.pop("name")
        channel = self._world.guild_changes.add_channel(guild, name, kind=fields.pop("type"), **fields)
        return reply(request, channel.to_json(), 201)

    async def reorder_channels(self, request: web.Request) -> web.Response:
        """PATCH the positions of channels."""
        _, guild = self._access.guild(request, permissions.MANAGE_CHANNELS)
        problems = Problems()
        places: dict[int, int] = {}
        entries = array(problems, {"channels": await read_json(request)}, "channels", 500)
        for number_, item in enumerate(entries):
            here = problems.at(number_)
            entry = mapping(here, item) or {}
            channel_id = whole_number(here, entry, "id", required=True)
            position = integer(here, entry, "position", 0, 2**31 - 1)
            if channel_id is not None and position is not None:
                places[channel_id] = position
        problems.raise_if_any()
        before = {channel.id: n for n, channel in enumerate(guild.channels)}
        guild.channels.sort(key=lambda channel: places.get(channel.id, before[channel.id]))
        for channel in guild.channels:
            if channel.id in places:
                self._world.guild_changes.touch_channel(channel)
        return nothing(request)

    async def active_threads(self, request: web.Request) -> web.Response:
        """GET every thread of a guild that is not archived."""
        application, guild = self._access.guild(request)
        found = [
            thread
            for thread in guild.threads
            if thread.thread is not None
            and not thread.thread.archived
            and self._world.permissions_in(application.user, thread) & permissions.VIEW_CHANNEL
        ]
        found.sort(key=lambda thread: -thread.id)
        threads = [thread.to_json() for thread in found]
        user_id = application.user.id
        mine = [member_json(thread, user_id) for thread in found if user_id in of(thread).members]
        return reply(request, {"threads": threads, "members": mine, "has_more": False})


class ChannelsApi:
    """Endpoints of one channel or thread."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
        one = "/channels/{channel_id}"
        return [
            web.get(one, self.get),
            web.patch(one, self.edit),
            web.delete(one, self.delete),
            web.put(one + "/permissions/{overwrite_id}", self.set_overwrite),
            web.delete(one + "/permissions/{overwrite_id}", self.delete_overwrite),
        ]

    async def get(self, request: web.Request) -> web.Response:
        """GET a channel."""
        application, channel = self._access.channel(request)
        return reply(request, channel.to_json(application.user))

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH a channel or thread."""
        application, channel, guild = self._access.guild_channel(request)
        thread = channel.thread
        owns = thread is not None and thread.owner_id == application.user.id
        needed = permissions.MANAGE_CHANNELS if thread is None else permissions.MANAGE_THREADS
        if not owns and needed & ~self._world.permissions_in(application.user, channel):
            raise errors.missing_permissions()
        problems = Problems()
        body = await read_object(request)
        fields = read_channel(problems, body, guild, new=False, channel=channel)
        state = {} if thread is None else read_thread_state(problems, body, channel.parent)
        problems.raise_if_any()
        if thread is not None and thread.archived and state.get("archived", True):
            raise message_errors.thread_archived()
        for allow, deny in fields.get("overwrites", {}).values():
            check_grantable(self._world.permissions_in(application.user, channel), allow | deny)
        self._world.number_tags(fields.get("tags", []))
        if thread is not None and state:
            self._world.guild_changes.change_thread(channel, thread, **state)
        self._world.guild_changes.change_channel(channel, **fields)
        return reply(request, channel.to_json())

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE a channel or thread; direct messages are only closed."""
        application, channel = self._access.channel(request)
        if channel.guild is not None:
            thread = channel.type in THREADS
            needed = permissions.MANAGE_THREADS if thread else permissions.MANAGE_CHANNELS
            if needed & ~self._world.permissions_in(application.user, channel):
                raise errors.missing_permissions()
            self._world.guild_changes.remove_channel(channel)
        return reply(request, channel.to_json(application.user))

    async def set_overwrite(self, request: web.Request) -> web.Response:
        """PUT what a role or member may (not) do in a channel."""
        application, channel, _ = self._access.guild_channel(request, permissions.MANAGE_ROLES)
        if channel.thread is not None:
            raise errors.wrong_channel_type()
        body, problems = await read_object(request), Problems()
        bits = [whole_number(problems, body, key) or 0 for key in ("allow", "deny")]
        integer(problems, body, "type", 0, 1, required=True)
        problems.raise_if_any()
        # "Edit Channel Permissions": a bot allows and denies only what it may do itself.
        check_grantable(self._world.permissions_in(application.user, channel), bits[0] | bits[1])
        target = number(request, "overwrite_id")
        overwrites = {**channel.overwrites, target: (bits[0], bits[1])}
        self._world.guild_changes.change_channel(channel, overwrites=overwrites)
        return nothing(request)

    async def delete_overwrite(self, request: web.Request) -> web.Response:
        """DELETE that again."""
        _, channel, _ = self._access.guild_channel(request, permissions.MANAGE_ROLES)
        target = number(request, "overwrite_id")
        if target not in channel.overwrites:
            raise errors.unknown_overwrite()
        left = {key: pair for key, pair in channel.overwrites.items() if key != target}
        self._world.guild_changes.change_channel(channel, overwrites=left)
        return nothing(request)
