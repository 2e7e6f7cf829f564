"""Several sources as one: which of them wins, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

import pytest

from ingest.clean.rows import CleanGame, CleanReview, CleanStorePage, LibraryColumns
from ingest.sources.combined import CombinedSource, filled
from ingest.sources.source import InputRead, InputRecord, InputState, Kind, SourceRecord
from store.models import GameKind
from store.runs import Progress, SilentProgress

BARE = CleanGame(1, None, False, GameKind.GAME)
FULL = CleanGame(
    id=1,
    title="Old name",
    listed=True,
    kind=GameKind.DLC,
    publisher="Valve",
    release_date=date(2011, 4, 18),
    release_year=2011,
    release_text="Apr 18, 2011",
    price_cents=999,
    early_access=True,
    metascore=95,
    steam_rating="Positive",
    developers=("Valve",),
    genres=("Action",),
    tags=("Puzzle",),
    specs=("Co-op",),
    page=CleanStorePage(currency="USD"),
    titles=(("spanish", "Nombre"),),
)
# What the first source does not know and a later one may be long wrong about, or has no say in.
OF_THE_FIRST = {"id", "listed", "kind", "price_cents", "early_access", "steam_rating", "page"}


@dataclass
class Shelf:
    """A source of what a test puts into it."""

    name: str
    games_now: Sequence[CleanGame] = ()
    written: Sequence[CleanReview] = ()
    owned: Sequence[LibraryColumns] = ()
    same: bool = True
    is_partial: bool = False
    is_remote: bool = False
    rules: Mapping[str, int] = field(default_factory=dict)
    notes: Sequence[str] = ()
    fetched: list[str] = field(default_factory=list)

    def fetch(self, progress: Progress) -> None:
        self.fetched.append(self.name)

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        known = before.get(self.name)
        return (SourceRecord(self.name, Kind.GAMES, known),) if known and self.same else None

    def games(self, progress: Progress) -> Iterator[CleanGame]:
        return iter(self.games_now)

    def reviews(self, progress: Progress) -> Iterator[CleanReview]:
        return iter(self.written)

    def libraries(self, progress: Progress) -> Iterator[LibraryColumns]:
        return iter(self.owned)

    def inputs(self) -> tuple[InputRead, ...]:
        return ()


def games(*shelves: Shelf) -> list[CleanGame]:
    return list(CombinedSource(shelves).games(SilentProgress()))


@pytest.mark.parametrize("name", [entry.name for entry in fields(CleanGame)])
def test_lasting_facts_that_the_first_source_lacks_come_from_the_next(name: str) -> None:
    wanted = BARE if name in OF_THE_FIRST else FULL
    assert getattr(filled(BARE, FULL), name) == getattr(wanted, name)


@pytest.mark.parametrize("name", [entry.name for entry in fields(CleanGame)])
def test_what_the_first_source_knows_stays(name: str) -> None:
    other = CleanGame(
        1, "Other", False, GameKind.GAME, "Other", date(2000, 1, 1), 2000, "2000", 1, genres=("Other",)
    )
    assert getattr(filled(FULL, other), name) == getattr(FULL, name)


def test_a_release_that_is_only_announced_is_not_dated_by_another_source() -> None:
    announced = CleanGame(1, "Soon", True, GameKind.GAME, release_text="Coming soon")
    assert filled(announced, FULL).release_date is None


def test_games_of_every_source_come_once() -> None:
    old = CleanGame(2, "Gone", True, GameKind.GAME)
    found = games(Shelf("a", [FULL]), Shelf("b", [BARE, old]))
    assert [game.title for game in found] == ["Old name", "Gone"]


def test_of_an_app_that_comes_again_in_one_source_the_first_counts() -> None:
    again = CleanGame(1, "Again", True, GameKind.GAME, metascore=50)
    first = CleanGame(1, "First", True, GameKind.GAME)
    assert games(Shelf("a", [first, again])) == [first]


def test_genres_that_nobody_has_are_those_that_tags_name() -> None:
    tagged = CleanGame(1, "Tagged", True, GameKind.GAME, tags=("Co-op", "Indie", "RPG"))
    source = CombinedSource([Shelf("a", [tagged])])
    (game,) = source.games(SilentProgress())
    assert game.genres == ("Indie", "RPG")
    assert source.notes == ["The genres of 1 games are those that their tags name."]


def test_reviews_and_libraries_are_of_all() -> None:
    review = CleanReview("ana", 1, True, None, False, 0, 0, 0, "Great")
    other = CleanReview("bob", 1, True, None, False, 0, 0, 0, "Good")
    library = LibraryColumns()
    source = CombinedSource([Shelf("a", written=[review]), Shelf("b", written=[other], owned=[library])])
    assert list(source.reviews(SilentProgress())) == [review, other]
    assert list(source.libraries(SilentProgress())) == [library]


def test_what_is_at_hand_is_looked_at_before_anything_is_asked_for() -> None:
    order: list[str] = []
    far, near = Shelf("far", is_remote=True, fetched=order), Shelf("near", fetched=order)
    CombinedSource([far, near]).fetch(SilentProgress())
    assert order == ["near", "far"]


@pytest.mark.parametrize(
    ("changed", "known", "expected"),
    [(False, "ab", True), (True, "ab", False), (False, "a", False), (False, "abc", False)],
)
def test_all_is_unchanged_if_every_input_is(changed: bool, known: str, expected: bool) -> None:
    record = InputRecord("there", InputState(1, 1, ""), 1, 0)
    source = CombinedSource([Shelf("a"), Shelf("b", same=not changed)])
    same = source.unchanged(dict.fromkeys(known, record), datetime.now().astimezone())
    assert (same is not None) is expected


def test_it_is_partial_if_any_is() -> None:
    assert CombinedSource([Shelf("a"), Shelf("b", is_partial=True)]).is_partial
    assert not CombinedSource([Shelf("a"), Shelf("b")]).is_partial
