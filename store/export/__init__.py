"""The tables of `store.frames` as files of Parquet or CSV, and reading them back with the same types.

As `store.frames`, it is not imported by `store`, since a bot that serves does not load pandas.
"""

from store.export.export import MANIFEST, Exported, export
from store.export.formats import Format
from store.export.reading import read_table

__all__ = ["MANIFEST", "Exported", "Format", "export", "read_table"]
