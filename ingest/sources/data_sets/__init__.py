"""Data sets of other forms than the Steam files, each read by a mapping of its columns to our fields."""

from ingest.sources.data_sets.mapping import Holds, Mapping, People
from ingest.sources.data_sets.recognize import DataSetFile, by_adjacent_mapping, by_content, known_data_sets

__all__ = [
    "DataSetFile",
    "Holds",
    "Mapping",
    "People",
    "by_adjacent_mapping",
    "by_content",
    "known_data_sets",
]
