"""Finding the three files among folders and paths."""

import enum
import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.errors import SourceError
from ingest.parse.lines import UnreadableLine, decode

_LINES_SNIFFED = 20
_LONGEST_SNIFFED_LINE = 1 << 26


class Role(enum.StrEnum):
    """What a file holds."""

    GAMES = "games"
    REVIEWS = "reviews"
    ITEMS = "items"

    @property
    def pattern(self) -> str:
        """The part of a file name that gives the role away."""
        return {Role.GAMES: "steam_games", Role.REVIEWS: "user_reviews", Role.ITEMS: "users_items"}[self]

    @property
    def accepts(self) -> str:
        """The file names that are looked for, as a person would write them."""
        return f"*{self.pattern}*.json or *{self.pattern}*.json.gz"


@dataclass(frozen=True, slots=True)
class SteamFiles:
    """One file for each role. `notes` are sentences about choices that were made in finding them."""

    games: Path
    reviews: Path
    items: Path
    notes: tuple[str, ...] = ()

    def of(self, role: Role) -> Path:
        """Return the file of a role."""
        return {Role.GAMES: self.games, Role.REVIEWS: self.reviews, Role.ITEMS: self.items}[role]


def find_files(locations: Sequence[Path]) -> SteamFiles:
    """Return the three files that `locations` (folders and single files) hold.

    A single file goes before those of a folder; of several in one folder the shortest name wins.

    Raises:
        SourceError: If a role has no file, or if a file is missing, unreadable, empty or of another role.
    """
    named = [_existing(location) for location in locations if not location.is_dir()]
    folders = [location for location in locations if location.is_dir()]
    chosen: dict[Role, Path] = {}
    notes: list[str] = []
    for file in named:
        role = role_of_name(file.name) or _role_of_content(file)
        if role is None:
            raise SourceError(
                f"{file} holds neither games nor reviews nor items; name files such as steam_games.json.gz."
            )
        if role in chosen:
            raise SourceError(f"Both {chosen[role]} and {file} hold {role}; name one of them.")
        chosen[role] = file
    for role in Role:
        if role not in chosen:
            file, note = _in_folders(folders, role, locations)
            chosen[role] = file
            notes.extend(note)
    for role, file in chosen.items():
        _require_role(file, role)
    return SteamFiles(chosen[Role.GAMES], chosen[Role.REVIEWS], chosen[Role.ITEMS], tuple(notes))


def role_of_name(name: str) -> Role | None:
    """Return the role that a file name such as `australian_user_reviews.json.gz` gives away, if any."""
    if name.endswith((".json", ".json.gz")):
        return next((role for role in Role if role.pattern in name), None)
    return None


def _existing(file: Path) -> Path:
    if not file.exists():
        raise SourceError(f"{file} does not exist; check the path.")
    return file


def _in_folders(
    folders: Sequence[Path], role: Role, locations: Sequence[Path]
) -> tuple[Path, tuple[str, ...]]:
    for folder in folders:
        try:
            found = [file for file in folder.iterdir() if role_of_name(file.name) is role]
        except OSError as error:
            raise SourceError(f"{folder} cannot be read ({error.strerror}); check its rights.") from None
        found.sort(key=lambda file: (len(file.name), file.name))
        if len(found) > 1:
            others = ", ".join(file.name for file in found[1:])
            note = (
                f"Of the {role} files in {folder}, {found[0].name} is used; name another to use it: {others}."
            )
            return found[0], (note,)
        if found:
            return found[0], ()
    places = " or ".join(str(location) for location in locations) or "no place at all"
    raise SourceError(f"No {role} file in {places}; it must be called {role.accepts}.")


def _require_role(file: Path, role: Role) -> None:
    actual = _role_of_content(file)
    if actual is None:
        raise SourceError(f"{file} does not hold {role}, one record a line; use the file as published.")
    if actual is not role:
        raise SourceError(f"{file} holds {actual} although it is given as {role}; name a {role} file.")


def _role_of_content(file: Path) -> Role | None:
    """Return the role that the keys of the first readable records give away."""
    empty = True
    for line in _first_lines(file):
        empty = False
        try:
            role = _role_of_record(decode(line))
        except UnreadableLine:
            continue
        if role is not None:
            return role
    if empty:
        raise SourceError(f"{file} is empty; fetch it again.")
    return None


def _first_lines(file: Path) -> Iterator[bytes]:
    """Yield the first lines that are not blank, without judging how the file goes on."""
    try:
        with file.open("rb") as stored:
            packed = stored.read(2) == b"\x1f\x8b"
            stored.seek(0)
            stream = gzip.GzipFile(fileobj=stored) if packed else stored
            lines = iter(lambda: stream.readline(_LONGEST_SNIFFED_LINE), b"")
            yield from islice((line.strip() for line in lines if line.strip()), _LINES_SNIFFED)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise SourceError(f"{file} is damaged or ends in the middle; fetch it again.") from None
    except OSError as error:
        raise SourceError(
            f"{file} cannot be read ({error.strerror or error}); check the path and its rights."
        ) from None


def _role_of_record(record: Any) -> Role | None:
    if not isinstance(record, dict):
        return None
    if "user_id" in record:
        return Role.ITEMS if "items" in record else Role.REVIEWS if "reviews" in record else None
    return Role.GAMES if "app_name" in record or "url" in record else None
