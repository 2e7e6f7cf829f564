"""Recognising the data set of a file: by a mapping beside it, else by its columns."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from ingest.parse.lines import UnreadableLine, decode
from ingest.sources.data_sets.csv_rows import cells_of, names_of
from ingest.sources.data_sets.json_records import with_key
from ingest.sources.data_sets.mapping import Form, Mapping, read_mapping
from ingest.sources.files import first_lines, opened

_LINES_SNIFFED = 20
_MAPPING_SUFFIXES = (".mapping.toml", ".mapping.json")


@dataclass(frozen=True, slots=True)
class DataSetFile:
    """A file, and how its records are read."""

    path: Path
    mapping: Mapping


@cache
def known_data_sets() -> tuple[Mapping, ...]:
    """Return the mappings that come with Nextplay, by name."""
    folder = resources.files(__package__) / "mappings"
    files = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    read = (read_mapping(file.read_bytes(), Path(file.name)) for file in files)
    return tuple(sorted(read, key=lambda mapping: mapping.name))


def is_mapping_name(name: str) -> bool:
    """Return whether a file of this name is a mapping rather than data."""
    return name.endswith(_MAPPING_SUFFIXES)


def by_adjacent_mapping(file: Path) -> DataSetFile | None:
    """Return the file with the mapping that lies beside it, if there is one.

    Raises:
        SourceError: The mapping is of no use.
    """
    beside = _adjacent_mapping(file)
    if beside is None:
        return None
    with opened(beside) as stream:
        return DataSetFile(file, read_mapping(stream.read(), beside))


def by_content(file: Path) -> DataSetFile | None:
    """Return the file with the mapping of the known data set whose columns it has, if it has those of one.

    Raises:
        SourceError: It cannot be read.
    """
    lines = first_lines(file, _LINES_SNIFFED)
    matching = [mapping for mapping in known_data_sets() if _is_of(mapping, lines)]
    best = max(matching, key=lambda mapping: len(mapping.recognize), default=None)
    return None if best is None else DataSetFile(file, best)


def _adjacent_mapping(file: Path) -> Path | None:
    """Return `games.csv.gz.mapping.toml`, or `games.csv.` or `games.mapping.toml`, if it is there."""
    name = file.name
    while True:
        for suffix in _MAPPING_SUFFIXES:
            if (beside := file.with_name(name + suffix)).is_file():
                return beside
        shorter = name.rpartition(".")[0]
        if not shorter:
            return None
        name = shorter


def _is_of(mapping: Mapping, lines: Sequence[bytes]) -> bool:
    if not mapping.recognize:
        return False
    columns = _header(mapping, lines) if mapping.form is Form.CSV else _members(mapping, lines)
    return columns.issuperset(mapping.recognize)


def _header(mapping: Mapping, lines: Sequence[bytes]) -> frozenset[str]:
    try:
        cells = cells_of(lines[0].decode(), mapping.delimiter) if lines else []
    except (UnicodeDecodeError, csv.Error):
        return frozenset()
    return frozenset(names_of(cells, mapping.joined))


def _members(mapping: Mapping, lines: Sequence[bytes]) -> frozenset[str]:
    """Return the names in the first record that can be read."""
    for line in lines:
        try:
            record = decode(line)
        except UnreadableLine:
            continue
        if isinstance(record, dict):
            return frozenset(with_key(record, mapping.key))
    return frozenset()
