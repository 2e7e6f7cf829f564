"""What is precomputed for those who own very many games is what a question would compute."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

import recommender
from store import Database, DatabaseUnavailable, queries
from store.models import PrecomputedScores
from store.queries import Filters
from tests.copies import NewStore
from tests.recommender.worlds import catalogue, fill, two_tastes

ANN, BEN, CLEO = "player1", "player2", "player3"
EVERYBODY = 120


@pytest.fixture(scope="module")
def trained(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store in which everybody has precomputed scores. Read only."""
    database = new_store(tmp_path_factory.mktemp("trained") / "nextplay.sqlite3")
    with database.writer() as session:
        fill(session, two_tastes(EVERYBODY), catalogue())
        recommender.train(session, precompute_from=6)
    database.close()
    return database.file


@pytest.fixture
def precomputed(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A store whose players' six games each are many."""
    monkeypatch.setattr("store.scoring.preferences.PRECOMPUTED_FROM", 6)
    database = Database(shutil.copy(trained, tmp_path))
    yield database
    database.close()


def _answers(session: Session) -> list[object]:
    return [
        queries.recommend_user(session, ANN),
        queries.recommend_user(session, BEN, discovery="hidden gems"),
        queries.recommend_user(session, CLEO, 20, filters=Filters(with_add_ons=True)),
        queries.recommend_group(session, [ANN, BEN, CLEO], 20),
    ]


def test_answers_are_those_of_computing_the_scores(precomputed: Database) -> None:
    with precomputed.reader() as session:
        assert session.scalar(select(func.count()).select_from(PrecomputedScores)) == EVERYBODY
        before = _answers(session)
    with precomputed.writer() as session:
        session.execute(delete(PrecomputedScores))
    with precomputed.reader() as session:
        assert _answers(session) == before


def test_answers_come_from_what_is_precomputed(precomputed: Database) -> None:
    with precomputed.writer() as session:
        of_ben = select(PrecomputedScores.is_positive, PrecomputedScores.scores).where(
            PrecomputedScores.player_id == 2
        )
        is_positive, scores = session.execute(of_ben).one()
        session.execute(update(PrecomputedScores).values(is_positive=is_positive, scores=scores))
    with precomputed.reader() as session:
        [puzzles] = {entry.game.title.split()[0] for entry in queries.recommend_user(session, ANN, 3)}
    assert puzzles == "Puzzle"


@pytest.mark.parametrize("damage", [{"is_positive": b""}, {"scores": b"?"}, {"scores": b""}])
def test_what_does_not_fit_together_is_told_with_the_remedy(
    precomputed: Database, damage: dict[str, bytes]
) -> None:
    with precomputed.writer() as session:
        session.execute(update(PrecomputedScores).values(damage))
    with precomputed.reader() as session, pytest.raises(DatabaseUnavailable, match="`nextplay train`"):
        queries.recommend_user(session, ANN)
