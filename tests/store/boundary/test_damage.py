"""Whatever bytes of a store are damaged, a question is answered or refused by a sentence."""

import os
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

import pytest

from benchmarks.queries import Call, cases
from store import Database, StoreError
from store.errors import DatabaseUnavailable
from store.files.health import FileInUse, SoundnessCheck, check_writing
from store.models import Base
from tests.copies import copy_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def calls(sample_store: Database) -> Sequence[Call]:
    """Every query that a command asks, with a few names of the data."""
    with sample_store.reader() as session:
        return [call for case in cases(session, 3, random.Random(1)) for call in case.calls]


@pytest.fixture
def copy(sample_store: Database, tmp_path: Path) -> Database:
    """A store for one test, as one file, all of whose pages are its own."""
    return copy_of(sample_store, tmp_path / "damaged.sqlite3")


def flip(file: Path, bits: random.Random, count: int) -> None:
    """Flip bits anywhere behind the first page, without which a file is no database."""
    with file.open("r+b") as stream:
        size = stream.seek(0, 2)
        for _ in range(count):
            at = bits.randrange(4096, size)
            stream.seek(at)
            (byte,) = stream.read(1)
            stream.seek(at)
            stream.write(bytes([byte ^ (1 << bits.randrange(8))]))


def unforeseen(database: Database, calls: Sequence[Call]) -> list[str]:
    """Ask everything; return what was raised that is no sentence."""
    raised = []
    for call in calls:
        try:
            with database.reader() as session:
                call(session)
        except StoreError:
            continue
        except Exception as error:  # what must not happen, whatever it is
            raised.append(repr(error))
    database.close()
    return raised


@pytest.mark.parametrize("flips", [20, 500])
@pytest.mark.parametrize("seed", range(8))
def test_bits_that_flip_cost_answers_and_nothing_else(
    copy: Database, calls: Sequence[Call], seed: int, flips: int
) -> None:
    flip(copy.file, random.Random(seed), flips)
    assert unforeseen(copy, calls) == []


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_an_end_that_is_missing_costs_answers_and_nothing_else(
    copy: Database, calls: Sequence[Call], kept: float
) -> None:
    with copy.file.open("r+b") as stream:
        stream.truncate(int(copy.file.stat().st_size * kept))
    assert unforeseen(copy, calls) == []


def test_pages_that_are_zeroed_cost_answers_and_nothing_else(copy: Database, calls: Sequence[Call]) -> None:
    pages = random.Random(1)
    with copy.file.open("r+b") as stream:
        size = stream.seek(0, 2)
        for _ in range(20):
            stream.seek(pages.randrange(1, size // 4096) * 4096)
            stream.write(bytes(4096))
    assert unforeseen(copy, calls) == []
    with pytest.raises(DatabaseUnavailable, match="is damaged"):
        SoundnessCheck(copy).run()


def test_a_sound_file_passes_and_stays_as_it_is(copy: Database) -> None:
    before = copy.file.read_bytes()
    SoundnessCheck(copy).run()
    check_writing(copy)
    assert copy.file.read_bytes() == before


def test_a_check_that_was_stopped_says_nothing(copy: Database) -> None:
    with copy.file.open("r+b") as stream:
        stream.seek(8192)
        stream.write(bytes(65536))
    check = SoundnessCheck(copy)
    check.stop()
    check.run()


def test_a_file_that_another_writes_is_told_from_one_that_cannot_be_written(copy: Database) -> None:
    other = Database(copy.file)
    with other.writer(), pytest.raises(FileInUse):
        check_writing(copy)
    other.close()


# Of other types and sizes than any column has.
ODD_VALUES = (None, "x", b"\x01\x02\x03", -1, 2**62, 1e308, float("inf"), "{", "")


@pytest.mark.parametrize("seed", range(8))
def test_values_that_do_not_fit_their_column_cost_answers_and_nothing_else(
    copy: Database, calls: Sequence[Call], seed: int
) -> None:
    choose = random.Random(seed)
    with closing(sqlite3.connect(copy.file)) as connection:
        for _ in range(12):
            table = choose.choice([*Base.metadata.tables])
            column = choose.choice([*Base.metadata.tables[table].columns]).name
            some = f"SELECT {column} FROM {table} LIMIT {choose.choice([1, 10, 10_000])}"
            change = f"UPDATE {table} SET {column} = ? WHERE {column} IN ({some})"
            with suppress(sqlite3.IntegrityError):  # what SQLite itself refuses was never stored
                connection.execute(change, (choose.choice(ODD_VALUES),))
        connection.commit()
    assert unforeseen(copy, calls) == []


def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "store.sqlite3")
    store = Database(tmp_path / "store.sqlite3")
    with pytest.raises(DatabaseUnavailable, match="no regular file"):
        SoundnessCheck(store).run()
    with pytest.raises(DatabaseUnavailable, match="no regular file"):
        check_writing(store)


def test_a_schema_that_is_no_text_is_a_sentence_for_whoever_opens_it(copy: Database) -> None:
    content = copy.file.read_bytes()
    copy.file.write_bytes(content.replace(b"CREATE TABLE games (", b"CREATE TABLE g\xff\x83es ("))
    for use in (copy.reader, copy.writer):
        with pytest.raises(DatabaseUnavailable, match="restore a backup"), use():
            pass
    with pytest.raises(DatabaseUnavailable, match="restore a backup"):
        copy.upgrade()
