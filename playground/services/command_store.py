"""The commands that applications have registered, globally and per guild."""

from collections import deque
from typing import Any

from playground.validation import errors
from playground.validation.commands import (
    CHAT_INPUT,
    MESSAGE_COMMAND,
    USER_COMMAND,
    check_unique,
    read_command,
)
from playground.validation.problems import Problems, mapping
from playground.world.clock import Clock
from playground.world.events import Event, Events
from playground.world.model import Application, Guild, Json
from playground.world.snowflake import SnowflakeFactory
from playground.world.watch import Watch

LIMITS = {CHAT_INPUT: 100, USER_COMMAND: 15, MESSAGE_COMMAND: 15}
CREATIONS_A_DAY = 200
DAY = 86_400.0

Scope = tuple[int, int | None]


class CommandStore:
    """Commands by scope: (application id, guild id or None for global)."""

    def __init__(self, clock: Clock, ids: SnowflakeFactory, events: Events) -> None:
        self._clock = clock
        self._ids = ids
        self._events = events
        self._commands: dict[Scope, dict[int, Json]] = {}
        self._created: dict[Scope, deque[float]] = {}
        self._synced: dict[int, Watch] = {}

    def all(self, application: Application, guild: Guild | None = None) -> list[Json]:
        """Return the commands of one scope, oldest first."""
        return list(self._scope(application, guild).values())

    def get(self, application: Application, guild: Guild | None, command_id: int) -> Json:
        """One command.

        Raises:
            ApiError: 10063 if this scope has no such command.
        """
        found = self._scope(application, guild).get(command_id)
        if found is None:
            raise errors.unknown_command()
        return found

    def replace(self, application: Application, guild: Guild | None, body: Any) -> list[Json]:
        """Overwrite a whole scope; commands that keep name and type keep their id.

        Raises:
            ApiError: for an invalid command, too many of a kind, or over 200 creations a day.
        """
        problems = Problems()
        if not isinstance(body, list):
            problems.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            problems.raise_if_any()
        read = [read_command(problems.at(position), item) for position, item in enumerate(body)]
        check_unique(problems, read)
        problems.raise_if_any()
        _check_counts(read)
        before = {_key(command): command for command in self.all(application, guild)}
        self._count_creations(application, guild, sum(1 for command in read if _key(command) not in before))
        stored = [self._stored(application, guild, command, before.get(_key(command))) for command in read]
        self._commands[_scope_key(application, guild)] = {int(command["id"]): command for command in stored}
        self._changed(application)
        return stored

    def put(self, application: Application, guild: Guild | None, body: Any) -> tuple[Json, bool]:
        """Create one command, or overwrite the one of the same name and type; True if it is new.

        Raises:
            ApiError: as for `replace`.
        """
        problems = Problems()
        command = read_command(problems, body)
        problems.raise_if_any()
        return self._save(application, guild, command)

    def patch(self, application: Application, guild: Guild | None, command_id: int, body: Any) -> Json:
        """Change some fields of a command.

        Raises:
            ApiError: 10063 if there is none; otherwise as for `replace`.
        """
        old = self.get(application, guild, command_id)
        problems = Problems()
        changes = mapping(problems, body)
        if changes is None:
            problems.raise_if_any()
            return old
        merged = {**old, **changes, "type": old["type"]}
        command = read_command(problems, merged)
        others = [other for other in self.all(application, guild) if other is not old]
        problems.raise_if_any()
        if _key(command) in map(_key, others):
            raise errors.command_name_taken()
        stored = self._stored(application, guild, command, old)
        self._scope(application, guild)[command_id] = stored
        self._changed(application)
        return stored

    def delete(self, application: Application, guild: Guild | None, command_id: int) -> None:
        """Remove one command.

        Raises:
            ApiError: 10063 if there is none.
        """
        self.get(application, guild, command_id)
        del self._scope(application, guild)[command_id]
        self._changed(application)

    def synced(self, application: Application) -> Watch:
        """Counts the changes of an application's commands."""
        return self._synced.setdefault(application.id, Watch())

    def _save(self, application: Application, guild: Guild | None, command: Json) -> tuple[Json, bool]:
        before = {_key(other): other for other in self.all(application, guild)}
        old = before.get(_key(command))
        if old is None:
            _check_counts([*before.values(), command])
            self._count_creations(application, guild, 1)
        stored = self._stored(application, guild, command, old)
        self._scope(application, guild)[int(stored["id"])] = stored
        self._changed(application)
        return stored, old is None

    def _stored(self, application: Application, guild: Guild | None, command: Json, old: Json | None) -> Json:
        stored = {
            **command,
            "id": old["id"] if old else str(self._ids.next()),
            "application_id": str(application.id),
        }
        if guild is not None:
            stored["guild_id"] = str(guild.id)
            stored.pop("contexts")
            stored.pop("dm_permission")
        unchanged = old is not None and {**old, "version": ""} == {**stored, "version": ""}
        stored["version"] = old["version"] if old and unchanged else str(self._ids.next())
        return stored

    def _count_creations(self, application: Application, guild: Guild | None, new: int) -> None:
        created = self._created.setdefault(_scope_key(application, guild), deque())
        now = self._clock.now()
        while created and now - created[0] >= DAY:
            created.popleft()
        if new and len(created) + new > CREATIONS_A_DAY:
            raise errors.daily_creations_exceeded(DAY - (now - created[0]) if created else DAY)
        created.extend([now] * new)

    def _scope(self, application: Application, guild: Guild | None) -> dict[int, Json]:
        return self._commands.setdefault(_scope_key(application, guild), {})

    def _changed(self, application: Application) -> None:
        self.synced(application).bump()
        self._events.publish(Event("commands_changed", application=application))


def _scope_key(application: Application, guild: Guild | None) -> Scope:
    return application.id, guild.id if guild else None


def _key(command: Json) -> tuple[int, str]:
    return command["type"], command["name"]


def _check_counts(commands: list[Json]) -> None:
    for kind, limit in LIMITS.items():
        if sum(1 for command in commands if command["type"] == kind) > limit:
            raise errors.too_many_commands({1: "slash", 2: "user", 3: "message"}[kind] + " commands", limit)
