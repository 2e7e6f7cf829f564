"""Discord's markdown as plain text, for where it is not drawn."""

import re
from datetime import UTC, datetime

from playground.world.model import Json

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Escaped characters are moved out of the way, to where no markup is, while markup is taken out.
_ASIDE = 0xF0000
_BACK = re.compile(f"[{chr(_ASIDE)}-{chr(_ASIDE + 0x7F)}]")

_LINK = re.compile(r"\[([^\[\]]+)\]\((?:<[^<>\s]+>|https?://[^\s()]+)\)")
_MOMENT = re.compile(r"<t:(-?\d{1,12})(?::([tTdDfFR]))?>")
_PAIRED = re.compile(r"(\*\*\*|\*\*|__|~~|\|\|)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_SINGLE = re.compile(
    r"(?<![*\w])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![*\w])|(?<![_\w])_(?=\S)([^_\n]+?)(?<=\S)_(?![_\w])"
)
_CODE = re.compile(r"(`+)([^`]+)\1")
_HEADING = re.compile(r"^#{1,3} +", re.MULTILINE)
_SMALL = re.compile(r"^-# +", re.MULTILINE)
_QUOTE = re.compile(r"^> ", re.MULTILINE)


def plain_text(markdown: str) -> str:
    """Return the text without its markup: links by their words, moments as dates, quotes behind a bar."""
    text = _ESCAPED.sub(lambda match: chr(_ASIDE + ord(match[1])), markdown)
    text = _CODE.sub(lambda match: match[2], text)
    text = _LINK.sub(lambda match: match[1], text)
    text = _MOMENT.sub(_date, text)
    for _ in range(3):  # bold within underline within spoiler
        text = _PAIRED.sub(lambda match: match[2], text)
    text = _SINGLE.sub(lambda match: match[1] or match[2], text)
    text = _QUOTE.sub("│ ", _SMALL.sub("", _HEADING.sub("", text)))
    return _BACK.sub(lambda match: chr(ord(match[0]) - _ASIDE), text)


def plain_message(message: Json) -> Json:
    """Return a message object whose texts are plain."""
    shown = {**message, "content": plain_text(message.get("content") or "")}
    shown["embeds"] = [_plain_embed(embed) for embed in message.get("embeds") or []]
    return shown


def _plain_embed(embed: Json) -> Json:
    shown = {**embed}
    for key in ("title", "description"):
        if embed.get(key):
            shown[key] = plain_text(embed[key])
    shown["fields"] = [
        {**field, "name": plain_text(field["name"]), "value": plain_text(field["value"])}
        for field in embed.get("fields") or []
    ]
    return shown


def _date(match: re.Match[str]) -> str:
    try:
        moment = datetime.fromtimestamp(int(match[1]), UTC)
    except (OverflowError, ValueError, OSError):
        return match[0]
    written = {"t": "%H:%M", "T": "%H:%M:%S", "d": "%Y-%m-%d", "D": "%Y-%m-%d"}
    return moment.strftime(written.get(match[2] or "f", "%Y-%m-%d %H:%M UTC"))
