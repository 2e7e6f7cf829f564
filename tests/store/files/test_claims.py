"""A claim is one process's at a time, and free again once that has ended, however it ended."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from store.database import Address
from store.files.claims import Claim
from tests.postgres import ON_A_SERVER
from tools.postgres_server import PostgresServer

HOLD = """
import sys
from store import Database
from store.database import Address
address = Address(sys.argv[2]) if sys.argv[2:] else None
claim = Database(sys.argv[1], user_data=address).user_data.claim("schedule")
print(claim.take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path, place: Address | None) -> Iterator[Database]:
    database = Database(tmp_path / "store.sqlite3", user_data=place)
    yield database
    database.close()


def claims(database: Database, name: str = "schedule") -> tuple[Claim, Claim]:
    """Return a claim as two processes see it."""
    return database.user_data.claim(name), database.user_data.claim(name)


def test_only_one_has_it(database: Database) -> None:
    first, second = claims(database)
    assert first.take()
    assert first.take(), "it is still its own"
    assert not second.take()
    first.release()
    assert second.take()
    assert not first.take()
    second.release()


def test_different_claims_do_not_know_each_other(database: Database) -> None:
    schedule, identify = database.user_data.claim("schedule"), database.user_data.claim("identify-0")
    assert schedule.take()
    assert identify.take()
    schedule.release()
    identify.release()


def test_what_is_not_ones_own_can_be_given_back_all_the_same(database: Database) -> None:
    first, second = claims(database)
    assert first.take()
    second.release()
    assert not second.take()
    first.release()


def test_it_is_free_once_its_process_was_killed(database: Database, place: Address | None) -> None:
    address = [] if place is None else [place.url.render_as_string(hide_password=False)]
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, database.file, *address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        claim = database.user_data.claim("schedule")
        assert not claim.take()
        holder.kill()
        holder.wait()
    assert any(claim.take() for _ in range(1_000))
    claim.release()


@ON_A_SERVER
def test_a_server_that_went_away_takes_it_from_its_holder(
    database: Database, postgres: PostgresServer
) -> None:
    first, second = claims(database)
    assert first.take()
    with postgres.connect() as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    assert not first.take()
    assert any(second.take() for _ in range(1_000))
    second.release()
