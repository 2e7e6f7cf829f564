"""Threads: opened at a message or beside it, joined and left."""

from playground.services.messages import Messages
from playground.validation import errors
from playground.world.changes import Change
from playground.world.channels import (
    ANNOUNCEMENT_CHANNEL,
    ANNOUNCEMENT_THREAD,
    PUBLIC_THREAD,
    WITH_THREADS,
)
from playground.world.message import FLAG_HAS_THREAD, Message
from playground.world.model import Channel, Json, Thread, User, iso
from playground.world.state import World


class Threads:
    """Opens threads, and knows who is in them."""

    def __init__(self, world: World, messages: Messages) -> None:
        self._world = world
        self._messages = messages

    def open(
        self, parent: Channel, owner: User, name: str, kind: int, *, minutes: int | None, slowmode: int = 0
    ) -> Channel:
        """A thread that begins with no message.

        Raises:
            ApiError: 50024 in a channel that has no threads.
        """
        if parent.type not in WITH_THREADS:
            raise errors.wrong_channel_type()
        thread = self._world.guild_changes.add_thread(parent, kind, name, self._new(owner, minutes))
        thread.slowmode_seconds = slowmode
        return thread

    def open_at(self, message: Message, owner: User, name: str, *, minutes: int | None) -> Channel:
        """The thread of a message, whose id it has.

        Raises:
            ApiError: 160004 if it has one, 50024 in a channel that has no threads.
        """
        parent = message.channel
        if message.thread is not None:
            raise errors.thread_exists()
        if parent.type not in WITH_THREADS:
            raise errors.wrong_channel_type()
        kind = ANNOUNCEMENT_THREAD if parent.type == ANNOUNCEMENT_CHANNEL else PUBLIC_THREAD
        thread = self._world.guild_changes.add_thread(
            parent, kind, name, self._new(owner, minutes), thread_id=message.id
        )
        message.thread = thread
        message.flags |= FLAG_HAS_THREAD
        self._messages.changed(message)
        return thread

    def speak(self, channel: Channel, user: User) -> None:
        """Put whoever posts in a thread into it, and open it again if it is archived.

        Raises:
            ApiError: 50083 for a locked thread.
        """
        thread = of(channel)
        if thread.archived:
            if thread.locked:
                raise errors.thread_archived()
            self._world.guild_changes.change_thread(channel, thread, archived=False)
        self.join(channel, user)

    def join(self, channel: Channel, user: User) -> None:
        """Put somebody into a thread."""
        thread = of(channel)
        if user.id not in thread.members:
            thread.members[user.id] = self._world.clock.datetime()
            self._tell(channel, {"added_members": [member_json(channel, user.id)]})

    def leave(self, channel: Channel, user_id: int) -> None:
        """Take somebody out of a thread."""
        if of(channel).members.pop(user_id, None) is not None:
            self._tell(channel, {"removed_member_ids": [str(user_id)]})

    def _new(self, owner: User, minutes: int | None) -> Thread:
        now = self._world.clock.datetime()
        return Thread(owner.id, now, minutes or 1440, members={owner.id: now})

    def _tell(self, channel: Channel, about: Json) -> None:
        assert channel.guild is not None
        data = {
            "id": str(channel.id),
            "guild_id": str(channel.guild.id),
            "member_count": len(of(channel).members),
            **about,
        }
        self._world.announce(Change("THREAD_MEMBERS_UPDATE", data, channel.guild, channel))


def of(channel: Channel) -> Thread:
    """The thread that a channel is.

    Raises:
        ApiError: 50024 for any other channel.
    """
    if channel.thread is None:
        raise errors.wrong_channel_type()
    return channel.thread


def member_json(channel: Channel, user_id: int, *, with_member: bool = False) -> Json:
    """The thread member object."""
    body: Json = {
        "id": str(channel.id),
        "user_id": str(user_id),
        "join_timestamp": iso(of(channel).members[user_id]),
        "flags": 0,
    }
    member = channel.guild.members.get(user_id) if channel.guild is not None else None
    if with_member and member is not None:
        body["member"] = member.to_json()
    return body
