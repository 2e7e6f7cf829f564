"""A refresh in a process of its own: the real ingest and training, while the bot serves."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.refresh.process import COMMAND, ChildRefresher
from bot.refresh.request import RefreshRequest
from ingest.sample import write_sample
from ingest.sources.download import PUBLISHED
from recommender import train
from recommender.model.hybrid import ModelSettings
from store import Database, queries
from store.backup import list_backups
from store.models import RunOutcome
from store.scoring.item_index import load_item_index
from store.scoring.weights import preload_weights
from tests.bot.conftest import Serve
from tests.ingest.sources.download.host import Host, Served, serving

pytestmark = pytest.mark.slow


@pytest.fixture
def source(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template / "source", tmp_path / "source"))


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Iterator[Database]:
    database = Database(shutil.copy(template / "nextplay.sqlite3", tmp_path))
    database.upgrade()
    yield database
    database.close()


def refresher_of(database: Database, source: Path) -> ChildRefresher:
    return ChildRefresher(request_of(database, source))


def request_of(database: Database, source: Path) -> RefreshRequest:
    return RefreshRequest(
        database.file,
        (str(source),),
        backup_folder=database.file.with_name("backups"),
        backups_kept=2,
        max_reject_percent=5.0,
        crawl_year=2016,
        anonymous_players=200_000,
    )


async def test_a_refresh_fills_a_store_that_did_not_exist(source: Path, tmp_path: Path) -> None:
    database = Database(tmp_path / "new.sqlite3")
    job = await refresher_of(database, source).start("42")
    assert (await job.result()).outcome is RunOutcome.APPLIED
    with database.reader() as session:
        status = queries.data_status(session)
        assert queries.recommend_game(session, "Portal 2", 3)
    assert (status.counts.players, status.runs[0].started_by) == (40, "42")


async def test_a_refresh_of_unchanged_files_says_so(database: Database, source: Path) -> None:
    job = await refresher_of(database, source).start("42")
    assert (await job.result()).outcome is RunOutcome.UNCHANGED


async def test_older_data_are_backed_up_before_others_replace_them(database: Database, source: Path) -> None:
    refresher = refresher_of(database, source)
    write_sample(source, players=60)
    for outcome in (RunOutcome.APPLIED, RunOutcome.UNCHANGED):
        assert (await (await refresher.start("42")).result()).outcome is outcome
    (backup,) = list_backups(database.file.with_name("backups"))
    with Database(backup.path).reader() as session:
        assert queries.data_status(session).counts.players == 40
    with database.reader() as session:
        assert queries.data_status(session).counts.players == 60


async def test_a_drop_stops_the_refresh_unless_it_is_forced(database: Database, source: Path) -> None:
    refresher = refresher_of(database, source)
    write_sample(source, players=20)
    refused = await (await refresher.start("42")).result()
    assert refused.outcome is RunOutcome.FAILED
    assert refused.error is not None
    assert "run it again with the option force" in refused.error
    forced = await (await refresher.start("42", force=True)).result()
    assert forced.outcome is RunOutcome.APPLIED
    assert forced.changes["players"].gone == 20
    assert forced.neighbours


@pytest.fixture
def host(source: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A host that has the raw files at /steam, under the names of the published ones."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as host:
        for file in PUBLISHED:
            (raw,) = source.glob(f"*{file.name.removeprefix('australian_')}")
            host.files[f"/steam/{file.name}"] = Served(raw.read_bytes(), etag=f'"{file.name}"')
        yield host


async def test_a_source_may_be_an_address_that_is_asked_only_for_what_is_new(
    host: Host, tmp_path: Path
) -> None:
    database = Database(tmp_path / "new" / "nextplay.sqlite3")
    refresher = ChildRefresher(replace(request_of(database, tmp_path), sources=(host.url("/steam"),)))
    assert (await (await refresher.start("42")).result()).outcome is RunOutcome.APPLIED
    assert (await (await refresher.start("42")).result()).outcome is RunOutcome.UNCHANGED
    assert [asked.headers["If-None-Match"] is not None for asked in host.asked] == [False] * 3 + [True] * 3
    host.files.clear()
    failed = await (await refresher.start("42")).result()
    assert failed.outcome is RunOutcome.FAILED
    assert failed.error is not None
    assert "/steam/steam_games.json.gz could not be downloaded" in failed.error
    with database.reader() as session:
        status = queries.data_status(session)
    assert status.counts.players == 40
    assert (status.runs[0].outcome, status.runs[0].error) == (RunOutcome.FAILED, failed.error)


async def test_a_refresh_whose_bot_is_gone_ends_and_leaves_the_data(database: Database, source: Path) -> None:
    write_sample(source, players=60)
    reading, writing = os.pipe()
    child = await asyncio.create_subprocess_exec(*COMMAND, stdin=asyncio.subprocess.PIPE, stdout=writing)
    os.close(writing)
    os.close(reading)
    await child.communicate(request_of(database, source).to_json().encode())
    assert child.returncode == 1
    with database.reader() as session:
        assert queries.data_status(session).counts.players == 40


async def test_missing_files_are_a_sentence_and_leave_the_data(database: Database, source: Path) -> None:
    shutil.rmtree(source)
    result = await (await refresher_of(database, source).start("42")).result()
    assert result.outcome is RunOutcome.FAILED
    assert result.error is not None
    assert str(source) in result.error
    with database.reader() as session:
        assert queries.data_status(session).counts.players == 40


async def test_a_refresh_that_is_stopped_leaves_the_data_and_says_so(
    database: Database, source: Path
) -> None:
    write_sample(source, players=60)
    refresher = refresher_of(database, source)
    job = await refresher.start("42")
    while job.progress is None or job.progress.stage == "starting":
        assert refresher.running is job
        await asyncio.sleep(0.01)
    await refresher.stop()
    assert (await job.result()).outcome is RunOutcome.CANCELLED
    with database.reader() as session:
        status = queries.data_status(session)
    assert status.counts.players == 40
    assert status.runs[0].outcome is RunOutcome.CANCELLED


async def test_a_running_bot_serves_what_an_admin_refreshed(
    serve: Serve, database: Database, source: Path
) -> None:
    served = await serve(database, refresher=refresher_of(database, source))
    before = await served.member.ask("/userdata", player="sample_player_055")
    assert before.content.startswith("No player is called")
    write_sample(source, players=60)
    reply = await served.admin.slash("/admin refresh")
    assert "Started by" in reply.text
    # While the other process works, everybody is answered.
    assert (await served.member.ask("/developer", name="Valve")).embeds
    while "Started by" in reply.text:
        await reply.changed(timeout=300)
    described = reply.embeds[0]["description"]
    assert "The data are renewed" in described
    assert "**players**: 20 new" in described
    assert "neighbours worked out for" in described
    after = await served.member.ask("/userdata", player="sample_player_055")
    assert after.embeds[0]["title"] == "sample\\_player\\_055"


@pytest.mark.usefixtures("own_collector")
async def test_the_weights_are_read_ahead_at_the_start_and_after_whoever_has_refreshed(
    database: Database, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_ahead: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def keep(session: Session) -> None:
        preload_weights(session)
        loop.call_soon_threadsafe(read_ahead.put_nowait, load_item_index(session).state)

    monkeypatch.setattr("bot.background.preload_weights", keep)
    served = await serve(database, poll_seconds=0.02)
    staying = asyncio.create_task(served.bot.background.keep_warm())
    async with asyncio.timeout(20):
        before = await read_ahead.get()
        elsewhere = Database(database.file)
        with elsewhere.writer() as session:
            await asyncio.to_thread(train, session, settings=ModelSettings(per_game=3))
        elsewhere.close()
        while await read_ahead.get() == before:
            pass
    staying.cancel()
