"""Several sources as one: facts come from the first, and the others fill what it lacks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from ingest.clean.genres import genres_in
from ingest.clean.row_copies import RowCopies
from ingest.clean.rows import AnonymousColumns, CleanGame, CleanReview, LibraryColumns
from ingest.sources.source import InputRead, InputRecord, Source, SourceRecord
from store.runs import Progress

# Facts that do not age. A price, an offer, an age or a rating that the first source does not know stays
# unknown: what a later source has of it may be years old.
_FILLED = (
    "title",
    "publisher",
    "metascore",
    "developers",
    "genres",
    "tags",
    "specs",
    "titles",
)
_WITH_GENRES = RowCopies("genres")
_RELEASE = ("release_date", "release_year", "release_text")


class CombinedSource:
    """Sources in their order: of a game the first one's facts count, reviews and libraries are of all.

    A game that is still without genres has those that its tags name.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        """Name the sources; no two may have inputs of one name."""
        self._sources = sources
        self._with_genres_of_tags = 0

    @property
    def is_remote(self) -> bool:
        """Whether any of them asks other machines."""
        return any(source.is_remote for source in self._sources)

    @property
    def is_partial(self) -> bool:
        """Whether any of them ended before all that was due had come."""
        return any(source.is_partial for source in self._sources)

    @property
    def rules(self) -> Mapping[str, int]:
        """The rules of all."""
        return {name: value for source in self._sources for name, value in source.rules.items()}

    @property
    def notes(self) -> Sequence[str]:
        """The notes of all."""
        notes = [note for source in self._sources for note in source.notes]
        if self._with_genres_of_tags:
            notes.append(f"The genres of {self._with_genres_of_tags:,} games are those that their tags name.")
        return notes

    def fetch(self, progress: Progress) -> None:
        """Have each of them fetch what it has.

        Raises:
            SourceError: If an input is missing or is not what it is taken for.
            DownloadError: If one cannot be had.
        """
        # Those that are at hand first: a mistake in their names shows before anything is asked for.
        for source in sorted(self._sources, key=lambda source: source.is_remote):
            source.fetch(progress)

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        """Return the records of all inputs if none has changed and none has come or gone, else None."""
        records: list[SourceRecord] = []
        for source in self._sources:
            same = source.unchanged(before, seen_at)
            if same is None:
                return None
            records += same
        return tuple(records) if len(records) == len(before) else None

    def games(self, progress: Progress) -> Iterator[CleanGame]:
        """Yield every app once, with what the first source that has it says, and the others know besides."""
        known: dict[int, CleanGame] = {}
        for source in self._sources:
            met: set[int] = set()
            for game in source.games(progress):
                if game.id in met:
                    continue  # of an app that comes again in one source the first counts
                met.add(game.id)
                first = known.get(game.id)
                known[game.id] = game if first is None else filled(first, game)
        for game in known.values():
            genres = () if game.genres or not game.listed else genres_in(game.tags)
            self._with_genres_of_tags += bool(genres)
            yield _WITH_GENRES.copy(game, genres) if genres else game

    def reviews(self, progress: Progress) -> Iterator[CleanReview]:
        """Yield the reviews of all."""
        return chain.from_iterable(source.reviews(progress) for source in self._sources)

    def libraries(self, progress: Progress) -> Iterator[LibraryColumns | AnonymousColumns]:
        """Yield the libraries of all."""
        return chain.from_iterable(source.libraries(progress) for source in self._sources)

    def inputs(self) -> tuple[InputRead, ...]:
        """Return what was read of all."""
        return tuple(read for source in self._sources for read in source.inputs())


def filled(game: CleanGame, other: CleanGame) -> CleanGame:
    """Return a game whose unknown lasting facts are filled from another row of the same app."""
    names = [name for name in _FILLED if not getattr(game, name)]
    if game.release_date is None and game.release_text is None:
        names += _RELEASE
    gaps = {name: getattr(other, name) for name in names if getattr(other, name)}
    return replace(game, **gaps) if gaps else game
