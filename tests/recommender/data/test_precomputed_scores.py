"""What is kept for those who own very many games is what a question would work out."""

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

import recommender
from store import Database, DatabaseUnavailable, queries
from store.models import PrecomputedScores
from store.queries import Filters
from tests.recommender.worlds import catalogue, fill, two_tastes

ANN, BEN, CLEO = "player1", "player2", "player3"
EVERYBODY = 120


@pytest.fixture
def kept(store: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A store whose players' six games each are many."""
    monkeypatch.setattr("store.scoring.preferences.PRECOMPUTED_FROM", 6)
    with store.writer() as session:
        fill(session, two_tastes(EVERYBODY), catalogue())
        recommender.train(session, precompute_from=6)
    return store


def _answers(session: Session) -> list[object]:
    return [
        queries.recommend_user(session, ANN),
        queries.recommend_user(session, BEN, discovery="hidden gems"),
        queries.recommend_user(session, CLEO, 20, filters=Filters(with_add_ons=True)),
        queries.recommend_group(session, [ANN, BEN, CLEO], 20),
    ]


def test_answers_are_those_of_working_it_out(kept: Database) -> None:
    with kept.reader() as session:
        assert session.scalar(select(func.count()).select_from(PrecomputedScores)) == EVERYBODY
        before = _answers(session)
    with kept.writer() as session:
        session.execute(delete(PrecomputedScores))
    with kept.reader() as session:
        assert _answers(session) == before


def test_answers_come_from_what_is_kept(kept: Database) -> None:
    with kept.writer() as session:
        of_ben = select(PrecomputedScores.is_positive, PrecomputedScores.scores).where(
            PrecomputedScores.player_id == 2
        )
        is_positive, scores = session.execute(of_ben).one()
        session.execute(update(PrecomputedScores).values(is_positive=is_positive, scores=scores))
    with kept.reader() as session:
        [puzzles] = {entry.game.title.split()[0] for entry in queries.recommend_user(session, ANN, 3)}
    assert puzzles == "Puzzle"


@pytest.mark.parametrize("damage", [{"is_positive": b""}, {"scores": b"?"}, {"scores": b""}])
def test_what_does_not_fit_together_is_told_with_the_way_out(
    kept: Database, damage: dict[str, bytes]
) -> None:
    with kept.writer() as session:
        session.execute(update(PrecomputedScores).values(damage))
    with kept.reader() as session, pytest.raises(DatabaseUnavailable, match="`nextplay train`"):
        queries.recommend_user(session, ANN)
