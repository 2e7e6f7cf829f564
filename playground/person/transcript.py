"""Events as lines of a transcript."""

from collections.abc import Callable

import msgspec

from playground.person.render import render_message
from playground.recorder import Recorder
from playground.world.clock import Clock
from playground.world.events import Event, EventKind
from playground.world.interaction import Interaction
from playground.world.message import Message
from playground.world.model import Channel, Json

_DEFERRALS = {5: "thinks", 6: "acknowledges"}


def narrate(recorder: Recorder, clock: Clock, event: Event) -> None:
    """Write an event down, if it is something that a person sees or does."""
    write = _writer_of(event)
    if write is not None:
        recorder.note(clock.now(), write)


def _writer_of(event: Event) -> Callable[[], str] | None:
    if event.interaction is not None:
        sentence = _of_interaction(event.kind, event.interaction)
    elif event.message is not None:
        return _of_message(event.kind, event.message)
    else:
        sentence = _of_application(event)
    return None if sentence is None else lambda: sentence


def _of_application(event: Event) -> str | None:
    name = event.application.name if event.application is not None else ""
    return {
        "connection_refused": f"   a connection to the gateway is refused: {event.detail}",
        "not_served": f"   the local Discord does not serve {event.detail}",
        "commands_changed": f"{name} registers its commands",
        "bot_connected": f"{name} is connected",
        "bot_disconnected": f"{name} is disconnected",
    }.get(event.kind)


def _of_message(kind: EventKind, message: Message) -> Callable[[], str]:
    # The message may change later, so what it is now is kept; drawing it can wait until somebody reads.
    verb = {"message_updated": " (edited)", "message_deleted": " (deleted)"}.get(kind, "")
    head = f"{_place(message.channel)} {message.author.display_name}{verb}: "
    shown = msgspec.json.encode(message.to_json())
    return lambda: _quote(head, msgspec.json.decode(shown))


def _of_interaction(kind: EventKind, interaction: Interaction) -> str | None:
    who = interaction.user.display_name
    if kind == "interaction_sent":
        return f"{_place(interaction.channel)} {who}: {interaction.label}"
    if kind == "interaction_failed":
        why = f" (its answer was refused: {interaction.refusal})" if interaction.refusal else ""
        return f"   {interaction.application.name} did not respond to {interaction.label}{why}"
    if kind == "modal_opened" and interaction.modal is not None:
        return f"   {who} sees the form {interaction.modal['title']!r}"
    return _answer(interaction)


def _answer(interaction: Interaction) -> str | None:
    if interaction.choices is not None:
        return f"   {interaction.application.name} suggests " + ", ".join(
            c["name"] for c in interaction.choices
        )
    verb = _DEFERRALS.get(interaction.response or 0)
    return f"   {interaction.application.name} {verb}" if verb else None


def _place(channel: Channel) -> str:
    return f"#{channel.name}" if channel.guild is not None else "(direct)"


def _quote(head: str, message: Json) -> str:
    lines = render_message(message).splitlines() or [""]
    return "\n".join([head + lines[0], *("   " + line for line in lines[1:])])
