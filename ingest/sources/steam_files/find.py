"""Finding the three files among folders and paths."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceError
from ingest.parse.lines import UnreadableLine, decode
from ingest.sources.files import first_lines, foreign_kind, state_of
from ingest.sources.steam_files.role import Role, other_data_set, role_of_name, role_of_record

_LINES_SNIFFED = 20
_AS_PUBLISHED = (".json", ".json.gz")


class RoleMissing(SourceError):
    """A role that needs a file has none."""


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
    chosen, notes = find_roles(locations)
    return SteamFiles(chosen[Role.GAMES], chosen[Role.REVIEWS], chosen[Role.ITEMS], notes)


def find_roles(
    locations: Sequence[Path], *, without: Collection[Path] = (), are_all_needed: bool = True
) -> tuple[dict[Role, Path], tuple[str, ...]]:
    """Return the file of each role that `locations` (folders and single files) hold, and notes on the choice.

    Args:
        locations: Folders and files.
        without: Files of folders that are known to be something else.
        are_all_needed: Whether a role must have a file.

    Raises:
        RoleMissing: If a role that needs a file has none.
        SourceError: If a file is missing, unreadable, empty or of another role.
    """
    named = [location for location in locations if not is_folder(location)]
    folders = [location for location in locations if is_folder(location)]
    chosen: dict[Role, Path] = {}
    notes: list[str] = []
    for file in named:
        role = role_of_name(file.name) or _role_of_content(file)
        if role in chosen:
            raise SourceError(f"Both {chosen[role]} and {file} hold {role}; name one of them.")
        chosen[role] = file
    for role in Role:
        if role in chosen:
            continue
        found, note = _in_folders(folders, role, without)
        notes.extend(note)
        if found is not None:
            chosen[role] = found
        elif are_all_needed:
            places = " or ".join(str(location) for location in locations) or "no place at all"
            raise RoleMissing(
                f"No {role} file in {places}; it must be called {role.accepts}, unless there is a data set of"
                " docs/data-sets.md."
            )
    for role, file in chosen.items():
        actual = _role_of_content(file, role)
        if actual is not role:
            raise SourceError(f"{file} holds {actual} although it is given as {role}; name a {role} file.")
    return chosen, tuple(notes)


def is_folder(location: Path) -> bool:
    """Return whether a location is a folder.

    Raises:
        SourceError: There is nothing, or it cannot be reached.
    """
    try:
        state_of(location)
        return location.is_dir()
    except SourceError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            raise SourceError(f"{location} does not exist; check the path.") from error
        raise


def _in_folders(
    folders: Sequence[Path], role: Role, without: Collection[Path]
) -> tuple[Path | None, tuple[str, ...]]:
    for folder in folders:
        try:
            found = [
                file for file in folder.iterdir() if role_of_name(file.name) is role and file not in without
            ]
            found.sort(key=_by_preference)
        except OSError as error:
            raise SourceError(f"{folder} cannot be read ({error.strerror}); check its rights.") from None
        if len(found) > 1:
            others = ", ".join(file.name for file in found[1:])
            note = (
                f"Of the {role} files in {folder}, {found[0].name} is used; name another to use it: {others}."
            )
            return found[0], (note,)
        if found:
            return found[0], ()
    return None, ()


def _by_preference(file: Path) -> tuple[bool, bool, int, str]:
    """Put files before folders, names as published before others, and short names before long ones."""
    return not file.is_file(), not file.name.endswith(_AS_PUBLISHED), len(file.name), file.name


def _role_of_content(file: Path, expected: Role | None = None) -> Role:
    """Return the role that the keys of the first readable records give away.

    Raises:
        SourceError: There is none, or the file cannot be read.
    """

    def is_wanted(name: str) -> bool:
        return expected is not None and role_of_name(name) is expected

    lines = first_lines(file, _LINES_SNIFFED, is_wanted)
    if not lines:
        raise SourceError(f"{file} is empty; fetch it again.")
    others: list[str] = []
    for line in lines:
        try:
            record = decode(line)
        except UnreadableLine:
            continue
        role = role_of_record(record)
        if role is not None:
            return role
        if (other := other_data_set(record)) is not None:
            others.append(other)
    if (something := foreign_kind(file, is_wanted)) is not None:
        raise SourceError(f"{file} {something.what}; {something.remedy}.")
    if others:
        raise SourceError(
            f"{file} holds another data set ({others[0]}); use the files that McAuley's group published, or"
            " one of docs/data-sets.md."
        )
    if expected is None:
        raise SourceError(
            f"{file} holds neither games nor reviews nor items; name files such as steam_games.json.gz, or of"
            " a data set of docs/data-sets.md."
        )
    raise SourceError(f"{file} does not hold {expected}, one record a line; use the file as published.")
