"""Events as lines of a transcript."""

from .clock import Clock
from .events import Event, EventKind
from .interactions import Interaction
from .model import Channel
from .posts import Message
from .recorder import Recorder
from .render import render_message

_DEFERRALS = {5: "thinks", 6: "acknowledges"}


def narrate(recorder: Recorder, clock: Clock, event: Event) -> None:
    """Write an event down, if it is something that a person sees or does."""
    text = _sentence(event)
    if text:
        recorder.note(clock.now(), text)


def _sentence(event: Event) -> str | None:
    if event.interaction is not None:
        return _of_interaction(event.kind, event.interaction)
    if event.application is not None:
        name = event.application.name
        return {
            "commands_changed": f"{name} registers its commands",
            "bot_connected": f"{name} is connected",
            "bot_disconnected": f"{name} is disconnected",
        }.get(event.kind)
    if event.message is not None:
        return _of_message(event.kind, event.message)
    return None


def _of_message(kind: EventKind, message: Message) -> str:
    verb = {"message_updated": " (edited)", "message_deleted": " (deleted)"}.get(kind, "")
    return _quote(f"{_place(message.channel)} {message.author.display_name}{verb}: ", message)


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


def _quote(head: str, message: Message) -> str:
    lines = render_message(message.to_json()).splitlines() or [""]
    return "\n".join([head + lines[0], *("   " + line for line in lines[1:])])
