"""Whatever is in the files, a refresh ends with a sentence or with counts that add up."""

import gzip
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ingest import IngestSettings, RunReport, ingest
from store import Database, NextplayError
from store.models import Game, OwnedGame, Player, Reject, Review, RunOutcome, RunSource
from tests.ingest.contents import contents
from tests.ingest.raw_files import RawFolder, small_world

ROLES = ("games", "reviews", "items")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> RawFolder:
    raw = small_world(tmp_path_factory.mktemp("world"))
    raw.write()
    return raw


@pytest.fixture(scope="module")
def filled(world: RawFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = Database(tmp_path_factory.mktemp("filled") / "store.sqlite3")
    ingest(database, [world.path])
    database.close()
    return database.file


@st.composite
def spoilt(draw: st.DrawFn, content: bytes, others: list[bytes]) -> bytes:
    """Random bytes, or a valid file with bytes changed, cut off, or put in from another one."""
    kind = draw(st.sampled_from(["random", "flipped", "cut", "spliced", "doubled", "flipped inside"]))
    chance = random.Random(draw(st.integers(0, 2**32)))
    if kind == "random":
        return draw(st.binary(max_size=2_000))
    if kind == "flipped inside":
        inside = bytearray(gzip.decompress(content))
        for _ in range(chance.randint(1, 8)):
            inside[chance.randrange(len(inside))] = chance.randrange(256)
        return gzip.compress(bytes(inside)) if chance.random() < 0.5 else bytes(inside)
    if kind == "flipped":
        changed = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    at = chance.randrange(len(content) + 1)
    if kind == "cut":
        return content[:at]
    other = chance.choice(others)
    if kind == "spliced":
        return content[:at] + other[chance.randrange(len(other)) :]
    return content + other


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), role=st.sampled_from(ROLES), force=st.booleans())
def test_spoilt_files_give_a_sentence_or_counts_that_add_up(
    world: RawFolder, filled: Path, tmp_path: Path, data: st.DataObject, role: str, force: bool
) -> None:
    folder = tmp_path / "case"
    shutil.rmtree(folder, ignore_errors=True)
    source = Path(shutil.copytree(world.path, folder / "source"))
    file = source / world.files[role].name
    valid = [world.files[name].read_bytes() for name in ROLES]
    file.write_bytes(data.draw(spoilt(file.read_bytes(), valid)))
    database = Database(shutil.copy(filled, folder / "store.sqlite3"))
    database.upgrade()
    before = contents(database)
    try:
        report = ingest(database, [source], settings=IngestSettings(force=force))
    except NextplayError as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error)
        assert contents(database) == before
    else:
        counts_add_up(database, report)
    database.close()


def counts_add_up(database: Database, report: RunReport) -> None:
    """Check that what a run says it wrote, changed and refused is what the store has."""
    with database.reader() as session:

        def rows(model: type, *where: object) -> int:
            return session.scalar(select(func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]

        assert report.counts == {
            "games": rows(Game, Game.listed),
            "players": rows(Player),
            "owned_games": rows(OwnedGame),
            "reviews": rows(Review),
        }
        assert report.outcome in (RunOutcome.APPLIED, RunOutcome.UNCHANGED)
        if report.outcome is RunOutcome.APPLIED:
            rejected = session.scalar(
                select(func.sum(RunSource.rejected)).where(RunSource.run_id == report.run_id)
            )
            assert rejected == rows(Reject, Reject.run_id == report.run_id)
