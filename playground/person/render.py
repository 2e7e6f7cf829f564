"""Messages as a person sees them, drawn for a terminal."""

import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from playground.world.model import Json

FLAG_EPHEMERAL = 1 << 6
FLAG_LOADING = 1 << 7
EPHEMERAL_NOTE = "Only you can see this"
THINKING = "thinking…"

_BAR = "┃ "


def render_message(message: Json, width: int = 80) -> str:
    """Return a message object as text, at most `width` columns wide.

    Embeds stand behind a bar with their title, fields and footer; buttons and menus are drawn in brackets;
    images and files are named. Markdown stays as written: it is readable as it is.
    """
    lines: list[str] = []
    flags = message.get("flags") or 0
    if flags & FLAG_LOADING:
        lines.append(f"{message.get('author', {}).get('username', 'The bot')} is {THINKING}")
    lines += _wrapped(message.get("content") or "", width)
    for embed in message.get("embeds") or []:
        lines += _bar(render_embed(embed, width - len(_BAR)))
    for component in message.get("components") or []:
        lines += _component(component, width)
    lines += [f"[file: {attachment['filename']}]" for attachment in message.get("attachments") or []]
    if flags & FLAG_EPHEMERAL:
        lines.append(f"({EPHEMERAL_NOTE})")
    return "\n".join(line.rstrip() for line in lines)


def render_embed(embed: Json, width: int = 78) -> list[str]:
    """One embed as lines, without its bar."""
    blocks: list[list[str]] = []
    if embed.get("author"):
        blocks.append(_wrapped(embed["author"]["name"], width))
    if embed.get("title"):
        title = _wrapped(embed["title"], width)
        blocks.append([*title, embed["url"]] if embed.get("url") else title)
    if embed.get("description"):
        blocks.append(_wrapped(embed["description"], width))
    blocks += _fields(embed.get("fields") or [], width)
    for key in ("image", "thumbnail"):
        if embed.get(key):
            blocks.append(_wrapped(_media(key, {"media": embed[key], **embed[key]}), width))
    footer = [embed["footer"]["text"]] if embed.get("footer") else []
    if embed.get("timestamp"):
        footer.append(embed["timestamp"])
    if footer:
        blocks.append(_wrapped(" • ".join(footer), width))
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block] if lines else block
    return lines


def _fields(fields: list[Json], width: int) -> list[list[str]]:
    blocks: list[list[str]] = []
    row: list[Json] = []
    for field in fields:
        if row and (not field.get("inline") or len(row) == 3):
            blocks.append(_row(row, width))
            row = []
        if field.get("inline"):
            row.append(field)
        else:
            blocks.append([*_wrapped(field["name"], width), *_indented(field["value"], width)])
    if row:
        blocks.append(_row(row, width))
    return blocks


def _row(fields: list[Json], width: int) -> list[str]:
    column = width // len(fields) - 2
    cells = [[*_wrapped(field["name"], column), *_wrapped(field["value"], column)] for field in fields]
    height = max(len(cell) for cell in cells)
    lines = []
    for position in range(height):
        parts = [(cell[position] if position < len(cell) else "").ljust(column) for cell in cells]
        lines.append("  ".join(parts).rstrip())
    return lines


def _component(component: Json, width: int) -> list[str]:
    draw = _DRAWN.get(component["type"])
    return draw(component, width) if draw is not None else [_control(component)]


def _row_of_controls(component: Json, width: int) -> list[str]:
    return _wrapped("  ".join(_control(part) for part in component["components"]), width)


def _section(component: Json, width: int) -> list[str]:
    return [*_all(component["components"], width), *_component(component["accessory"], width)]


def _all(components: Iterable[Json], width: int) -> list[str]:
    return [line for component in components for line in _component(component, width)]


def _control(part: Json) -> str:
    if part["type"] == 2:
        label = button_label(part)
        link = f" → {part['url']}" if part.get("url") else ""
        return f"({label})" if part.get("disabled") else f"[{label}{link}]"
    chosen = [option["label"] for option in part.get("options") or [] if option.get("default")]
    text = ", ".join(chosen) or part.get("placeholder") or "Make a selection"
    return f"({text} ▾)" if part.get("disabled") else f"[{text} ▾]"


def button_label(part: Json) -> str:
    """Return a button's emoji and label, as shown."""
    return " ".join(filter(None, [(part.get("emoji") or {}).get("name"), part.get("label")]))


def _media(kind: str, item: Json) -> str:
    about = f" ({item['description']})" if item.get("description") else ""
    return f"[{kind}: {_file_name(item['media']['url'])}{about}]"


def _file_name(address: Any) -> str:
    return str(address).split("?", 1)[0].rsplit("/", 1)[-1] or str(address)


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        wrap = textwrap.wrap(
            line, max(width, 20), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        lines += wrap or [""]
    return lines


def _indented(text: str, width: int) -> list[str]:
    return ["  " + line for line in _wrapped(text, width - 2)]


def _bar(lines: Iterable[str]) -> list[str]:
    return [_BAR + line for line in lines]


_DRAWN: dict[int, Callable[[Json, int], list[str]]] = {
    1: _row_of_controls,
    9: _section,
    10: lambda component, width: _wrapped(component["content"], width),
    11: lambda component, width: [_media("thumbnail", component)],
    12: lambda component, width: [_media("image", item) for item in component["items"]],
    13: lambda component, width: [f"[file: {_file_name(component['file']['url'])}]"],
    14: lambda component, width: ["─" * min(width, 40) if component.get("divider") else ""],
    17: lambda component, width: _bar(_all(component["components"], width - len(_BAR))),
}
