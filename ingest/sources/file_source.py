"""Files as a source: the three Steam files, and data sets of other forms, alone or together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import msgspec

from ingest.clean.catalogue_day import catalogue_day
from ingest.clean.rows import AnonymousColumns, CleanGame, CleanReview, LibraryColumns
from ingest.sources.address import at_home, is_address
from ingest.sources.catalogues import Catalogue, merge_catalogues
from ingest.sources.data_sets import DataSetFile, Holds, People
from ingest.sources.data_sets.games import read_games as read_mapped_games
from ingest.sources.data_sets.people import read_libraries as read_mapped_libraries
from ingest.sources.data_sets.people import read_reviews as read_mapped_reviews
from ingest.sources.find import FoundFiles, find_inputs
from ingest.sources.source import InputRead, InputRecord, SourceRecord
from ingest.sources.steam_files.games import read_games
from ingest.sources.steam_files.libraries import ReadLibraries, read_libraries
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.reviews import read_reviews
from ingest.sources.steam_files.role import Role, role_of_name
from ingest.sources.steam_files.source_file import SourceFile
from ingest.sources.steam_files.unchanged import InputFile, unchanged_records
from store.runs import Progress, Stage


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
        read_libraries: ReadLibraries = read_libraries,
    ) -> None:
        """Name the files.

        Args:
            locations: Folders, files, and http(s) addresses of either.
            downloads: The folder that what is elsewhere is brought into.
            crawl_year: The year that Steam left out of the dates of its present year.
            max_reject_share: Reading stops once a larger share, 0 to 1, of a file's lines is sure to be
                refused; None is never.
            read_libraries: What reads the items file.
        """
        self._locations = locations
        self._downloads = downloads
        self._crawl_year = crawl_year
        self._max_reject_share = max_reject_share
        self._read_libraries = read_libraries
        self._files: FoundFiles | None = None
        self._readings: dict[str, Reading] = {}

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
        from ingest.sources.download import resolve  # noqa: PLC0415

        local = resolve(list(map(str, self._locations)), self._downloads, progress=progress)
        self._files = find_inputs(local)

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        """Return the records of the files if each has the content that the last run read, else None."""
        return unchanged_records(self._found.inputs, before, seen_at)

    def games(self, progress: Progress) -> Iterator[CleanGame]:
        """Yield the games of all catalogues, those of several as one."""
        found = self._found
        mapped = [data_set for data_set in found.data_sets if data_set.mapping.holds is Holds.GAMES]
        if not mapped:
            yield from self._steam_games(progress)
        elif len(mapped) == 1 and Role.GAMES not in found.steam:
            yield from self._mapped_games(mapped[0], progress)
        else:
            catalogues = [_catalogue(list(self._mapped_games(one, progress)), one) for one in mapped]
            steam = list(self._steam_games(progress))
            yield from merge_catalogues([*catalogues, _catalogue(steam)])

    def reviews(self, progress: Progress) -> Iterator[CleanReview]:
        """Yield the reviews of all files."""
        if Role.REVIEWS in self._found.steam:
            reading = self._begin_role(Role.REVIEWS, progress)
            with reading.file.reading(Stage.READING_REVIEWS):
                yield from read_reviews(reading, self._crawl_year)
        for data_set in self._holding(Holds.REVIEWS):
            reading = self._begin(data_set, progress)
            with reading.file.reading(Stage.READING_REVIEWS):
                yield from read_mapped_reviews(reading, data_set.mapping, self._crawl_year)

    def libraries(self, progress: Progress) -> Iterator[LibraryColumns | AnonymousColumns]:
        """Yield the libraries of all files."""
        if Role.ITEMS in self._found.steam:
            reading = self._begin_role(Role.ITEMS, progress)
            with reading.file.reading(Stage.READING_ITEMS):
                yield from self._read_libraries(reading)
        for data_set in self._holding(Holds.OWNED_GAMES):
            reading = self._begin(data_set, progress)
            with reading.file.reading(Stage.READING_ITEMS):
                if data_set.mapping.people is People.ANONYMOUS:
                    # Imported here: pandas is for these alone.
                    from ingest.sources.data_sets.anonymous import read_anonymous  # noqa: PLC0415

                    yield from read_anonymous(reading, data_set.mapping)
                else:
                    yield from read_mapped_libraries(reading, data_set.mapping)

    def inputs(self) -> tuple[InputRead, ...]:
        """Return what was read of the files, as far as it went."""
        names = [entry.name for entry in self._found.inputs]
        return tuple(self._readings[name].done() for name in names if name in self._readings)

    @property
    def _found(self) -> FoundFiles:
        assert self._files is not None, "a source is fetched before it is asked anything"
        return self._files

    def _holding(self, holds: Holds) -> list[DataSetFile]:
        return [data_set for data_set in self._found.data_sets if data_set.mapping.holds is holds]

    def _steam_games(self, progress: Progress) -> Iterator[CleanGame]:
        if Role.GAMES in self._found.steam:
            reading = self._begin_role(Role.GAMES, progress)
            with reading.file.reading(Stage.READING_GAMES):
                yield from read_games(reading)

    def _mapped_games(self, data_set: DataSetFile, progress: Progress) -> Iterator[CleanGame]:
        reading = self._begin(data_set, progress)
        with reading.file.reading(Stage.READING_GAMES):
            yield from read_mapped_games(reading, data_set.mapping)

    def _begin_role(self, role: Role, progress: Progress) -> Reading:
        file = SourceFile(self._found.steam[role], progress, lambda name: role_of_name(name) is role)
        return self._reading(InputFile(role, role.kind, file.file), file)

    def _begin(self, data_set: DataSetFile, progress: Progress) -> Reading:
        return self._reading(self._found.input_of(data_set), SourceFile(data_set.path, progress))

    def _reading(self, entry: InputFile, file: SourceFile) -> Reading:
        reading = self._readings[entry.name] = Reading(entry.name, entry.kind, file, self._max_reject_share)
        return reading


def _catalogue(games: list[CleanGame], data_set: DataSetFile | None = None) -> Catalogue:
    """Return a catalogue with the day that its mapping states, else the one that its games tell."""
    if data_set is not None and data_set.mapping.as_of is not None:
        return Catalogue(games, data_set.mapping.as_of)
    released = (game.release_date for game in games if game.release_date is not None)
    return Catalogue(games, catalogue_day(released, datetime.now(UTC).date()))
