"""What a person sees, as JSON for the page, whose shapes are in `playground/web/static/js/types.js`."""

from collections.abc import Callable, Sequence
from typing import Any

from playground.person.available_commands import Offer
from playground.person.driver import SimulatedUser
from playground.person.options import shown_name
from playground.person.reply import Modal
from playground.validation.locales import LOCALES, localized
from playground.world import permissions
from playground.world.message import Message
from playground.world.model import Channel, Json, Member, User

# Turns the address of an attachment, or of a picture that the message shows (True), into one that the page
# may load; any other text comes back as it was.
Readdress = Callable[[str, bool], str]

# The parts of embeds and components that are pictures.
_PICTURES = frozenset({"image", "thumbnail", "media"})


def place(people: Sequence[Member]) -> Json:
    """Return the server and who can be chosen to be in it."""
    guild = people[0].guild
    return {
        "server": guild.name,
        "people": [
            {
                "id": str(member.id),
                "name": member.user.display_name,
                "locale": member.user.locale,
                "admin": bool(member.permissions & permissions.MANAGE_GUILD),
            }
            for member in people
        ],
        "users": [who(member.user) for member in guild.members.values()],
        "roles": [{"id": str(role.id), "name": role.name} for role in guild.roles],
        "locales": sorted(LOCALES),
    }


def view(
    person: SimulatedUser, channels: Sequence[Channel], messages: Sequence[Json], examples: Sequence[str]
) -> Json:
    """One channel as one person sees it, with the channels there are besides it, and lines to begin with."""
    return {
        "person": str(person.user.id),
        "channel": str(person.channel.id),
        "locale": person.user.locale,
        "channels": [_channel(channel, person.user) for channel in channels],
        "messages": messages,
        "commands": commands(person),
        "examples": list(examples),
    }


def commands(person: SimulatedUser) -> list[Json]:
    """Return the slash commands that typing "/" lists, in the person's language."""
    return [_command(offer, person.user.locale) for offer in person.commands]


def message(shown: Message, used: str | None, readdress: Readdress) -> Json:
    """Return a message. `used` is the full name of the command it answers, where that is known."""
    about = shown.metadata or {}
    command = used or about.get("name")
    reply = shown.reference
    body: Json = {
        "id": str(shown.id),
        "author": who(shown.author),
        "content": shown.content,
        "embeds": shown.embeds,
        "components": shown.components,
        "attachments": [file.to_json() for file in shown.attachments],
        "created": shown.created.isoformat(),
        "edited": shown.edited is not None,
        "ephemeral": shown.only_for is not None,
        "loading": shown.loading,
        "used": None,
        "reply": None,
    }
    if command:
        user = about["user"]
        body["used"] = {
            "name": command,
            "user": {"id": user["id"], "name": user["global_name"] or user["username"]},
        }
    elif reply is not None and not reply.deleted:
        body["reply"] = {"author": who(reply.author), "content": _gist(reply)}
    shown_there: Json = _readdressed(body, readdress)
    return shown_there


def modal(form: Modal, key: str) -> Json:
    """Return a form that a bot opened; `key` names it when it is sent."""
    return {"id": key, "title": form.title, "components": form.components}


def who(user: User) -> Json:
    """Return a user as shown beside a message."""
    return {"id": str(user.id), "name": user.display_name, "bot": user.bot}


def _channel(channel: Channel, reader: User) -> Json:
    if channel.guild is not None:
        return {"id": str(channel.id), "name": channel.name, "direct": False}
    other = next(user for user in channel.recipients if user is not reader)
    return {"id": str(channel.id), "name": other.display_name, "direct": True}


def _command(offer: Offer, locale: str) -> Json:
    return {
        "id": offer.command["id"],
        "path": f"/{offer.name}",
        "shown": f"/{offer.shown_as(locale)}",
        "description": localized(offer.leaf, "description", locale),
        "application": offer.application.name,
        "options": [_option(option, locale) for option in offer.options],
    }


def _option(option: Json, locale: str) -> Json:
    limits = ("min_value", "max_value", "min_length", "max_length")
    return {
        "name": option["name"],
        "shown": shown_name(option, locale),
        "description": localized(option, "description", locale),
        "type": option["type"],
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "choices": [
            {"name": shown_name(choice, locale), "value": choice["value"]}
            for choice in option.get("choices", [])
        ],
        **{limit: option[limit] for limit in limits if limit in option},
    }


def _gist(shown: Message) -> str:
    """Return the first line of a message that another one replies to."""
    title = next((embed["title"] for embed in shown.embeds if embed.get("title")), "")
    lines = (shown.content or title).splitlines()
    return lines[0] if lines else ""


def _readdressed(part: Any, readdress: Readdress, *, is_picture: bool = False) -> Any:
    if isinstance(part, dict):
        found = {
            key: readdress(value, is_picture or key == "icon_url")
            if isinstance(value, str) and key.endswith("url")
            else _readdressed(value, readdress, is_picture=key in _PICTURES)
            for key, value in part.items()
        }
        return {**found, "source": part["url"]} if is_picture and part.get("url") else found
    if isinstance(part, list):
        return [_readdressed(item, readdress) for item in part]
    return part
