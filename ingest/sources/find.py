"""Finding the Steam files and the data sets among folders and paths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceError
from ingest.sources.data_sets import DataSetFile, by_adjacent_mapping, by_content, known_data_sets
from ingest.sources.data_sets.mapping import Holds
from ingest.sources.data_sets.recognize import is_mapping_name
from ingest.sources.files.names import is_data_name, is_table_name
from ingest.sources.source import Kind
from ingest.sources.steam_files.find import RoleMissing, find_roles, is_folder
from ingest.sources.steam_files.role import Role, role_of_name
from ingest.sources.steam_files.unchanged import InputFile

# How many files of a folder are named that are none of those looked for.
_PASSED_OVER_TOLD = 3
_KINDS = {Holds.GAMES: Kind.GAMES, Holds.OWNED_GAMES: Kind.OWNED_GAMES, Holds.REVIEWS: Kind.REVIEWS}


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of a source. `notes` are sentences about choices that were made in finding them."""

    steam: dict[Role, Path]
    data_sets: tuple[DataSetFile, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        """All of them, each under a name of its own."""
        steam = [InputFile(role, role.kind, path) for role, path in self.steam.items()]
        return (*steam, *(self.input_of(data_set) for data_set in self.data_sets))

    def input_of(self, data_set: DataSetFile) -> InputFile:
        """Return a file of a data set under its name, or its path where several have that name."""
        path = data_set.path
        taken = [*Role, *(other.path.name for other in self.data_sets if other is not data_set)]
        name = str(path) if path.name in taken else path.name
        return InputFile(name, _KINDS[data_set.mapping.holds], path)


def find_inputs(locations: Sequence[Path]) -> FoundFiles:
    """Return the files that `locations` (folders and single files) hold, each recognised by its content.

    Without any data set, all three Steam files are needed; with one, those count that there are.

    Raises:
        SourceError: If something is missing, unreadable, empty, or is given as what it is not.
    """
    passed_over: dict[Path, str] = {}
    data_sets = [found for location in locations for found in _data_sets(location, passed_over)]
    taken = {found.path for found in data_sets}
    try:
        steam, notes = find_roles(
            [location for location in locations if location not in taken],
            without=taken,
            are_all_needed=not data_sets,
        )
    except RoleMissing as error:
        if not passed_over:
            raise
        raise SourceError(f"{error} What else is there: {_told(passed_over)}") from error
    return FoundFiles(steam, tuple(data_sets), notes)


def _data_sets(location: Path, passed_over: dict[Path, str]) -> list[DataSetFile]:
    """Return the data sets of a location; other files of a folder go to `passed_over` with the reason."""
    if not is_folder(location):
        found = by_adjacent_mapping(location) or by_content(location)
        if found is None and is_table_name(location.name):
            raise SourceError(f"{location} is of no data set that is known: {_known()}.")
        return [] if found is None else [found]
    try:
        files = sorted(file for file in location.iterdir() if file.is_file() and _may_hold_data(file.name))
    except OSError as error:
        raise SourceError(f"{location} cannot be read ({error.strerror}); check its rights.") from None
    return [
        found
        for file in files
        if (found := by_adjacent_mapping(file) or _by_content(file, passed_over)) is not None
    ]


def _may_hold_data(name: str) -> bool:
    return is_data_name(name) and not is_mapping_name(name)


def _by_content(file: Path, passed_over: dict[Path, str]) -> DataSetFile | None:
    """Return the data set in a file; what is wrong with a Steam file is said by who looks for those."""
    try:
        found = by_content(file)
        reason = f"{file} is of no known data set."
    except SourceError as error:
        found, reason = None, str(error)
    if found is None and role_of_name(file.name) is None:
        passed_over[file] = reason
    return found


def _told(passed_over: Mapping[Path, str]) -> str:
    """Return the first few reasons as sentences."""
    told = [*passed_over.values()][:_PASSED_OVER_TOLD]
    more = len(passed_over) - len(told)
    return " ".join([*told, *([f"And {more} more files."] if more else [])])


def _known() -> str:
    names = "; ".join(mapping.name for mapping in known_data_sets())
    return f"{names}; or put a mapping beside it, as docs/data-sets.md says"
