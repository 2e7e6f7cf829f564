"""Making the store say what was staged: load, then summarize, in the caller's transaction."""

from sqlalchemy.orm import Session

from ingest.bulk_insert import create_indexes, drop_indexes
from ingest.changes import ChangeCounts
from ingest.load import load
from ingest.stage import Staged
from ingest.summarize import clear_summaries, summarize
from store.dialect import analyze, rebuild_name_search
from store.models import (
    DeveloperReviewYear,
    GameDeveloper,
    GameGenre,
    GameSpec,
    GameTag,
    Name,
    Player,
    Review,
)
from store.runs import Progress, SilentProgress, Stage, Stopwatch, TimedStage

# The tables that a refresh fills and that queries reach by a secondary index.
_INDEXED = (Player, Review, GameDeveloper, GameGenre, GameSpec, GameTag, DeveloperReviewYear, Name)


def apply(
    session: Session,
    staged: Staged,
    *,
    anew: bool = False,
    progress: Progress | None = None,
    watch: Stopwatch | None = None,
) -> ChangeCounts:
    """Make the store say what `staged` says, within the caller's transaction.

    Rows that do not differ are not touched unless `anew`; summaries and names are written anew.

    Args:
        session: A bulk writer's: rows refer to others that come later.
        staged: What the store shall say.
        anew: Whether rows are written that need no change by what is remembered of them: after a change of
            the tables, or of what fills them, they may lack something all the same.
        progress: Follows the writing, and may raise to stop it.
        watch: Takes the seconds of each part.

    Returns:
        What changed.
    """
    progress = progress or SilentProgress()
    watch = watch or Stopwatch()
    connection = session.connection()
    with watch.stage(TimedStage.LOADING):
        drop_indexes(connection, _INDEXED)
        clear_summaries(connection)
        loaded = load(connection, staged, progress, anew=anew)
    progress.start(Stage.SUMMARIZING, None, "rows")
    with watch.stage(TimedStage.SUMMARIES):
        summarize(connection, staged, loaded.players)
    with watch.stage(TimedStage.INDEXES):
        create_indexes(connection, _INDEXED)
        rebuild_name_search(connection)
        analyze(connection)
    progress.finish()
    return loaded.changes
