"""Which commands Discord offers to a person in a channel, and why not the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playground.person.options import shown_name
from playground.services.command_store import CommandStore
from playground.validation.commands import CHAT_INPUT, SUB_COMMAND, SUB_COMMAND_GROUP
from playground.world import permissions
from playground.world.model import Application, Channel, Json, Member, User
from playground.world.state import World

GUILD_INSTALL, USER_INSTALL = 0, 1
IN_GUILD, IN_BOT_DM, IN_PRIVATE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A command (or one of its subcommands) in front of a person.

    `path` are the names from the command down, `leaf` the part that holds the options.
    """

    application: Application
    command: Json
    path: tuple[str, ...]
    leaf: Json
    user: User
    channel: Channel

    @property
    def obstacle(self) -> str | None:
        """Why Discord hides it from this person here; None means it is offered."""
        return _obstacle(self.application, self.command, self.user, self.channel)

    @property
    def name(self) -> str:
        """The full name without the slash, e.g. "admin refresh"."""
        return " ".join(self.path)

    @property
    def options(self) -> list[Json]:
        """The options that take values."""
        return list(self.leaf.get("options", []))

    def shown_as(self, locale: str) -> str:
        """Return the full name in a person's language."""
        names, part = [shown_name(self.command, locale)], self.command
        for name in self.path[1:]:
            part = next(option for option in part["options"] if option["name"] == name)
            names.append(shown_name(part, locale))
        return " ".join(names)


def offers(
    world: World,
    commands: CommandStore,
    user: User,
    channel: Channel,
    *,
    among: Callable[[Json], bool] = lambda _command: True,
    kind: int = CHAT_INPUT,
) -> list[Offer]:
    """Return every command of a kind that a bot registered for this place, whether or not something hides it.

    Subcommands of commands that are not `among` those in question are not looked at.
    """
    return [
        Offer(application, command, path, leaf, user, channel)
        for application, command in _registered(world, commands, channel, user)
        if command["type"] == kind and among(command)
        for path, leaf in _leaves(command)
    ]


def _leaves(command: Json) -> Iterable[tuple[tuple[str, ...], Json]]:
    groups = [
        option for option in command.get("options", []) if option["type"] in (SUB_COMMAND, SUB_COMMAND_GROUP)
    ]
    if not groups:
        yield (command["name"],), command
        return
    for option in groups:
        if option["type"] == SUB_COMMAND:
            yield (command["name"], option["name"]), option
        else:
            for inner in option["options"]:
                yield (command["name"], option["name"], inner["name"]), inner


def _registered(
    world: World, commands: CommandStore, channel: Channel, user: User
) -> Iterable[tuple[Application, Json]]:
    for application in world.applications.values():
        guild = channel.guild
        here = guild is not None and guild.id in application.guilds
        direct = guild is None and application.user in channel.recipients
        personal = user.id in application.user_installs
        if not (here or direct or personal):
            continue
        for command in commands.all(application):
            types = command["integration_types"]
            if ((here or direct) and GUILD_INSTALL in types) or (personal and USER_INSTALL in types):
                yield application, command
        if guild is not None and here:
            for command in commands.all(application, guild):
                yield application, command


def _obstacle(application: Application, command: Json, user: User, channel: Channel) -> str | None:
    contexts = command.get("contexts")
    if channel.guild is None:
        context = IN_BOT_DM if application.user in channel.recipients else IN_PRIVATE
        # Where a command names no contexts, these are servers and direct messages with its bot.
        if context not in (contexts if contexts is not None else (IN_GUILD, IN_BOT_DM)):
            return "it is not offered in direct messages"
        return None
    if contexts is not None and IN_GUILD not in contexts and "guild_id" not in command:
        return "it is not offered in servers"
    return _member_obstacle(application, command, channel.guild.members[user.id], channel)


def _member_obstacle(application: Application, command: Json, member: Member, channel: Channel) -> str | None:
    granted = member.permissions_in(channel)
    if granted & permissions.ADMINISTRATOR:
        return None
    if command["nsfw"] and not channel.nsfw:
        return "it is offered in age-restricted channels only"
    if not granted & permissions.USE_APPLICATION_COMMANDS:
        return "this person may not use application commands here"
    return _permission_obstacle(application, command, member, granted)


def _permission_obstacle(application: Application, command: Json, member: Member, granted: int) -> str | None:
    rules = application.command_overrides.get((member.guild.id, int(command["id"])), {})
    ruled = [rules[role.id] for role in [member.guild.everyone, *member.roles] if role.id in rules]
    decided = rules.get(member.id, any(ruled) if ruled else None)
    if decided is not None:
        return None if decided else "the server's admins closed it to this person"
    needed = command["default_member_permissions"]
    if needed is None:
        return None
    bits = int(needed)
    if bits == 0:
        return "only administrators are offered it"
    missing = bits & ~granted
    return f"it needs the permission {permissions.names(missing)}" if missing else None
