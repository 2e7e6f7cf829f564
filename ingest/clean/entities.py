"""Resolving HTML entities until none are left, in time proportional to the text, however they are nested."""

import re
from html import unescape

# Ampersands are what is escaped again and again; a whole chain of them is one.
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0*+38(?![0-9])|#[xX]0*+26(?![0-9a-fA-F]));?)++")
# A number of this many digits names no character, unless it begins with zeros.
_LONG_NUMBER = re.compile(r"&#(?:([xX])0*+([0-9a-fA-F]*+)|0*+([0-9]*+))(;?)")
_LONGEST_NUMBER = 8
# Rounds that people's and programs' escaping needs; what goes on is resolved one by one.
_ROUNDS = 4
# The longest name of an entity has fewer characters.
_LONGEST_ENTITY = 40
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def resolve_entities(text: str) -> str:
    """Return `text` with its HTML entities resolved until none are left (`&amp;amp;` exists)."""
    for _round in range(_ROUNDS):
        if "&" not in text:
            return text
        resolved = _unescape(_AMPERSANDS.sub("&", text))
        if resolved == text:
            return text
        text = resolved
    return _resolve_one_by_one(text)


def _unescape(text: str) -> str:
    # html.unescape() would read a number of any length, which Python refuses.
    return unescape(_LONG_NUMBER.sub(_shorten, text) if "&#" in text else text)


def _shorten(found: re.Match[str]) -> str:
    x, hexadecimal, decimal, end = found.groups()
    digits = decimal if x is None else hexadecimal
    if len(digits) > _LONGEST_NUMBER:
        return "\ufffd"
    if found.end() - found.start() < _LONGEST_ENTITY:
        return found[0]
    return f"&#{x or ''}{digits or '0'}{end}"


def _resolve_one_by_one(text: str) -> str:
    """Resolve the entities from left to right, looking again at what each one leaves."""
    left: list[str] = []
    right = list(reversed(_LONG_NUMBER.sub(_shorten, text)))
    while right:
        if right[-1] != "&":
            left.append(right.pop())
            continue
        ahead = "".join(right[: -_LONGEST_ENTITY - 1 : -1])
        found = _ENTITY.match(ahead)
        resolved = _unescape(found[0]) if found else ""
        if found is None or resolved == found[0]:
            left.append(right.pop())
            continue
        del right[-len(found[0]) :]
        right.extend(reversed(resolved))
        # It may be the rest of an entity that began before it.
        for _character in range(min(_LONGEST_ENTITY, len(left))):
            right.append(left.pop())
            if right[-1] == "&":
                break
    return "".join(left)
