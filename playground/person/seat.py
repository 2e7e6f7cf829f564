"""A person in front of a channel, without any bot: reads, posts, reacts, votes."""

from collections.abc import Callable, Sequence
from typing import Protocol

from playground.gateway.sessions import Gateway
from playground.person.errors import DriverError
from playground.person.options import UploadedFile
from playground.person.reply import PATIENCE, Followup, Reply, patiently
from playground.services.command_store import CommandStore
from playground.services.interactions import Interactions
from playground.services.messages import Messages
from playground.services.reactions import Reactions
from playground.services.threads import Threads
from playground.services.typing import typing_started
from playground.validation.errors import ApiError
from playground.validation.messages import MAX_CONTENT, Draft, Reference, Upload
from playground.world import permissions
from playground.world.channels import WITH_MESSAGES
from playground.world.emojis import Emoji, read_emoji
from playground.world.events import Events
from playground.world.message import Attachment, Message
from playground.world.model import Channel, Member, User
from playground.world.state import World

Seen = Reply | Followup | Message

_REPLY = 19


class Discord(Protocol):
    """What a simulated user sits in front of, such as a `LocalDiscord`."""

    world: World
    events: Events
    commands: CommandStore
    messages: Messages
    reactions: Reactions
    threads: Threads
    interactions: Interactions
    gateway: Gateway

    def transcript(self) -> str:
        """Return what happened so far, readable by a person."""
        ...


class Seat:
    """One user in one channel, who can do there what Discord's client would allow."""

    def __init__(self, discord: Discord, user: User, channel: Channel) -> None:
        self.discord = discord
        self.user = user
        self.channel = channel
        self._read = channel.last_message_id or 0

    def __repr__(self) -> str:
        return f"<Person {self.user.display_name} in {self.channel.name or 'direct messages'}>"

    @property
    def member(self) -> Member | None:
        """The membership in the channel's guild; None in direct messages."""
        guild = self.channel.guild
        return guild.members[self.user.id] if guild is not None else None

    @property
    def messages(self) -> list[Message]:
        """The messages of the channel that this person can see, oldest first."""
        return [
            message
            for message in self.discord.world.messages_in(self.channel)
            if self.discord.world.may_see(self.user.id, message)
        ]

    def say(
        self,
        content: str,
        *,
        reply_to: Seen | None = None,
        files: Sequence[UploadedFile] = (),
    ) -> Message:
        """Post a message, as an answer to another one where `reply_to` is given; files are (name, bytes).

        Raises:
            DriverError: for a text that is too long, or where the person may not post.
        """
        self._need(permissions.SEND_MESSAGES, "post")
        if not self.channel.is_direct and self.channel.type not in WITH_MESSAGES:
            raise DriverError(f"{self.channel.name} is a channel without messages")
        if not content.strip() and not files:
            raise DriverError("a message has words or a file")
        if len(content) > MAX_CONTENT:
            raise DriverError(f"a message has at most {MAX_CONTENT} characters, not {len(content)}")
        attachments = [self._made(file) for file in files]
        draft = Draft(frozenset(), content=content, attachments=attachments)
        answered = None if reply_to is None else self._visible(reply_to)
        if self.channel.thread is not None:
            self._tried(lambda: self.discord.threads.speak(self.channel, self.user))
        return self.discord.messages.create(
            self.channel, self.user, draft, reference=answered, message_type=_REPLY if answered else 0
        )

    def forward(self, on: Seen) -> Message:
        """Forward a message into this channel."""
        source = self._visible(on)
        reference = Reference(source.id, source.channel.id, must_exist=True, forward=True)
        draft = Draft(frozenset(), reference=reference)
        return self.discord.messages.create(self.channel, self.user, draft, reference=source)

    def edit(self, on: Seen, content: str) -> None:
        """Change the text of one's own message."""
        message = self._own(on)
        draft = Draft(
            frozenset({"content"}),
            content=content,
            attachments=message.attachments,
            embedded=message.embedded,
        )
        self.discord.messages.edit(message, draft)

    def delete(self, on: Seen) -> None:
        """Delete one's own message, or anybody's with Manage Messages."""
        message = self._visible(on)
        if message.author is not self.user:
            self._need(permissions.MANAGE_MESSAGES, "delete messages of others")
        self.discord.messages.delete(message)

    def react(self, on: Seen, emoji: str) -> None:
        """Put a reaction under a message: a character, or `name:id`."""
        message, found = self._visible(on), _emoji(emoji)
        if found.key not in message.reactions:
            self._need(permissions.ADD_REACTIONS, "add reactions")
        self._tried(lambda: self.discord.reactions.add(message, self.user, found))

    def unreact(self, on: Seen, emoji: str) -> None:
        """Take one's reaction away."""
        self.discord.reactions.remove(self._visible(on), self.user, _emoji(emoji))

    def vote(self, on: Seen, answer: str) -> None:
        """Vote in a poll for the answer with this text."""
        message = self._visible(on)
        self._tried(lambda: self.discord.reactions.vote(message, self.user, _answer(message, answer)))

    def unvote(self, on: Seen, answer: str) -> None:
        """Take one's vote back."""
        message = self._visible(on)
        self._tried(lambda: self.discord.reactions.unvote(message, self.user, _answer(message, answer)))

    def start_typing(self) -> None:
        """Begin to type."""
        world = self.discord.world
        world.announce(typing_started(world, self.channel, self.user))

    async def next_message(self, timeout: float = PATIENCE) -> Message:
        """Return the next message in the channel from somebody else that this person has not read yet.

        Raises:
            NothingHappened: after `timeout` seconds of real time.
        """

        def unread() -> list[Message]:
            return [m for m in self.messages if m.id > self._read and m.author is not self.user]

        await self._until(lambda: bool(unread()), timeout, f"a message for {self!r}")
        message = unread()[0]
        self._read = message.id
        return message

    def _visible(self, on: Seen) -> Message:
        message = on if isinstance(on, Message) else on.message
        if message is None or not self.discord.world.may_see(self.user.id, message):
            raise self._unseen()
        return message

    def _unseen(self) -> DriverError:
        return DriverError(f"{self.user.display_name} does not see that message")

    def _own(self, on: Seen) -> Message:
        message = self._visible(on)
        if message.author is not self.user:
            raise DriverError(f"{self.user.display_name} did not write that message")
        return message

    def _need(self, permission: int, what: str) -> None:
        if permission & ~self.discord.world.permissions_in(self.user, self.channel):
            raise DriverError(f"{self.user.display_name} may not {what} here")

    def _tried(self, act: Callable[[], None]) -> None:
        try:
            act()
        except ApiError as refusal:
            raise DriverError(refusal.message) from None

    def _made(self, file: UploadedFile) -> Attachment:
        name, data = file
        upload = Upload(0, name, "application/octet-stream", data)
        return self.discord.messages.attachments.make(self.channel, upload)

    async def _until(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        async def poll() -> None:
            while not condition():
                await self.discord.events.changed.beyond(self.discord.events.changed.version)

        await patiently(poll(), seconds, what, self.discord.transcript)


def _emoji(text: str) -> Emoji:
    found = read_emoji(text)
    if found is None:
        raise DriverError(f"{text!r} is no emoji")
    return found


def _answer(message: Message, text: str) -> int:
    answers = [] if message.poll is None else [media["text"] for media in message.poll.answers]
    if text not in answers:
        raise DriverError(f"the poll has no answer {text!r}; its answers: {', '.join(answers) or 'none'}")
    return answers.index(text) + 1
