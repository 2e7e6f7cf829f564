"""The generated sample: three raw files to try everything on, without anybody's data."""

from ingest.sample.games_file import GamesFormat
from ingest.sample.writer import SampleCounts, SampleFiles, write_sample

__all__ = ["GamesFormat", "SampleCounts", "SampleFiles", "write_sample"]
