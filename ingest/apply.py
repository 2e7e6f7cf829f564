"""Bringing the store to what was staged: load, then summarize, in the caller's transaction."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from ingest.bulk_insert import table_of
from ingest.changes import ChangeCounts
from ingest.load import load
from ingest.runtime.aside import aside
from ingest.stage import Staged
from ingest.summarize import summarize
from ingest.summarize.aliases import known_games
from ingest.summarize.ownership import Ownership
from ingest.touched import Touched
from store.dialect import analyze
from store.files.database_file import skip_reference_check
from store.models import OwnedGame, Player
from store.runs import Progress, SilentProgress, Stage, Stopwatch, TimedStage


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying did.

    Attributes:
        changes: What changed.
        touched: Which parts of the data differ.
        kept: The tables of summaries that stayed, since nothing that they are made of differs.
    """

    changes: ChangeCounts
    touched: Touched
    kept: tuple[str, ...]


def apply(
    session: Session,
    staged: Staged,
    *,
    rewrite: bool = False,
    progress: Progress | None = None,
    watch: Stopwatch | None = None,
) -> Applied:
    """Bring the store to what was staged, within the caller's transaction.

    Rows that do not differ are not touched, nor summaries of what does not, unless `rewrite`.

    Args:
        session: A bulk writer's: rows refer to others that come later.
        staged: What the store is to hold.
        rewrite: Whether rows are written that need no change by what is remembered of them: after a change of
            the tables, or of what fills them, they may lack something all the same.
        progress: Follows the writing, and may raise to stop it.
        watch: Takes the seconds of each part.
    """
    progress = progress or SilentProgress()
    watch = watch or Stopwatch()
    connection = session.connection()
    with watch.stage(TimedStage.LOADING):
        ownership = Ownership(staged)
        known = known_games(connection)
        if rewrite or _is_empty(connection):
            with aside(ownership.compute_all) as computed:
                loaded = load(connection, staged, progress, rewrite=rewrite)
                computed.result()
        else:
            loaded = load(connection, staged, progress, rewrite=rewrite)
        if loaded.are_libraries_sound:
            skip_reference_check(session, OwnedGame.__tablename__)
    progress.start(Stage.SUMMARIZING, None, "rows")
    with watch.stage(TimedStage.SUMMARIES):
        kept = summarize(connection, staged, ownership, loaded, known)
        analyze(connection)
    progress.finish()
    return Applied(loaded.changes, loaded.touched, kept)


def _is_empty(connection: Connection) -> bool:
    """Return whether the store has no players, so that all libraries are written."""
    return connection.scalar(select(table_of(Player).c.id).limit(1)) is None
