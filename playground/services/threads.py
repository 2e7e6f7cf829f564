"""Threads: opened at a message or beside it, joined and left."""

from playground.services.messages import Messages
from playground.validation import errors, message_errors
from playground.validation.maxima import ACTIVE_THREADS
from playground.validation.threads import ThreadFields
from playground.world import permissions
from playground.world.changes import Change
from playground.world.channels import (
    ANNOUNCEMENT_CHANNEL,
    ANNOUNCEMENT_THREAD,
    PUBLIC_THREAD,
    TEXT_CHANNEL,
    THREADS_IN,
)
from playground.world.message import FLAG_HAS_THREAD, Message
from playground.world.model import Channel, Json, Thread, User, iso
from playground.world.state import World


class Threads:
    """Opens threads, and knows who is in them."""

    def __init__(self, world: World, messages: Messages) -> None:
        self._world = world
        self._messages = messages

    def open(self, parent: Channel, owner: User, fields: ThreadFields) -> Channel:
        """Return a thread that begins with no message.

        Raises:
            ApiError: 50024 in a channel that has no threads, 160006 for more than a thousand open ones.
        """
        if parent.type not in THREADS_IN:
            raise errors.wrong_channel_type()
        return self._add(parent, owner, fields, fields.kind)

    def open_at(self, message: Message, owner: User, fields: ThreadFields) -> Channel:
        """Return the thread of a message, whose id it has.

        Raises:
            ApiError: 160004 if it has one, 50024 in a channel that has no such threads, and as for `open`.
        """
        parent = message.channel
        if message.thread is not None:
            raise message_errors.thread_exists()
        if parent.type not in (TEXT_CHANNEL, ANNOUNCEMENT_CHANNEL):
            raise errors.wrong_channel_type()
        kind = ANNOUNCEMENT_THREAD if parent.type == ANNOUNCEMENT_CHANNEL else PUBLIC_THREAD
        thread = self._add(parent, owner, fields, kind, thread_id=message.id)
        message.thread = thread
        message.flags |= FLAG_HAS_THREAD
        self._messages.changed(message)
        return thread

    def speak(self, channel: Channel, user: User) -> None:
        """Put whoever posts in a thread into it, and open it again if it is archived.

        Raises:
            ApiError: 160005 for a locked thread, which only who manages threads writes in.
        """
        thread = of(channel)
        manages = self._world.permissions_in(user, channel) & permissions.MANAGE_THREADS
        if thread.locked and not manages:
            raise message_errors.thread_locked()
        self.reopen(channel)
        self.join(channel, user)

    def reopen(self, channel: Channel) -> None:
        """Take a thread out of the archive, where it is in there."""
        thread = of(channel)
        if thread.archived:
            self._world.guild_changes.change_thread(channel, thread, archived=False)

    def join(self, channel: Channel, user: User) -> None:
        """Put somebody into a thread."""
        thread = of(channel)
        if user.id not in thread.members:
            thread.members[user.id] = self._world.clock.datetime()
            self._dispatch(channel, {"added_members": [member_json(channel, user.id)]})

    def leave(self, channel: Channel, user_id: int) -> None:
        """Take somebody out of a thread."""
        if of(channel).members.pop(user_id, None) is not None:
            self._dispatch(channel, {"removed_member_ids": [str(user_id)]})

    def _add(
        self, parent: Channel, owner: User, fields: ThreadFields, kind: int, *, thread_id: int | None = None
    ) -> Channel:
        guild, now = parent.guild, self._world.clock.datetime()
        assert guild is not None
        ACTIVE_THREADS.check(1 + sum(not of(thread).archived for thread in guild.threads))
        thread = Thread(
            owner.id,
            now,
            fields.archive_minutes or 1440,
            invitable=fields.invitable,
            members={owner.id: now},
            applied_tags=list(fields.applied_tags),
        )
        return self._world.guild_changes.add_thread(
            parent, kind, fields.name, thread, slowmode_seconds=fields.slowmode_seconds, thread_id=thread_id
        )

    def _dispatch(self, channel: Channel, about: Json) -> None:
        assert channel.guild is not None
        data = {
            "id": str(channel.id),
            "guild_id": str(channel.guild.id),
            "member_count": len(of(channel).members),
            **about,
        }
        self._world.announce(Change("THREAD_MEMBERS_UPDATE", data, channel.guild, channel))


def of(channel: Channel) -> Thread:
    """Return the thread that a channel is.

    Raises:
        ApiError: 50024 for any other channel.
    """
    if channel.thread is None:
        raise errors.wrong_channel_type()
    return channel.thread


def member_json(channel: Channel, user_id: int, *, with_member: bool = False) -> Json:
    """Return the thread member object."""
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
