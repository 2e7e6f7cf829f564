"""Optimisations of questions: the p99 of those that read most, warm, in a process of their own."""

import random
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from benchmarks.ablation.variants import Figures, Optimisation, named, replacing
from benchmarks.measuring import unwatched
from benchmarks.queries import cases, measure
from bot.gc_tuning import freeze_startup_objects
from store import Database
from store.dialect import Prepared
from store.models import OwnedGame, Player
from store.queries import compare
from store.scoring import item_index, members, preferences, weights
from store.scoring.libraries import Library
from store.scoring.members import Member

SAMPLES = 150
# The p99 of each of these; of all other queries the median of their p99s.
SHOWN = ("recommend_user", "recommend_group, eight players", "game")


def _none_precomputed(_session: Session, _games: object, members: Sequence[Member]) -> list[None]:
    return [None for _ in members]


def _libraries_from_rows(session: Session, players: Sequence[int]) -> list[tuple[str, Library]]:
    found = []
    for player in players:
        owner = session.scalars(select(Player.user_id).where(Player.id == player)).one()
        rows = session.execute(
            select(OwnedGame.game_id, OwnedGame.minutes)
            .where(OwnedGame.player_id == player)
            .order_by(OwnedGame.game_id)
        ).all()
        games, minutes = (np.array(column) for column in zip(*rows, strict=True)) if rows else ((), ())
        found.append((owner, Library(np.asarray(games, np.int32), np.asarray(minutes, np.float64))))
    return found


def _never_shared(
    _connection: Connection, _name: Hashable, _state: object, compute: Callable[[Connection], Any]
) -> Any:
    return compute(_connection)


def _by_sqlalchemy(
    prepared: Prepared[*tuple[Any, ...]], connection: Connection, parameters: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(prepared.statement, parameters)]


OPTIMISATIONS = (
    Optimisation(
        "precomputed scores of large libraries",
        replacing((preferences, "load_precomputed_scores", _none_precomputed)),
    ),
    Optimisation(
        "packed libraries (rows)",
        replacing(*((module, "read_libraries", _libraries_from_rows) for module in (compare, members))),
    ),
    Optimisation(
        "weights shared by all sessions",
        replacing((item_index, "shared_cached", _never_shared), (weights, "shared_cached", _never_shared)),
    ),
    Optimisation(
        "statements put to the driver itself (SQLAlchemy)", replacing((Prepared, "all", _by_sqlalchemy))
    ),
)
NAMES = [optimisation.name for optimisation in OPTIMISATIONS]


def measurer(store: Path, _folder: Path) -> Callable[[str], Figures]:
    """Return what asks `store` without one optimisation."""

    def measure_without(name: str) -> Figures:
        return Figures(unwatched(asked, store, name))

    return measure_without


def asked(store: Path, name: str) -> dict[str, float]:
    """Return milliseconds: the p99 of each query of `SHOWN`, and the median p99 of all."""
    data = Database(store)
    with data.reader(seconds=600) as session:
        prepared = list(cases(session, SAMPLES, random.Random(1)))
    freeze_startup_objects()
    with named(OPTIMISATIONS, name):
        worst = {case.name: float(np.percentile(measure(data, case)[:, 0], 99)) for case in prepared}
    data.close()
    figures = {f"{query}, p99 ms": worst[query] for query in SHOWN}
    return figures | {"median p99 of all queries, ms": float(np.median(list(worst.values())))}
