"""Reactions, votes and pins: what people and bots add to messages that are there."""

from playground.services.messages import Messages
from playground.validation import errors, message_errors
from playground.validation.maxima import PINS, REACTIONS
from playground.validation.messages import Draft
from playground.world.changes import Change
from playground.world.emojis import Emoji
from playground.world.events import Event, Events
from playground.world.message import Message, Reaction
from playground.world.model import Json, User, iso
from playground.world.polls import Poll
from playground.world.state import World

_PIN_NOTICE = 6


class Reactions:
    """Keeps them at their messages, and tells bots and people."""

    def __init__(self, world: World, events: Events, messages: Messages) -> None:
        self._world = world
        self._events = events
        self._messages = messages

    def add(self, message: Message, user: User, emoji: Emoji) -> None:
        """Put a reaction under a message; a second time changes nothing.

        Raises:
            ApiError: 30010 for more than twenty emojis, 10014 for a custom one that is nowhere.
        """
        if emoji.key not in message.reactions:
            REACTIONS.check(len(message.reactions) + 1)
            if not self._world.has_emoji(emoji):
                raise errors.unknown_emoji()
        reaction = message.reactions.setdefault(emoji.key, Reaction(emoji))
        if user in reaction.users:
            return
        reaction.users.append(user)
        about: Json = {"message_author_id": str(message.author.id), "burst_colors": []}
        member = message.channel.guild.members.get(user.id) if message.channel.guild is not None else None
        if member is not None:
            about["member"] = member.to_json()
        self._dispatch("MESSAGE_REACTION_ADD", message, {**_whose(user, emoji), **about})

    def remove(self, message: Message, user: User, emoji: Emoji) -> None:
        """Take somebody's reaction away, where there is one."""
        reaction = message.reactions.get(emoji.key)
        if reaction is None or user not in reaction.users:
            return
        reaction.users.remove(user)
        if not reaction.users:
            del message.reactions[emoji.key]
        self._dispatch("MESSAGE_REACTION_REMOVE", message, _whose(user, emoji))

    def clear(self, message: Message, emoji: Emoji | None = None) -> None:
        """Take away every reaction, or all of one emoji."""
        if emoji is None:
            message.reactions.clear()
            self._dispatch("MESSAGE_REACTION_REMOVE_ALL", message, {})
        elif message.reactions.pop(emoji.key, None) is not None:
            self._dispatch("MESSAGE_REACTION_REMOVE_EMOJI", message, {"emoji": emoji.to_json()})

    def vote(self, message: Message, user: User, answer_id: int) -> None:
        """Vote in a poll; where only one answer is allowed the vote moves.

        Raises:
            ApiError: if there is no such answer, or the poll has ended.
        """
        poll = _open_poll(message, answer_id)
        if user in poll.voters(answer_id):
            return
        if not poll.multiselect:
            for other in [other for other, voters in poll.votes.items() if user in voters]:
                self.unvote(message, user, other)
        poll.voters(answer_id).append(user)
        self._dispatch("MESSAGE_POLL_VOTE_ADD", message, {"user_id": str(user.id), "answer_id": answer_id})

    def unvote(self, message: Message, user: User, answer_id: int) -> None:
        """Take a vote back.

        Raises:
            ApiError: as for `vote`.
        """
        voters = _open_poll(message, answer_id).voters(answer_id)
        if user in voters:
            voters.remove(user)
            self._dispatch(
                "MESSAGE_POLL_VOTE_REMOVE", message, {"user_id": str(user.id), "answer_id": answer_id}
            )

    def pin(self, message: Message, user: User) -> None:
        """Pin a message, which its channel is told of by a notice.

        Raises:
            ApiError: 30003 for more than 250 pins, 50021 for a notice.
        """
        if message.pinned is not None:
            return
        if message.is_notice:
            raise message_errors.system_message()
        PINS.check(len(self.pinned(message)) + 1)
        message.pinned = self._world.clock.datetime()
        self._pins_changed(message)
        self._messages.create(
            message.channel, user, Draft(frozenset()), message_type=_PIN_NOTICE, reference=message
        )

    def unpin(self, message: Message) -> None:
        """Pin a message no longer."""
        if message.pinned is not None:
            message.pinned = None
            self._pins_changed(message)

    def pinned(self, message: Message) -> list[Message]:
        """Return the pinned messages beside a message, itself included."""
        return [other for other in self._world.messages_in(message.channel) if other.pinned is not None]

    def _pins_changed(self, message: Message) -> None:
        self._messages.changed(message)
        last = max((other.pinned for other in self.pinned(message) if other.pinned is not None), default=None)
        data: Json = {
            "channel_id": str(message.channel.id),
            "last_pin_timestamp": None if last is None else iso(last),
        }
        if message.channel.guild is not None:
            data["guild_id"] = str(message.channel.guild.id)
        self._world.announce(Change("CHANNEL_PINS_UPDATE", data, message.channel.guild, message.channel))

    def _dispatch(self, name: str, message: Message, about: Json) -> None:
        channel = message.channel
        data: Json = {"channel_id": str(channel.id), "message_id": str(message.id), **about}
        if channel.guild is not None:
            data["guild_id"] = str(channel.guild.id)
        self._world.announce(Change(name, data, channel.guild, channel))
        self._events.publish(Event("reactions_changed", channel.id, message.only_for, message))
        message.touch()


def _whose(user: User, emoji: Emoji) -> Json:
    return {"user_id": str(user.id), "emoji": emoji.to_json(), "burst": False, "type": 0}


def _open_poll(message: Message, answer_id: int) -> Poll:
    if message.poll is None or not 1 <= answer_id <= len(message.poll.answers):
        raise message_errors.unknown_answer()
    if message.poll.finalized:
        raise message_errors.poll_expired()
    return message.poll
