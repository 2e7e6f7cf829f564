"""The three files as a source."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from ingest.clean.rows import CleanGame, CleanReview, LibraryColumns
from ingest.sources.address import at_home, is_address
from ingest.sources.source import InputRead, InputRecord, SourceRecord
from ingest.sources.steam_files.find import SteamFiles, find_files
from ingest.sources.steam_files.games import read_games
from ingest.sources.steam_files.libraries import read_libraries
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.reviews import read_reviews
from ingest.sources.steam_files.role import Role, role_of_name
from ingest.sources.steam_files.source_file import SourceFile
from ingest.sources.steam_files.unchanged import unchanged_records
from store.runs import Progress, Stage


class SteamFilesSource:
    """Games, reviews and libraries from the files that McAuley's group published, or others of their form."""

    def __init__(
        self,
        locations: Sequence[str | Path],
        *,
        downloads: Path,
        crawl_year: int,
        max_reject_share: float | None = None,
    ) -> None:
        """Name the files.

        Args:
            locations: Folders, files, and http(s) addresses of either.
            downloads: The folder that what is elsewhere is brought into.
            crawl_year: The year that Steam left out of the dates of its present year.
            max_reject_share: Reading stops once a larger share, 0 to 1, of a file's lines is sure to be
                refused; None is never.
        """
        self._locations = locations
        self._downloads = downloads
        self._crawl_year = crawl_year
        self._max_reject_share = max_reject_share
        self._files: SteamFiles | None = None
        self._readings: dict[Role, Reading] = {}

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
        """The year that stands in for one that a date lacks."""
        return {"crawl_year": self._crawl_year}

    @property
    def notes(self) -> Sequence[str]:
        """Which file was taken where a folder has several of a role."""
        return self._found.notes

    def fetch(self, progress: Progress) -> None:
        """Download what is elsewhere, and find one file for each role.

        Raises:
            SourceError: If a role has no file, or if a file is missing, unreadable, empty or of another role.
            DownloadError: If a file cannot be downloaded.
        """
        if not self.is_remote:
            self._files = find_files([at_home(location) for location in self._locations])
            return
        # Imported here: few sources are addresses.
        from ingest.sources.download import resolve  # noqa: PLC0415

        local = resolve(list(map(str, self._locations)), self._downloads, progress=progress)
        self._files = find_files(local)

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        """Return the records of the three files if each has the content that the last run read, else None."""
        return unchanged_records(self._found, before, seen_at)

    def games(self, progress: Progress) -> Iterator[CleanGame]:
        """Yield the apps of the games file."""
        reading = self._begin(Role.GAMES, progress)
        with reading.file.reading(Stage.READING_GAMES):
            yield from read_games(reading)

    def reviews(self, progress: Progress) -> Iterator[CleanReview]:
        """Yield the reviews of the reviews file."""
        reading = self._begin(Role.REVIEWS, progress)
        with reading.file.reading(Stage.READING_REVIEWS):
            yield from read_reviews(reading, self._crawl_year)

    def libraries(self, progress: Progress) -> Iterator[LibraryColumns]:
        """Yield the libraries of the items file."""
        reading = self._begin(Role.ITEMS, progress)
        with reading.file.reading(Stage.READING_ITEMS):
            yield from read_libraries(reading)

    def inputs(self) -> tuple[InputRead, ...]:
        """Return what was read of the three files, as far as it went."""
        return tuple(self._readings[role].done() for role in Role if role in self._readings)

    @property
    def _found(self) -> SteamFiles:
        assert self._files is not None, "a source is fetched before it is asked anything"
        return self._files

    def _begin(self, role: Role, progress: Progress) -> Reading:
        file = SourceFile(self._found.of(role), progress, lambda name: role_of_name(name) is role)
        reading = self._readings[role] = Reading(role, file, self._max_reject_share)
        return reading
