"""Text as Discord takes it: names made safe, lengths counted and cut as Discord counts them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NewType

# Text that may be shown as it is: written by us, or made safe by `escape`. A name from the data or from a
# person is a `str` until then, so that the type checker sees one that was forgotten.
Markdown = NewType("Markdown", str)

ELLIPSIS = "…"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
NO_BREAK_HYPHEN = "\N{NON-BREAKING HYPHEN}"
# Between the parts of a line. Where a line breaks, the dot stays at its end.
DOT = f"{NO_BREAK_SPACE}· "

# What would break a line, hide text or turn its direction: controls, lone surrogates, zero-width spaces,
# byte order marks and the explicit direction marks. Joiners stay: emoji and several scripts need them.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# Markdown that works anywhere in a line, then what only works at its start.
_ANYWHERE = re.compile(r"[\\*_~`|<>\[\]]|:(?=//)")
_AT_START = re.compile(r"^(?:[#>+-]|\d+(?=[.)]))")
# Most names are letters and harmless signs alone, which takes a fraction of the time to see.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9',.!?&:%]| (?! ))*(?<! )")
# The space before a number, in digits or Roman numerals, that ends a word.
_NUMBER_OF_TITLE = re.compile(r"(?<=\S) (?=(?:[0-9]{1,4}|[IVX]{1,5})(?![^\s:,]))")
_MASS_MENTION = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_UNSEEN = "□"
_NO_BREAK = "\u200b"
_JOINER = "\u200d"


def timestamp(moment: datetime, style: Literal["R", "d", "f"] = "f") -> Markdown:
    """Return a moment that Discord shows in each reader's own time zone and language.

    Args:
        moment: An aware moment.
        style: From the reader's present ("in 5 minutes"), a day, or a day with its time.
    """
    return Markdown(f"<t:{int(moment.timestamp())}:{style}>")


def length(text: str) -> int:
    """Count `text` in UTF-16 units, the largest of the ways in which Discord counts."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return `text` as one line of visible characters."""
    return " ".join(_INVISIBLE.sub(" ", text).split())


def shorten(text: str, limit: int) -> str:
    """Return `text`, cut to at most `limit` UTF-16 units with an ellipsis; no character is split."""
    if length(text) <= limit:
        return text
    room = limit - length(ELLIPSIS)
    used = 0
    for end, character in enumerate(text):
        used += length(character)
        if used > room:
            return text[: _whole(text, end)].rstrip() + ELLIPSIS
    return text


def _whole(text: str, end: int) -> int:
    """Return where to cut instead of at `end`: before a letter with its marks, an emoji, or an escape."""
    while end and (_continues(text[end]) or text[end - 1] == _JOINER):
        end -= 1
    head = text[:end]
    backslashes = len(head) - len(head.rstrip("\\"))
    return end - backslashes % 2


def _continues(character: str) -> bool:
    is_mark = unicodedata.category(character) in {"Mn", "Me", "Mc"}
    return is_mark or character == _JOINER or "\U0001f3fb" <= character <= "\U0001f3ff"


def escape(text: str, limit: int = 100) -> Markdown:
    """Return a name, or what a person typed, so that Discord shows it letter by letter.

    It becomes one line of at most `limit` UTF-16 units (before escaping), with no markdown, link or mention.
    One of which nothing can be seen becomes a sign for that, since Discord takes no empty title.
    """
    if len(text) <= limit and _PLAIN.fullmatch(text):
        return Markdown(text)
    line = shorten(clean(text), limit) or _UNSEEN
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _AT_START.sub(_escape_start, line)
    return Markdown(_MASS_MENTION.sub("@" + _NO_BREAK, line))


def escape_title(title: str, limit: int = 100) -> Markdown:
    """Return a game's title as `escape` does, with its number on the line of the word before it.

    "Portal 2" broken before the 2 reads as "Portal". What is copied from it is found all the same.
    """
    return Markdown(_NUMBER_OF_TITLE.sub(NO_BREAK_SPACE, escape(title, limit)))


def escape_text(text: str, limit: int, most_lines: int = 6) -> tuple[Markdown, ...]:
    """Return what a person wrote as lines that Discord shows letter by letter, its paragraphs kept.

    There are at most `limit` UTF-16 units (before escaping), in at most `most_lines` lines; where something
    is left out, the last ends in an ellipsis.
    """
    lines = [line for line in map(clean, text.splitlines()) if line]
    kept: list[Markdown] = []
    room = limit
    for line in lines[:most_lines]:
        is_last = len(kept) + 1 == most_lines and len(lines) > most_lines
        kept.append(escape(f"{line}{ELLIPSIS}" if is_last else line, room))
        room -= length(line)
        if room <= 0:
            break
    return tuple(kept)


def _escape_start(match: re.Match[str]) -> str:
    start = match.group()
    # A number starts a list by its full stop, so the backslash goes between the two.
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"


def bold(text: Markdown) -> Markdown:
    """Return `text` in bold."""
    return Markdown(f"**{text}**")


def quote(text: Markdown) -> Markdown:
    """Return a line set off as a quotation."""
    return Markdown(f"> {text}")


def unbroken(text: str) -> Markdown:
    """Return a few words, safe to show, between which no line breaks."""
    return Markdown(text.replace(" ", NO_BREAK_SPACE))


def unbroken_word(text: str) -> Markdown:
    """Return a word such as "co-op", safe to show, at whose hyphen no line breaks."""
    return Markdown(text.replace("-", NO_BREAK_HYPHEN))


def join(parts: Sequence[Markdown], separator: str = DOT) -> Markdown:
    """Put parts of a line together, leaving out the empty ones."""
    return Markdown(separator.join(part for part in parts if part))


def fit(lines: Sequence[Markdown], limit: int) -> tuple[str, int]:
    """Join as many whole lines as `limit` UTF-16 units hold; return them and how many were left out."""
    kept: list[str] = []
    used = 0
    for line in lines:
        used += length(line) + bool(kept)
        if used > limit:
            break
        kept.append(line)
    return "\n".join(kept), len(lines) - len(kept)
