"""A refresh after few changes writes little, and leaves the store that a first ingest would make."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from ingest import IngestSettings, ingest, retrain
from recommender import TrainReport, train
from store import Database, queries
from store.models import RefreshRun
from store.runs import Progress, TimedStage
from tests.copies import NewStore
from tests.ingest.contents import OF_TRAINING, contents
from tests.ingest.raw_files import RawFolder, Record, game, item, owner, review, reviewer

pytestmark = pytest.mark.slow

FORCED = IngestSettings(force=True, processes=1)
APPS = range(10, 610, 10)
USERS = [f"user{number}" for number in range(12)]


@dataclass
class World:
    """What the three files say: games by id, minutes and reviews by user and app."""

    games: dict[int, Record] = field(default_factory=dict)
    owned: dict[str, dict[int, int]] = field(default_factory=dict)
    reviews: dict[str, dict[int, Record]] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        return RawFolder(
            folder,
            list(self.games.values()),
            [reviewer(user, *written.values()) for user, written in self.reviews.items()],
            [
                owner(user, *(item(app, minutes) for app, minutes in owned.items()))
                for user, owned in self.owned.items()
            ],
        ).write()


def usual_world() -> World:
    world = World()
    for app in APPS:
        number = app // 10
        world.games[app] = game(
            app,
            app_name=f"Quest of Legend {number}" if number % 3 else f"The Rise {number}: Dawn",
            price=float(number % 5),
            developer=["Valve", "Valve", "VALVE", "Other,Valve", "Third", None][number % 6],
            publisher="Big",
            genres=[["Action"], ["RPG", "Indie"], []][number % 3],
            tags=[["FPS", "Horror"], ["RPG"]][number % 2],
            specs=["Co-op"],
            release_date=["2000-11-01", "Jul 2010", "2015-02-03"][number % 3],
        )
    for number, user in enumerate(USERS):
        world.owned[user] = {APPS[(number * 7 + step) % 40]: 30 * step for step in range(8)}
        world.reviews[user] = {APPS[number]: review(APPS[number], "Great fun")}
    return world


Change = Callable[[World], None]
of_apps = st.sampled_from([*APPS[:6], *APPS[36:42], 777, 888])
of_users = st.sampled_from([*USERS[:4], "zoe"])
facts = st.sampled_from(
    [
        ("app_name", "Quest of Legend 1"),
        ("app_name", "A New Name"),
        ("app_name", "Quest of Legend 99: Soundtrack"),
        ("app_name", None),
        ("price", 12.5),
        ("price", None),
        ("developer", "VALVE"),
        ("developer", "Brand New,Third"),
        ("developer", None),
        ("publisher", "Small"),
        ("genres", ["RPG"]),
        ("genres", ["Never Seen"]),
        ("genres", []),
        ("tags", ["Horror", "FPS"]),
        ("tags", ["Sexual Content"]),
        ("specs", ["Downloadable Content"]),
        ("specs", []),
        ("release_date", "2016-01-01"),
        ("release_date", "Soon.."),
        ("sentiment", "Very Positive"),
        ("metascore", 80),
    ]
)


def fact(app: int, named: tuple[str, Any]) -> Change:
    def change(world: World) -> None:
        world.games[app] = game(app) | world.games.get(app, {}) | {named[0]: named[1]}

    return change


def withdrawn(app: int) -> Change:
    def change(world: World) -> None:
        world.games.pop(app, None)

    return change


def played(user: str, app: int, minutes: int) -> Change:
    return lambda world: world.owned.setdefault(user, {}).update({app: minutes})


def left(user: str) -> Change:
    def change(world: World) -> None:
        world.owned.pop(user, None)
        world.reviews.pop(user, None)

    return change


def written(user: str, app: int, words: str) -> Change:
    said = review(app, words, recommend=len(words) % 2 == 0)
    return lambda world: world.reviews.setdefault(user, {}).update({app: said})


changes = st.one_of(
    st.builds(fact, of_apps, facts),
    st.builds(withdrawn, of_apps),
    st.builds(played, of_users, of_apps, st.integers(0, 300)),
    st.builds(left, of_users),
    st.builds(written, of_users, of_apps, st.sampled_from(["good", "awful", "", "Great fun"])),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(nights=st.lists(st.lists(changes, min_size=1, max_size=3), min_size=1, max_size=4))
def test_nights_of_few_changes_leave_what_a_first_ingest_would(
    new_store: NewStore, tmp_path_factory: pytest.TempPathFactory, nights: list[list[Change]]
) -> None:
    folder = tmp_path_factory.mktemp("nights")
    world = usual_world()
    store = new_store(folder / "store.sqlite3")
    ingest(store, [world.write(folder / "files")], settings=FORCED)
    for number, night in enumerate(nights):
        for change in night:
            change(world)
        ingest(store, [world.write(folder / "files")], settings=FORCED)
        fresh = new_store(folder / f"fresh{number}.sqlite3")
        ingest(fresh, [folder / "files"], settings=FORCED)
        assert contents(store) == contents(fresh)
        with store.writer() as session:
            # Raises where the index over the names is not what they are.
            session.execute(text("INSERT INTO names_fts(names_fts, rank) VALUES ('integrity-check', 1)"))
        fresh.close()
    store.close()


@dataclass
class Training:
    """Training that counts how often it was done."""

    times: int = 0

    def __call__(self, session: Session, progress: Progress) -> TrainReport:
        self.times += 1
        return train(session, progress)


NOT_LEARNT_FROM = {"price", "publisher", "release_date"}
OTHER_VALUES = {
    "app_name": "A New Name",
    "price": 99.0,
    "developer": "Brand New",
    "publisher": "Small",
    "genres": ["Never Seen"],
    "tags": ["Horror", "FPS"],
    "specs": ["Solo"],
    "release_date": "2016-01-01",
    "sentiment": "Very Positive",
    "metascore": 80,
}


@pytest.mark.parametrize("fact", OTHER_VALUES)
def test_neighbours_are_learnt_again_only_where_what_they_are_learnt_from_differs(
    new_store: NewStore, tmp_path: Path, fact: str
) -> None:
    training, world, store = Training(), usual_world(), new_store(tmp_path / "store.sqlite3")
    ingest(store, [world.write(tmp_path / "files")], settings=FORCED, train=training)
    world.games[APPS[3]][fact] = OTHER_VALUES[fact]
    report = ingest(store, [world.write(tmp_path / "files")], settings=FORCED, train=training)
    assert report.changes.games.changed == 1
    assert ("neighbours" in report.kept) is (fact in NOT_LEARNT_FROM)
    assert training.times == (1 if fact in NOT_LEARNT_FROM else 2)
    kept = all_of_training(store)
    ingest(store, [tmp_path / "files"], settings=FORCED, train=training)
    retrain(store, training)
    assert all_of_training(store) == kept
    store.close()


def all_of_training(store: Database) -> dict[str, set[tuple[Any, ...]]]:
    with store.reader() as session:
        return {
            table: set(session.execute(text(f"SELECT * FROM {table}")).all())
            for table in (*OF_TRAINING, "similar_games")
        }


def test_data_that_were_not_trained_on_are_by_the_next_run(new_store: NewStore, tmp_path: Path) -> None:
    training, world, store = Training(), usual_world(), new_store(tmp_path / "store.sqlite3")
    ingest(store, [world.write(tmp_path / "files")], settings=FORCED, train=training)
    world.owned["user1"][999] = 60
    ingest(store, [world.write(tmp_path / "files")], settings=FORCED)
    world.games[APPS[3]]["price"] = 99.0
    ingest(store, [world.write(tmp_path / "files")], settings=FORCED, train=training)
    assert training.times == 2
    store.close()


def test_neighbours_that_were_learnt_in_a_run_of_their_own_stay_too(
    new_store: NewStore, tmp_path: Path
) -> None:
    training, world, store = Training(), usual_world(), new_store(tmp_path / "store.sqlite3")
    ingest(store, [world.write(tmp_path / "files")], settings=FORCED)
    retrain(store, training)
    world.games[APPS[3]]["price"] = 99.0
    report = ingest(store, [world.write(tmp_path / "files")], settings=FORCED, train=training)
    assert "neighbours" in report.kept
    assert training.times == 1
    store.close()


def test_a_run_says_what_it_left_as_it_was(new_store: NewStore, tmp_path: Path) -> None:
    world, store = usual_world(), new_store(tmp_path / "store.sqlite3")
    first = ingest(store, [world.write(tmp_path / "files")], settings=FORCED)
    assert first.kept == ()
    world.games[APPS[3]]["price"] = 99.0
    report = ingest(store, [world.write(tmp_path / "files")], settings=FORCED)
    assert {"game_stats", "ranked_games", "game_aliases"} <= set(report.kept)
    assert {"developer_years", "player_stats"}.isdisjoint(report.kept)
    assert "left as they were, since nothing that they are made of has changed: " in str(report)
    with store.reader() as session:
        (newest, *_) = queries.data_status(session).runs
    assert newest.counts["kept"] == list(report.kept)
    store.close()


def test_a_long_training_waits_until_enough_libraries_differ(new_store: NewStore, tmp_path: Path) -> None:
    training, world, store = Training(), usual_world(), new_store(tmp_path / "store.sqlite3")
    world.owned |= {f"other{number}": dict.fromkeys(APPS[:20], 60) for number in range(30)}
    refresh = partial(
        ingest, store, [tmp_path / "files"], settings=IngestSettings(processes=1), train=training
    )
    world.write(tmp_path / "files")
    refresh()
    with store.writer() as session:
        session.execute(update(RefreshRun).values(seconds={TimedStage.TRAINING: 60.0}))
    neighbours = all_of_training(store)

    changed = []
    for user in ("other1", "other2", "other3"):
        world.owned[user] |= dict.fromkeys(APPS[30:35], 60)
        world.write(tmp_path / "files")
        report = refresh()
        changed.append((training.times, report.notes != (), all_of_training(store) == neighbours))
    assert changed == [(1, True, True), (1, True, True), (2, False, False)]
    store.close()
