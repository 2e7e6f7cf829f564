"""The environment as people write it: the file `.env`, and names that are nearly those of settings."""

import codecs
import io
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dotenv.parser import parse_stream

from store import NextplayError

DOTENV = Path(".env")

_OF_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# Two names are alike from this share of equal letters on, in percent: one letter of eight is wrong.
_ALIKE = 87.0
_PREFIX = "NEXTPLAY"


class SettingsError(NextplayError):
    """A setting has a value that cannot be used. The message is one sentence for the person who set it."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A variable that is no setting though it looks like one; `nearest` is the setting that it resembles."""

    name: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class RepeatedName:
    """A variable that `.env` sets more than once, and in which of its lines; the last counts."""

    name: str
    lines: tuple[int, ...]


def dotenv_names(file: Path = DOTENV) -> tuple[str, ...]:
    """Read the names that `.env` sets; none where there is no such file.

    Raises:
        SettingsError: The file cannot be read, is not in UTF-8, or has a line that sets nothing.
    """
    return tuple(name for name, _ in _set_in(file))


def repeated_names(file: Path = DOTENV) -> tuple[RepeatedName, ...]:
    """Return the names that `.env` sets more than once, in whatever case. Raises as `dotenv_names` does."""
    lines: dict[str, list[int]] = {}
    for name, line in _set_in(file):
        lines.setdefault(name.upper(), []).append(line)
    return tuple(RepeatedName(name, tuple(found)) for name, found in lines.items() if len(found) > 1)


def _set_in(file: Path) -> Iterator[tuple[str, int]]:
    """Yield each name that a file sets, and in which line."""
    for binding in parse_stream(io.StringIO(_text(file))):
        written = binding.original.string
        # Empty lines before it are part of what is written.
        line = binding.original.line + written[: len(written) - len(written.lstrip())].count("\n")
        if binding.error:
            raise SettingsError(
                f"Line {line} of {file} cannot be read; write NAME=value, or # before a comment."
            )
        if binding.key is not None:
            yield binding.key, line


def unknown_names(known: Collection[str], names: Iterable[str]) -> Iterator[UnknownName]:
    """Find the names that begin as our settings do, or resemble one, but are not settings."""
    # Imported here: every command reads the environment, and few look for words misspelt.
    from rapidfuzz import fuzz, process

    for name in sorted({name.upper() for name in names} - set(known)):
        match = process.extractOne(name, known, scorer=fuzz.ratio)
        if name.startswith(_PREFIX) or match[1] >= _ALIKE:
            yield UnknownName(name, match[0] if match[1] >= _ALIKE else None)


def names_set() -> tuple[str, ...]:
    """Return all names of the environment and `.env`. Raises SettingsError as `dotenv_names` does."""
    return (*os.environ, *dotenv_names())


def _text(file: Path) -> str:
    try:
        if file.is_dir():
            raise SettingsError(f"{file} is a folder; remove it, or put a file of that name in its place.")
        # Anything but a plain file, such as a pipe, can be read only once, and is left to pydantic-settings.
        data = file.read_bytes() if file.is_file() else b""
    except OSError as error:
        raise SettingsError(
            f"The file {file} cannot be read: {error.strerror}; check its permissions."
        ) from error
    if data.startswith(_OF_OTHER_ENCODINGS) or b"\0" in data:
        raise SettingsError(
            f"The file {file} is not in UTF-8 but, as PowerShell writes it, in UTF-16, or holds NUL bytes; "
            "save it as UTF-8."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"Line {line} of {file} is not in UTF-8; save the file as UTF-8.") from None
