"""Embeds: their limits, and the form in which Discord gives them back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from playground.validation.problems import Problems, array, boolean, integer, mapping, repeated, text, url
from playground.world.model import Json

MAX_EMBEDS = 10
MAX_TOTAL = 6000
MEDIA_SCHEMES = ("http", "https", "attachment")

# Turns attachment://name (or any other media address) into an image object, or None if no such file was sent.
ResolveMedia = Callable[[str], Json | None]


def read_embeds(problems: Problems, body: Json, resolve: ResolveMedia) -> list[Json]:
    """Check the `embeds` of a message and return them as Discord shows them.

    `problems` stands at the message; errors are reported per field, and once for more than 6000 characters in
    all embeds together.
    """
    raw = array(problems, body, "embeds", MAX_EMBEDS)
    total = 0
    embeds = []
    for position, item in enumerate(raw):
        here = problems.at("embeds", position)
        entry = mapping(here, item)
        if entry is None:
            continue
        embed = _read_embed(here, entry, resolve)
        total += _characters(embed)
        embeds.append(embed)
    if total > MAX_TOTAL:
        problems.at("embeds").add(
            "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MAX_TOTAL}"
        )
    return embeds


def _read_embed(problems: Problems, entry: Json, resolve: ResolveMedia) -> Json:
    embed: Json = {"type": "rich"}
    for key, high in (("title", 256), ("description", 4096)):
        value = text(problems, entry, key, high)
        if value and value.strip():
            embed[key] = value.strip()
    address = url(problems, entry, "url")
    if address:
        embed["url"] = address
    color = integer(problems, entry, "color", 0, 0xFFFFFF)
    if color is not None:
        embed["color"] = color
    if entry.get("timestamp") is not None:
        _read_timestamp(problems.at("timestamp"), entry["timestamp"], embed)
    _read_footer(problems.at("footer"), entry.get("footer"), embed, resolve)
    _read_author(problems.at("author"), entry.get("author"), embed, resolve)
    for key in ("image", "thumbnail"):
        if entry.get(key) is not None:
            media = mapping(problems.at(key), entry[key])
            found = _media(problems.at(key), media or {}, "url", resolve)
            about = text(problems.at(key), media or {}, "description", 4096)
            if found:
                embed[key] = found | ({"description": about} if about else {})
    fields = [
        _read_field(problems.at("fields", position), field)
        for position, field in enumerate(array(problems, entry, "fields", 25))
    ]
    if fields:
        embed["fields"] = fields
    if set(embed) <= {"type", "color", "url"} and not problems:
        problems.at("description").required()
    return embed


def _read_timestamp(problems: Problems, value: Any, embed: Json) -> None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        problems.add("DATE_TIME_TYPE_PARSE", f"Could not parse {repeated(value)}. Should be ISO8601.")
        return
    embed["timestamp"] = moment.isoformat()


def _read_footer(problems: Problems, value: Any, embed: Json, resolve: ResolveMedia) -> None:
    if value is None:
        return
    entry = mapping(problems, value) or {}
    words = text(problems, entry, "text", 2048)
    icon = _media(problems, entry, "icon_url", resolve)
    if words:
        embed["footer"] = {"text": words.strip()}
        if icon:
            embed["footer"] |= {"icon_url": icon["url"], "proxy_icon_url": icon["proxy_url"]}


def _read_author(problems: Problems, value: Any, embed: Json, resolve: ResolveMedia) -> None:
    if value is None:
        return
    entry = mapping(problems, value) or {}
    name = text(problems, entry, "name", 256, required=True)
    address = url(problems, entry, "url")
    icon = _media(problems, entry, "icon_url", resolve)
    if name:
        embed["author"] = {"name": name.strip()}
        if address:
            embed["author"]["url"] = address
        if icon:
            embed["author"] |= {"icon_url": icon["url"], "proxy_icon_url": icon["proxy_url"]}


def _read_field(problems: Problems, value: Any) -> Json:
    entry = mapping(problems, value) or {}
    # Both must be there, and may be empty; Discord has shown such fields since 2024.
    for key in ("name", "value"):
        if entry.get(key) is None:
            problems.at(key).required()
    name = text(problems, entry, "name", 256)
    words = text(problems, entry, "value", 1024)
    return {
        "name": (name or "").strip(),
        "value": (words or "").strip(),
        "inline": boolean(problems, entry, "inline"),
    }


def _media(problems: Problems, entry: Json, key: str, resolve: ResolveMedia) -> Json | None:
    address = url(problems, entry, key, schemes=MEDIA_SCHEMES)
    if address is None:
        return None
    found = resolve(address)
    if found is None:
        problems.at(key).add(
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "The referenced attachment was not found."
        )
    return found


def _characters(embed: Json) -> int:
    total = len(embed.get("title", "")) + len(embed.get("description", ""))
    total += len(embed.get("footer", {}).get("text", "")) + len(embed.get("author", {}).get("name", ""))
    return total + sum(len(field["name"]) + len(field["value"]) for field in embed.get("fields", []))
