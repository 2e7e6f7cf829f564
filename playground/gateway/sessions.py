"""The gateway: sessions that bots identify, and the events they receive, in order and replayable."""

import asyncio
import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from playground.gateway import intents
from playground.gateway.codes import Op
from playground.gateway.limits import GatewayLimits, SessionStarts
from playground.world import permissions
from playground.world.changes import Change
from playground.world.clock import Clock, Timer
from playground.world.events import Event, EventKind, Events
from playground.world.message import Message, without_content
from playground.world.model import Application, Channel, Guild, Json
from playground.world.snowflake import shard_of
from playground.world.state import World

REPLAY_LIMIT = 1000
# Discord does not say for how long; bots that come back after minutes are told to begin again.
RESUMABLE_SECONDS = 180.0


class Connection(Protocol):
    """What carries payloads to a bot: a websocket, whether or not a session was identified over it.

    A `silent` one stays up, yet nothing is read from it or sent to it any more.
    """

    session: "Session | None"
    silent: bool

    def send(self, payload: Json) -> None:
        """Send a payload after those before it."""
        ...

    async def close(self, code: int) -> None:
        """Close with a code, after what is still to be sent."""
        ...

    def drop(self) -> None:
        """Cut the connection without a close frame."""
        ...


@dataclass(slots=True, eq=False)
class Session:
    """One identified shard of one application; outlives its socket until it is resumed or ended."""

    id: str
    application: Application
    intents: int
    shard: int
    shards: int
    sequence: int = 0
    sent: deque[Json] = field(default_factory=lambda: deque(maxlen=REPLAY_LIMIT))
    socket: Connection | None = None
    ending: Timer | None = None

    def dispatch(self, name: str, data: Json) -> None:
        """Number an event, keep it for a resume, and send it if a socket is there."""
        self.sequence += 1
        payload = {"op": Op.DISPATCH, "t": name, "s": self.sequence, "d": data}
        self.sent.append(payload)
        if self.socket is not None:
            self.socket.send(payload)

    def after(self, sequence: int) -> list[Json] | None:
        """Return the events after a sequence number; None if some are gone, or none was sent with it."""
        if sequence > self.sequence:
            return None
        missed = [payload for payload in self.sent if payload["s"] > sequence]
        return missed if len(missed) == self.sequence - sequence else None

    def owns(self, guild: Guild | None) -> bool:
        """Return whether this shard receives the events of a guild; direct messages go to shard 0."""
        return self.shard == (0 if guild is None else shard_of(guild.id, self.shards))

    def hears(self, name: str, guild: Guild | None) -> bool:
        """Return whether this shard receives events of that name in a guild, or (None) in direct messages."""
        return self.owns(guild) and intents.lets_through(self.intents, name, direct=guild is None)


class Gateway:
    """Every session, and what goes out to which."""

    def __init__(
        self, world: World, events: Events, clock: Clock, limits: GatewayLimits, *, limited: bool
    ) -> None:
        self.starts = SessionStarts(clock, limits, limited=limited)
        self._world = world
        self._events = events
        self._clock = clock
        self.sessions: dict[str, Session] = {}
        self.sockets: set[Connection] = set()
        self.late: float = 0.0

    def identify(self, application: Application, wanted: int, shard: int, shards: int) -> Session:
        """Return a new session with the intents it wants."""
        self.starts.record(application)
        session = Session(secrets.token_hex(16), application, wanted, shard, shards)
        self.sessions[session.id] = session
        return session

    def end(self, session: Session) -> None:
        """Forget a session; it can no longer be resumed."""
        if session.ending is not None:
            session.ending.cancel()
        self.sessions.pop(session.id, None)

    def attach(self, session: Session, socket: Connection) -> None:
        """Send a session's events over this socket from now on."""
        if session.ending is not None:
            session.ending.cancel()
            session.ending = None
        session.socket = socket

    def detach(self, session: Session, socket: Connection) -> None:
        """Keep a session whose socket is gone for a while, so that it can be resumed."""
        if session.socket is socket:
            session.socket = None
            session.ending = self._clock.call_later(RESUMABLE_SECONDS, lambda: self.end(session))

    def refused(self, why: str) -> None:
        """Note that a connection was refused."""
        self._events.publish(Event("connection_refused", detail=why))

    def not_served(self, application: Application, what: str) -> None:
        """Note that a bot asked for something that Discord has and this server has not."""
        self._events.publish(Event("not_served", application=application, detail=what))

    def connection_changed(self, application: Application) -> None:
        """Announce that a bot is connected now, or is not any more."""
        kind: EventKind = "bot_connected" if self.connected(application) else "bot_disconnected"
        self._events.publish(Event(kind, application=application))

    def greet(self, session: Session, address: str) -> None:
        """READY, then one GUILD_CREATE for each guild of this shard."""
        application = session.application
        guilds = [guild for guild in application.guilds.values() if session.owns(guild)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": {**application.user.to_json(), "mfa_enabled": False, "email": None, "verified": True},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": address,
                "shard": [session.shard, session.shards],
                "application": {"id": str(application.id), "flags": application.flags},
                "session_type": "normal",
                "private_channels": [],
                "presences": [],
                "relationships": [],
                "user_settings": {},
                "_trace": [],
            },
        )
        if session.intents & intents.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild_create(guild, session))
        self.connection_changed(application)

    def of(self, application: Application) -> Iterator[Session]:
        """Return the sessions of an application."""
        return (session for session in tuple(self.sessions.values()) if session.application is application)

    def deliver_interaction(self, application: Application, guild: Guild | None, payload: Json) -> None:
        """INTERACTION_CREATE, to the one session that owns the place."""
        for session in self.of(application):
            if session.owns(guild):
                session.dispatch("INTERACTION_CREATE", payload)

    def deliver_message(self, name: str, message: Message) -> None:
        """MESSAGE_CREATE, MESSAGE_UPDATE or MESSAGE_DELETE, to every bot that may read the channel."""
        channel = message.channel
        for application in self._world.readers(channel):
            for session in self.of(application):
                if session.hears(name, channel.guild):
                    session.dispatch(name, _message_event(name, message, session))

    def announce(self, change: Change) -> None:
        """Send a change of a guild or channel to every bot that it concerns."""
        for session in tuple(self.sessions.values()):
            if self._concerns(session.application, change) and session.hears(change.name, change.guild):
                session.dispatch(change.name, change.data)

    def _concerns(self, application: Application, change: Change) -> bool:
        if change.only_for not in (None, application):
            return False
        if change.guild is not None and change.guild.id not in application.guilds:
            return False
        if change.channel is None:
            return True
        granted = self._world.permissions_in(application.user, change.channel)
        return bool(granted & permissions.VIEW_CHANNEL)

    def guild_joined(self, application: Application, guild: Guild) -> None:
        """GUILD_CREATE for a bot that is added while connected."""
        for session in self.of(application):
            if session.owns(guild) and session.intents & intents.GUILDS:
                session.dispatch("GUILD_CREATE", guild_create(guild, session))

    def connected(self, application: Application) -> bool:
        """Return whether every shard of this application is identified and has a socket."""
        there = {(session.shard, session.shards) for session in self.of(application) if session.socket}
        totals = {shards for _, shards in there}
        return any({(shard, total) for shard in range(total)} <= there for total in totals)

    async def wait_connected(self, application: Application) -> None:
        """Wait until every shard of this application is identified."""
        while not self.connected(application):
            await self._events.changed.beyond(self._events.changed.version)

    async def close(self) -> None:
        """Close every socket."""
        await asyncio.gather(*(socket.close(1001) for socket in tuple(self.sockets)))


def guild_create(guild: Guild, session: Session) -> Json:
    """Return a guild with what a session may know of it: all members only with that intent."""
    full = bool(session.intents & intents.MEMBERS)
    members = [
        member.to_json()
        for member in guild.members.values()
        if full or member.user is session.application.user
    ]
    return {
        **guild.to_json(),
        "joined_at": guild.members[session.application.user.id].to_json()["joined_at"],
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": members,
        "channels": [channel.to_json() for channel in guild.channels if _sees(session.application, channel)],
        "threads": [
            thread.to_json()
            for thread in guild.threads
            if _sees(session.application, thread) and thread.thread and not thread.thread.archived
        ],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def _sees(application: Application, channel: Channel) -> bool:
    assert channel.guild is not None
    return bool(channel.guild.members[application.user.id].permissions_in(channel))


def _message_event(name: str, message: Message, session: Session) -> Json:
    if name == "MESSAGE_DELETE":
        body: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if message.channel.guild is not None:
            body["guild_id"] = str(message.channel.guild.id)
        return body
    body = _message_json(message)
    intended = bool(session.intents & intents.MESSAGE_CONTENT)
    readable = message.readable(session.application.user, content_intent=intended)
    return body if readable else without_content(body)


def _message_json(message: Message) -> Json:
    body = message.to_json()
    guild = message.channel.guild
    body["channel_type"] = message.channel.type
    if guild is not None:
        body["guild_id"] = str(guild.id)
        member = guild.members.get(message.author.id)
        if member is not None:
            body["member"] = member.to_json(with_user=False)
    return body
