"""A store that is refreshed while things go wrong, and what must hold of it whatever happens."""

import hashlib
import multiprocessing
import pickle
import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.refresh.request import RefreshRequest
from bot.refresh.run import refresh_store
from ingest import RunReport
from ingest.sample import write_sample
from store import Database, queries
from store.models import Base, Game, NameKind, Neighbours, OwnedGame, Player, RefreshRun, RunOutcome
from store.runs import Progress, SilentProgress
from store.scoring.item_index import load_item_index
from store.scoring.libraries import read_libraries

PLAYERS = 120

_NOTED = "contents.pickle"
_OF_RUNS = {"refresh_runs", "run_sources", "refusals", "rejects"}


@dataclass(frozen=True)
class Contents:
    """Everything a store says: a digest of each table and of the answers to some questions."""

    tables: Mapping[str, tuple[int, str]]
    answers: str


@dataclass(frozen=True)
class Scene:
    """A filled store, the files that it was filled from, newer ones, and what it says before and after."""

    folder: Path
    before: Contents
    after: Contents

    @property
    def old(self) -> Path:
        return self.folder / "old"

    @property
    def new(self) -> Path:
        return self.folder / "new"

    def copy_to(self, folder: Path) -> Database:
        """Return the filled store, copied into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        database = Database(shutil.copy(self.folder / "nextplay.sqlite3", folder))
        database.upgrade()
        return database


def write_scene(folder: Path) -> None:
    """Fill a store, and note what it says and what it would say after a refresh by the newer files."""
    write_sample(folder / "old", players=PLAYERS)
    write_sample(folder / "new", players=PLAYERS + 20, seed=7)
    database = Database(folder / "nextplay.sqlite3")
    refresh(database.file, folder / "old")
    before = contents(database)
    database.close()
    later = Database(shutil.copy(database.file, folder / "later.sqlite3"))
    refresh(later.file, folder / "new")
    after = contents(later)
    later.close()
    assert before != after
    (folder / _NOTED).write_bytes(pickle.dumps((before, after)))


def read_scene(folder: Path) -> Scene:
    """Return the scene that was written into a folder."""
    return Scene(folder, *pickle.loads((folder / _NOTED).read_bytes()))


def request_for(file: Path, source: Path) -> RefreshRequest:
    """Return the refresh of the store `file` from `source`, with its backups beside the store."""
    return RefreshRequest(
        database=file,
        sources=(str(source),),
        backup_folder=file.with_name("backups"),
        backups_kept=1,
        max_reject_percent=5.0,
        crawl_year=2016,
        anonymous_players=200_000,
    )


def refresh(file: Path, source: Path, progress: Progress | None = None) -> RunReport:
    """Do a whole refresh: ingest and training."""
    request = request_for(file, source)
    return refresh_store(request, request.sources, progress=progress or SilentProgress())


def libraries_fit_their_rows(session: Session) -> bool:
    """Return whether a library as a whole says what its rows say, of every player."""
    rows: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    owned = select(OwnedGame.player_id, OwnedGame.game_id, OwnedGame.minutes)
    for player, game, minutes in session.execute(owned.order_by(OwnedGame.player_id, OwnedGame.game_id)):
        rows[player].append((game, minutes))
    players = session.scalars(select(Player.id)).all()
    return all(
        list(zip(library.game_ids.tolist(), library.minutes.tolist(), strict=True)) == rows[player]
        for player, (_, library) in zip(players, read_libraries(session, players), strict=True)
    )


def contents(database: Database) -> Contents:
    """Read everything, and make sure that it is whole."""
    with database.reader(seconds=60) as session:
        assert session.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        tables = {}
        for table in Base.metadata.sorted_tables:
            if table.name not in _OF_RUNS:
                rows = session.execute(select(table).order_by(*table.primary_key.columns)).all()
                tables[table.name] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
        games = set(session.scalars(select(Game.id)))
        item_index = load_item_index(session).ids
        assert set(item_index.tolist()) <= games
        neighbours = session.execute(select(Neighbours.game_id, Neighbours.neighbour_indices)).all()
        assert sorted(game for game, _indices in neighbours) == item_index.tolist()
        assert all(np.all(np.frombuffer(indices, "<i4") < len(item_index)) for _, indices in neighbours)
        status = queries.data_status(session)
        counted = status.counts
        assert counted.players == tables["players"][0]
        assert counted.owned_games == tables["owned_games"][0]
        assert counted.reviews == tables["reviews"][0]
        assert libraries_fit_their_rows(session)
        answers: list[Any] = [
            queries.developer(session, "Valve").as_dict(),
            queries.developer_reviews_analysis(session, "Valve").as_dict(),
            queries.user_for_genre(session, "Action").as_dict(),
            queries.userdata(session, "sample_player_007").as_dict(),
            queries.best_developer_year(session, 2014).as_dict(),
            queries.sentiment_analysis(session, 2014).as_dict(),
            queries.recommend_game(session, "Portal 2").as_dict(),
            queries.recommend_user(session, "sample_player_007").as_dict(),
            queries.complete(session, NameKind.GAME, "portl"),
        ]
    return Contents(tables, repr(answers))


def runs(database: Database) -> list[tuple[RunOutcome, str | None]]:
    """Return how each run ended and why, oldest first."""
    with database.reader() as session:
        rows = session.execute(select(RefreshRun.outcome, RefreshRun.error).order_by(RefreshRun.id))
        return [(outcome, error) for outcome, error in rows]


def processes() -> ForkServerContext:
    """Return what starts a process in milliseconds: it forks one that has imported everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.bot.faults.preloaded"])
    return context
