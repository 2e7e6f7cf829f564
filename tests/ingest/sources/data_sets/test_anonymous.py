"""People without names are learnt from, and are nobody whom anything here could show."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ingest import IngestSettings, ingest
from ingest.clean.rows import AnonymousColumns
from ingest.rejects import Refusal
from ingest.stage.anonymous import AnonymousSample
from recommender.training import train
from store import Database, queries
from store.models import AnonymousLibrary, Game, Name, NameKind, Player
from store.runs import RefusedUnit, SilentProgress
from tests.ingest.sources.data_sets.sets import (
    RECOMMENDATIONS,
    RECOMMENDED_GAMES,
    fronkon,
    opened,
    write_keyed,
    write_table,
)


def recommendation(user: int | str, app: int, hours: float = 2.5, said: str = "True") -> dict[str, str]:
    """A row of `recommendations.csv`."""
    return {
        "app_id": str(app),
        "helpful": "0",
        "funny": "0",
        "date": "2022-12-12",
        "is_recommended": said,
        "hours": str(hours),
        "user_id": str(user),
        "review_id": "7",
    }


def game(app: int) -> dict[str, str]:
    """A row of `games.csv`."""
    return {"app_id": str(app), "title": f"Game {app}", "date_release": "2022-05-06", "price_final": "9.99"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two games that three people own, and one that one of these owns too."""
    path = tmp_path / "kaggle"
    path.mkdir()
    write_table(path / "games.csv", RECOMMENDED_GAMES, map(game, (10, 20, 30)))
    rows = [recommendation(user, app) for user in (1, 2, 3) for app in (10, 20)]
    write_table(path / "recommendations.csv", RECOMMENDATIONS, [*rows, recommendation(1, 30, 0.0, "False")])
    return path


def count(session: Session, model: type) -> int:
    """How many rows a table has."""
    return session.scalar(select(func.count()).select_from(model)) or 0


def columns_of(file: Path) -> tuple[AnonymousColumns, Mapping[Refusal, int]]:
    """All rows of a file, and what was refused of it."""
    source = opened(file)
    whole = AnonymousColumns()
    for part in source.libraries(SilentProgress()):
        assert isinstance(part, AnonymousColumns)
        for name in ("people", "games", "minutes", "recommends"):
            getattr(whole, name).extend(getattr(part, name))
    [read] = source.inputs()
    return whole, read.refusals


def test_rows_are_numbers_of_a_person_a_game_minutes_and_a_word(tmp_path: Path) -> None:
    rows = [recommendation(51580, 975370, 36.3), recommendation(9, 10, 0.0, "False"), recommendation(9, 20)]
    columns, _refused = columns_of(write_table(tmp_path / "x.csv", RECOMMENDATIONS, rows))
    assert (columns.games.tolist(), columns.minutes.tolist()) == ([975370, 10, 20], [2178, 0, 150])
    assert columns.recommends.tolist() == [1, 0, 1]
    assert columns.people[0] != columns.people[1] == columns.people[2]
    assert 51580 not in columns.people


def test_a_row_that_is_not_as_it_should_be_spoils_itself_alone(tmp_path: Path) -> None:
    sound = [recommendation(user, 10) for user in range(200)]
    odd = [recommendation(7, 0), recommendation("", 10), recommendation("1.2E+16", 10)]
    odd.append(recommendation(7, 20, float("nan"), "maybe"))
    columns, refused = columns_of(write_table(tmp_path / "x.csv", RECOMMENDATIONS, [*sound, *odd]))
    assert len(columns.games) == 201
    assert (columns.minutes[-1], columns.recommends[-1]) == (0, -1)
    assert sum(count for kind, count in refused.items() if kind.unit is RefusedUnit.LINE) == 3


@pytest.mark.slow
def test_rows_read_the_same_at_once_and_one_by_one(tmp_path: Path) -> None:
    # Two batches and more: the header is known from the second on, which is then read at once.
    rows = [recommendation(user, 10 + user, user % 1000 / 10) for user in range(60_000)]
    at_once, _refused = columns_of(write_table(tmp_path / "a.csv", RECOMMENDATIONS, rows))
    one_by_one, refused = columns_of(write_table(tmp_path / "b.csv", RECOMMENDATIONS, with_odd_rows(rows)))
    assert sum(refused.values()) > 2
    for name in ("people", "games", "minutes", "recommends"):
        assert getattr(at_once, name) == getattr(one_by_one, name)


def with_odd_rows(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The same rows with one that cannot be used behind each thousand."""
    odd = recommendation(1, -5)
    return [row for at in range(0, len(rows), 1000) for row in (*rows[at : at + 1000], odd)]


def test_they_are_nobody_whom_a_command_an_answer_or_an_export_could_show(
    folder: Path, database: Database
) -> None:
    report = ingest(database, [folder])
    assert dict(report.counts) == {
        "games": 3, "players": 0, "owned_games": 0, "reviews": 0, "anonymous_libraries": 3
    }  # fmt: skip
    with database.reader() as session:
        assert count(session, Player) == 0
        assert session.scalars(select(Name).where(Name.kind == NameKind.PLAYER)).all() == []
        assert count(session, AnonymousLibrary) == 3
        assert queries.data_status(session).counts.players == 0
        assert set(session.scalars(select(AnonymousLibrary.id))) == {1, 2, 3}


def test_training_learns_from_them_what_goes_together(folder: Path, database: Database) -> None:
    ingest(database, [folder], train=train)
    with database.reader() as session:
        assert queries.recommend_game(session, "Game 10")[0].game.id == 20
        assert session.get_one(Game, 30).title == "Game 30"


def test_a_catalogue_alone_fills_a_store_that_answers(tmp_path: Path, database: Database) -> None:
    games = {app: fronkon(name=f"Harbor {app}", genres=["Indie"]) for app in range(10, 15)}
    report = ingest(database, [write_keyed(tmp_path / "any.json", games)], train=train)
    assert report.counts["games"] == 5
    with database.reader() as session:
        assert queries.recommend_game(session, "Harbor 10")
        assert queries.provenance(session).dates.as_of == date(2024, 10, 21)


def test_none_are_kept_where_none_are_wanted(folder: Path, database: Database) -> None:
    ingest(database, [folder], settings=IngestSettings(most_anonymous=0))
    with database.reader() as session:
        assert count(session, AnonymousLibrary) == 0


def rows_of(libraries: Mapping[int, Iterable[int]]) -> list[tuple[int, int]]:
    return [(person, app) for person, apps in libraries.items() for app in apps]


def row(person: int, app: int, minutes: int = 1) -> AnonymousColumns:
    part = AnonymousColumns()
    part.people.append(person)
    part.games.append(app)
    part.minutes.append(minutes)
    part.recommends.append(1)
    return part


def sampled(rows: Sequence[tuple[int, int]], most: int) -> list[list[int]]:
    sample = AnonymousSample(most)
    for person, app in rows:
        sample.add(row(person, app))
    kept = sample.libraries()
    return (
        [part.tolist() for part in np.split(kept.games, np.cumsum(kept.sizes)[:-1])]
        if len(kept.sizes)
        else []
    )


@given(
    libraries=st.dictionaries(
        st.integers(0, 2**64 - 1), st.sets(st.integers(1, 2**31 - 1), min_size=2, max_size=4), max_size=8
    ),
    most=st.integers(0, 9),
    seed=st.integers(),
)
def test_a_sample_is_of_whole_libraries_in_whichever_order_the_rows_come(
    libraries: dict[int, set[int]], most: int, seed: int
) -> None:
    rows = rows_of(libraries)
    random.Random(seed).shuffle(rows)
    expected = [sorted(libraries[person]) for person in sorted(libraries)[:most]]
    assert sampled(rows, most) == expected


def test_a_game_that_comes_twice_counts_once_and_a_single_game_not_at_all() -> None:
    assert sampled([(1, 10), (1, 10), (2, 20), (3, 30), (3, 10)], 9) == [[10, 30]]


@pytest.mark.parametrize("minutes", [(5, 70), (70, 5)])
def test_of_a_game_that_comes_twice_the_most_minutes_count(minutes: tuple[int, int]) -> None:
    sample = AnonymousSample(9)
    for part in (row(1, 10, minutes[0]), row(1, 20), row(1, 10, minutes[1])):
        sample.add(part)
    assert sample.libraries().minutes.tolist() == [70, 1]
