"""The walk of docs/scale.md: a store is published while people of eight shards ask, and nobody notices."""

import sqlite3
from contextlib import closing
from itertools import groupby, product
from pathlib import Path

import pytest

from store import Database
from tools.postgres_server import PostgresServer
from tools.scale_walk import COMMANDS, LIKED, SHARDS, STEADY, walk


@pytest.fixture
def builder(sample_store: Database, tmp_path: Path) -> Path:
    """The folder of a machine that builds, with the sample in its store."""
    folder = tmp_path / "builder"
    folder.mkdir()
    with (
        closing(sqlite3.connect(sample_store.file)) as source,
        closing(sqlite3.connect(folder / "nextplay.sqlite3")) as copy,
    ):
        source.backup(copy)
    return folder


@pytest.mark.faults
async def test_every_command_is_answered_from_one_whole_store_or_the_other(
    builder: Path, postgres: PostgresServer, tmp_path: Path
) -> None:
    steps: list[str] = []
    address = postgres.new_database().url.render_as_string(hide_password=False)
    asked = await walk(builder, tmp_path, address, steps.append)
    assert asked.failed == []
    assert set(asked.replies) == set(product(range(SHARDS), COMMANDS))
    assert len([step for step in steps if "The data are renewed" in step]) == 2
    for command in STEADY:
        # Both processes give the same reply from either store, and no shard has an old one after a new one.
        given = [list(map(first, groupby(asked.replies[shard, command]))) for shard in range(SHARDS)]
        assert all(replies == given[0] for replies in given)
        assert len(given[0]) == 2
    assert all(LIKED in taste for taste in asked.tastes)


def first(group: tuple[str, object]) -> str:
    return group[0]
