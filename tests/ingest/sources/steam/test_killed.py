"""Runs that are killed at many moments: nothing of what they kept is lost, and the next goes on."""

import multiprocessing
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ingest import IngestSettings, ingest
from ingest.sources.locations import steam_file
from ingest.sources.steam.kept import KeptFile
from ingest.sources.steam.kept.models import AppPage, AppState, KeptReview
from playground.steam import LocalSteam
from store import Database, dialect
from store.models import Game, RunOutcome
from tests.ingest.sources.steam.test_refresh import settings

pytestmark = pytest.mark.faults

MOMENTS = 20
CALLS_BETWEEN = 7
AGAIN = 4


def refresh(file: Path, asked: IngestSettings) -> None:
    ingest(Database(file), ["steam"], settings=asked)


def kept(file: Path) -> tuple[int, int, int]:
    """Count what is kept, of a sound file: apps that were listed, their pages, reviews."""
    with KeptFile(file).writer() as session:
        assert dialect.page_damage(session.connection()) is None
        apps, pages, reviews = (
            session.scalar(select(func.count()).select_from(model)) or 0
            for model in (AppState, AppPage, KeptReview)
        )
        return apps, pages, reviews


def games(database: Database) -> set[tuple[int, str | None, int | None]]:
    with database.reader() as session:
        return {(game.id, game.title, game.price_cents) for game in session.scalars(select(Game))}


def test_a_run_that_is_killed_time_and_again_gets_through_and_asks_little_twice(
    steam: LocalSteam, tmp_path: Path
) -> None:
    asked = settings(steam)
    whole = Database(tmp_path / "whole.sqlite3")
    assert ingest(whole, ["steam"], settings=asked).outcome is RunOutcome.APPLIED
    needed = len(steam.world.calls.of())
    steam.world.calls.forget()

    file = tmp_path / "nextplay.sqlite3"
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["ingest.sources.steam.source", "ingest.apply", "ingest.stage"])
    before = (0, 0, 0)
    killed = 0
    for moment in range(1, MOMENTS + 1):
        run = processes.Process(target=refresh, args=(file, asked))
        run.start()
        while run.is_alive() and len(steam.world.calls.of()) < moment * CALLS_BETWEEN:
            time.sleep(0.001)
        killed += run.is_alive()
        run.kill()
        run.join()
        if steam_file(file).exists():
            now = kept(steam_file(file))
            assert all(later >= earlier for earlier, later in zip(before, now, strict=True))
            before = now
    assert killed > MOMENTS / 2

    refresh(file, asked)
    # A run asks again for what was under way at the kill, for what has changed since (twice, as nothing has),
    # and for a few games that must be there.
    assert len(steam.world.calls.of()) <= needed + AGAIN * (MOMENTS + 1)
    database = Database(file)
    assert games(database) == games(whole)
    assert kept(steam_file(file)) == kept(steam_file(whole.file))
