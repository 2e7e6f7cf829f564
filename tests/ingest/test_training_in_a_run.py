"""Training is part of the run that brings its data."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ingest import (
    ingest,
    retrain,
)
from store import Database
from store.models import (
    OwnedGame,
    Player,
    RunOutcome,
)
from store.runs import Progress
from tests.ingest.raw_files import RawFolder, item, owner
from tests.ingest.recorded_runs import count, last_run

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Trained:
    games: int
    notes: tuple[str, ...] = ()


def test_training_happens_in_the_transaction_of_the_data(world: RawFolder, database: Database) -> None:
    def train(session: Session, progress: Progress) -> Trained:
        assert session.execute(select(func.count()).select_from(OwnedGame)).scalar_one() == 5
        with database.reader() as reader:
            assert reader.execute(select(func.count()).select_from(OwnedGame)).scalar_one() == 0
        return Trained(7)

    report = ingest(database, [world.path], train=train)
    assert report.counts["neighbours"] == 7
    assert last_run(database).action == "refresh"


def test_unchanged_files_that_were_not_trained_on_are_trained_on(
    world: RawFolder, database: Database
) -> None:
    ingest(database, [world.path])
    times: list[int] = []

    def train(session: Session, progress: Progress) -> Trained:
        times.append(1)
        return Trained(7)

    assert ingest(database, [world.path], train=train).outcome is RunOutcome.APPLIED
    assert ingest(database, [world.path], train=train).outcome is RunOutcome.UNCHANGED
    assert times == [1]


def test_training_alone_is_a_run_too(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])

    def train(session: Session, progress: Progress) -> Trained:
        return Trained(7)

    report = retrain(database, train)
    assert dict(report.counts) == {"games": 4, "players": 4, "owned_games": 5, "reviews": 3, "neighbours": 7}
    assert last_run(database).action == "train"
    assert ingest(database, [world.path], train=train).outcome is RunOutcome.UNCHANGED


def test_when_training_fails_the_old_data_stay(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    world.items.append(owner("eve", item(10)))

    def train(session: Session, progress: Progress) -> Trained:
        raise RuntimeError("out of luck")

    with pytest.raises(RuntimeError, match="out of luck"):
        ingest(database, [world.write()], train=train)
    assert count(database, Player) == 4
    assert last_run(database).outcome is RunOutcome.FAILED
    assert last_run(database).error == "RuntimeError: out of luck"
