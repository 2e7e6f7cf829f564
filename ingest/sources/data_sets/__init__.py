"""Data sets of other forms than the Steam files, each understood by a mapping of its columns to our fields."""

from ingest.sources.data_sets.mapping import Holds, Mapping, People
from ingest.sources.data_sets.recognize import DataSetFile, known_data_sets, recognize

__all__ = ["DataSetFile", "Holds", "Mapping", "People", "known_data_sets", "recognize"]
