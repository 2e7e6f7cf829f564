"""What loading finds out about references between tables by itself need not be checked again."""

from dataclasses import replace
from pathlib import Path
from sqlite3 import IntegrityError

import pytest

from ingest.load import Loaded, load
from ingest.score.scorer import Scorer
from ingest.settings import IngestSettings
from ingest.sources.locations import source_at
from ingest.stage import Staged, stage
from store import Database
from store.files.database_file import skip_reference_check
from store.models import OwnedGame
from store.runs import SilentProgress
from tests.ingest.raw_files import RawFolder


def staged_from(folder: Path) -> Staged:
    """Return what the files of a folder say."""
    source = source_at([folder], folder / "nextplay.sqlite3", IngestSettings())
    source.fetch(SilentProgress())
    with Scorer({}, processes=1) as scorer:
        staged = stage(source, scorer, progress=SilentProgress())
        staged.tones()
    return staged


def loaded(database: Database, staged: Staged) -> Loaded:
    """Load what was staged."""
    with database.writer(bulk=True) as session:
        return load(session.connection(), staged, SilentProgress(), rewrite=False)


def test_libraries_are_sound_where_the_store_has_their_games_and_players(
    world: RawFolder, database: Database
) -> None:
    assert loaded(database, staged_from(world.path)).are_libraries_sound


def test_a_library_of_a_game_that_the_store_lacks_is_refused(world: RawFolder, database: Database) -> None:
    staged = staged_from(world.path)
    owned = int(staged.libraries.game[0])
    lacking = replace(
        staged, games=[game for game in staged.games if game.id != owned], reviews=[], tones=list
    )
    with pytest.raises(IntegrityError, match="owned_games refers to one of games"):
        refresh_with(database, lacking)


def refresh_with(database: Database, staged: Staged) -> None:
    """Load as a refresh does, which leaves out of the check what is sound."""
    with database.writer(bulk=True) as session:
        if load(session.connection(), staged, SilentProgress(), rewrite=False).are_libraries_sound:
            skip_reference_check(session, OwnedGame.__tablename__)


def test_libraries_that_stay_as_they_are_are_left_to_the_check_of_all(
    world: RawFolder, database: Database
) -> None:
    staged = staged_from(world.path)
    assert loaded(database, staged).are_libraries_sound
    assert not loaded(database, staged).are_libraries_sound
