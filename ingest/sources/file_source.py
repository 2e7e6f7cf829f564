"""Files as a source: the three Steam files, and data sets of other forms, alone or together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from ingest.sources.address import at_home, is_address
from ingest.sources.find import FoundFiles, find_inputs
from ingest.sources.source import InputRead, InputRecord, SourceRecord
from ingest.sources.steam_files.unchanged import unchanged_records
from store.runs import Progress

if TYPE_CHECKING:
    from ingest.clean.rows import AnonymousColumns, CleanGame, CleanReview, LibraryColumns
    from ingest.sources.file_reading import FileReader
    from ingest.sources.steam_files.libraries import ReadLibraries


class FileSource:
    """Games, reviews and libraries from files.

    Of a game the newest catalogue's facts count, and older ones fill its gaps; libraries and reviews of all
    files add up.
    """

    def __init__(
        self,
        locations: Sequence[str | Path],
        *,
        downloads: Path,
        crawl_year: int,
        max_reject_share: float | None = None,
        read_libraries: "ReadLibraries | None" = None,
    ) -> None:
        """Name the files.

        Args:
            locations: Folders, files, and http(s) addresses of either.
            downloads: The folder that what is elsewhere is brought into.
            crawl_year: The year that Steam left out of the dates of its present year.
            max_reject_share: Reading stops once a larger share, 0 to 1, of a file's lines is sure to be
                refused; None is never.
            read_libraries: What reads the items file; None is this process.
        """
        self._locations = locations
        self._downloads = downloads
        self._crawl_year = crawl_year
        self._max_reject_share = max_reject_share
        self._read_libraries = read_libraries
        self._files: FoundFiles | None = None
        self._reader: FileReader | None = None

    @property
    def is_remote(self) -> bool:
        """Whether any of the files is at an address."""
        return any(map(is_address, self._locations))

    @property
    def is_partial(self) -> bool:
        """False: a file comes as a whole or not at all."""
        return False

    @property
    def rules(self) -> Mapping[str, int]:
        """The year that stands in for one that a date lacks, which files there are, and their mappings."""
        rules = {"crawl_year": self._crawl_year}
        if self._found.data_sets:
            names = [entry.name for entry in self._found.inputs]
            mappings = [data_set.mapping for data_set in self._found.data_sets]
            rules["data_sets"] = crc32(msgspec.json.encode((names, mappings), order="sorted"))
        return rules

    @property
    def notes(self) -> Sequence[str]:
        """Which file was taken where a folder has several of a role."""
        return self._found.notes

    def fetch(self, progress: Progress) -> None:
        """Download what is elsewhere, and find what each file is.

        Raises:
            SourceError: If a file is missing, unreadable, empty or of a form that is not known.
            DownloadError: If a file cannot be downloaded.
        """
        if not self.is_remote:
            self._files = find_inputs([at_home(location) for location in self._locations])
            return
        # Imported here: few sources are addresses.
        from ingest.sources.download import resolve

        local = resolve(list(map(str, self._locations)), self._downloads, progress=progress)
        self._files = find_inputs(local)

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        """Return the records of the files if each has the content that the last run read, else None."""
        return unchanged_records(self._found.inputs, before, seen_at)

    def games(self, progress: Progress) -> "Iterator[CleanGame]":
        """Yield the games of all catalogues, those of several as one."""
        return self._reading().games(progress)

    def reviews(self, progress: Progress) -> "Iterator[CleanReview]":
        """Yield the reviews of all files."""
        return self._reading().reviews(progress)

    def libraries(self, progress: Progress) -> "Iterator[LibraryColumns | AnonymousColumns]":
        """Yield the libraries of all files."""
        return self._reading().libraries(progress)

    def inputs(self) -> tuple[InputRead, ...]:
        """Return what was read of the files, as far as it went."""
        return self._reading().inputs()

    @property
    def _found(self) -> FoundFiles:
        assert self._files is not None, "a source is fetched before it is asked anything"
        return self._files

    def _reading(self) -> "FileReader":
        """Return what reads the files that were found."""
        if self._reader is None:
            # Imported here: a run that finds nothing new reads nothing.
            from ingest.sources.file_reading import FileReader

            self._reader = FileReader(
                self._found,
                crawl_year=self._crawl_year,
                max_reject_share=self._max_reject_share,
                read_libraries=self._read_libraries,
            )
        return self._reader
