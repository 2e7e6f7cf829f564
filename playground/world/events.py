"""What happens in the playground, published to subscribers: pages, drivers, transcripts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal

from playground.world.interaction import Interaction
from playground.world.message import Message
from playground.world.model import Application
from playground.world.watch import Watch

EventKind = Literal[
    "message_created",
    "message_updated",
    "message_deleted",
    "interaction_sent",
    "interaction_acknowledged",
    "interaction_refused",
    "interaction_failed",
    "modal_opened",
    "commands_changed",
    "reactions_changed",
    "typing",
    "bot_connected",
    "bot_disconnected",
    "connection_refused",
    "not_served",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `only_for` is the id of the one person who may see it; None means everybody in the channel.

    A "thinking" message is a `message_created` whose message is loading; its answer is a `message_updated`.
    """

    kind: EventKind
    channel_id: int | None = None
    only_for: int | None = None
    message: Message | None = None
    interaction: Interaction | None = None
    application: Application | None = None
    detail: str = ""

    def visible_to(self, user_id: int) -> bool:
        """Return whether the person with this id may see it."""
        return self.only_for is None or self.only_for == user_id


class Subscription:
    """An async stream of events; leave the `with` block to end it."""

    def __init__(self, leave: Callable[["Subscription"], None]) -> None:
        self._leave = leave
        self._queue: asyncio.Queue[Event] = asyncio.Queue()

    def put(self, event: Event) -> None:
        """Deliver an event to this subscriber."""
        self._queue.put_nowait(event)

    def __enter__(self) -> "Subscription":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Receive nothing more."""
        self._leave(self)

    async def next(self) -> Event:
        """Return the next event, in order."""
        return await self._queue.get()

    def __aiter__(self) -> AsyncIterator[Event]:
        return self._stream()

    async def _stream(self) -> AsyncIterator[Event]:
        while True:
            yield await self._queue.get()


class Events:
    """Publishes every event to all current subscribers."""

    def __init__(self) -> None:
        self._subscribers: list[Subscription] = []
        self._listeners: list[Callable[[Event], None]] = []
        self.changed = Watch()

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Call `listener` with every event from now on, at once and in order."""
        self._listeners.append(listener)

    def subscribe(self) -> Subscription:
        """Return all further events: `with events.subscribe() as stream: async for event in stream: ...`."""
        subscription = Subscription(self._subscribers.remove)
        self._subscribers.append(subscription)
        return subscription

    def publish(self, event: Event) -> None:
        """Notify every listener and subscriber."""
        for listener in self._listeners:
            listener(event)
        for subscriber in tuple(self._subscribers):
            subscriber.put(event)
        self.changed.bump()
