"""Reading the files of a source: their games, reviews and libraries, the Steam files and data sets together.

A module apart from the source itself: a run that finds nothing new reads nothing, and all that reading takes
would be loaded for nothing.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from ingest.clean.catalogue_day import catalogue_day
from ingest.clean.rows import AnonymousColumns, CleanGame, CleanReview, LibraryColumns
from ingest.sources.catalogues import Catalogue, merge_catalogues
from ingest.sources.data_sets import DataSetFile, Holds, People
from ingest.sources.data_sets.games import read_games as read_mapped_games
from ingest.sources.data_sets.people import read_libraries as read_mapped_libraries
from ingest.sources.data_sets.people import read_reviews as read_mapped_reviews
from ingest.sources.find import FoundFiles
from ingest.sources.source import InputRead
from ingest.sources.steam_files.games import read_games
from ingest.sources.steam_files.libraries import ReadLibraries
from ingest.sources.steam_files.libraries import read_libraries as read_steam_libraries
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.reviews import read_reviews
from ingest.sources.steam_files.role import Role, role_of_name
from ingest.sources.steam_files.source_file import SourceFile
from ingest.sources.steam_files.unchanged import InputFile
from store.runs import Progress, Stage


class FileReader:
    """Reads what files hold, each once and to its end.

    Of a game the newest catalogue's facts count, and older ones fill its gaps; libraries and reviews of all
    files add up.
    """

    def __init__(
        self,
        found: FoundFiles,
        *,
        crawl_year: int,
        max_reject_share: float | None,
        read_libraries: ReadLibraries | None,
    ) -> None:
        """Take the files, and what `FileSource` says of reading them."""
        self._found = found
        self._crawl_year = crawl_year
        self._max_reject_share = max_reject_share
        self._read_libraries = read_libraries or read_steam_libraries
        self._readings: dict[str, Reading] = {}

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
                    # Imported here: pandas is only for these.
                    from ingest.sources.data_sets.anonymous import read_anonymous

                    yield from read_anonymous(reading, data_set.mapping)
                else:
                    yield from read_mapped_libraries(reading, data_set.mapping)

    def inputs(self) -> tuple[InputRead, ...]:
        """Return what was read of the files, as far as it went."""
        names = [entry.name for entry in self._found.inputs]
        return tuple(self._readings[name].done() for name in names if name in self._readings)

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
    released = Counter(game.release_date for game in games if game.release_date is not None)
    return Catalogue(games, catalogue_day(released, datetime.now(UTC).date()))
