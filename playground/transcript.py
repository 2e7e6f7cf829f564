"""Events as lines of a transcript."""

from .clock import Clock
from .events import Event
from .interactions import Interaction
from .model import Channel, Message
from .recorder import Recorder
from .render import render_message

_DEFERRALS = {5: "thinks", 6: "acknowledges"}


def narrate(recorder: Recorder, clock: Clock, event: Event) -> None:
    """Write an event down, if it is something that a person sees or does."""
    text = _sentence(event)
    if text:
        recorder.note(clock.now(), text)


def _sentence(event: Event) -> str | None:
    interaction, message = event.interaction, event.message
    if event.kind == "commands_changed" and event.application is not None:
        return f"{event.application.name} registers its commands"
    if event.kind in ("bot_connected", "bot_disconnected") and event.application is not None:
        return (
            f"{event.application.name} is {'connected' if event.kind == 'bot_connected' else 'disconnected'}"
        )
    if event.kind == "interaction_sent" and interaction is not None:
        return f"{_place(interaction.channel)} {interaction.user.display_name}: {interaction.label}"
    if event.kind == "interaction_acknowledged" and interaction is not None:
        return _answer(interaction)
    if event.kind == "interaction_failed" and interaction is not None:
        why = f" (its answer was refused: {interaction.refusal})" if interaction.refusal else ""
        return f"   {interaction.application.name} did not respond to {interaction.label}{why}"
    if event.kind == "modal_opened" and interaction is not None and interaction.modal is not None:
        return f"   {interaction.user.display_name} sees the form {interaction.modal['title']!r}"
    if message is not None:
        verb = {"message_created": "", "message_updated": " (edited)", "message_deleted": " (deleted)"}[
            event.kind
        ]
        return _quote(f"{_place(message.channel)} {message.author.display_name}{verb}: ", message)
    return None


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
