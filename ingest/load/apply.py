"""One pass over all tables, in the caller's transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.bulk_insert import create_indexes, drop_indexes
from ingest.changes import ChangeCounts
from ingest.load.catalogue import write_catalogue
from ingest.load.libraries import remove_players, write_libraries, write_players
from ingest.load.reviews import write_reviews
from ingest.runtime.progress import ProgressSink, SilentProgress
from ingest.runtime.timing import Stopwatch
from ingest.score.scorer import text_digest
from ingest.stage import Known, Staged
from ingest.summarize import clear_summaries, write_summaries
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

# The tables that a refresh fills and that questions reach by an index beside the primary key.
_INDEXED = (Player, Review, GameDeveloper, GameGenre, GameSpec, GameTag, DeveloperReviewYear, Name)


def known(session: Session) -> Known:
    """Return what the store knows that staging need not work out again."""
    rows = session.execute(select(Review.text, Review.sentiment_score))
    return Known({text_digest(text): score for text, score in rows})


def apply(
    session: Session,
    staged: Staged,
    *,
    progress: ProgressSink | None = None,
    watch: Stopwatch | None = None,
) -> ChangeCounts:
    """Make the store say what `staged` says, within the caller's transaction, and return what changed.

    Rows that do not differ are not touched; summaries and names are written anew.
    """
    progress = progress or SilentProgress()
    watch = watch or Stopwatch()
    connection = session.connection()
    changes = ChangeCounts()
    with watch.stage("loading"):
        drop_indexes(connection, _INDEXED)
        clear_summaries(connection)
        gone = remove_players(connection, staged.players)
        changes.games = write_catalogue(connection, staged.games)
        players = write_players(connection, staged.players)
        changes.players = players.change
        changes.owned_games = write_libraries(connection, staged.libraries, players, progress)
        user_ids = (player.user_id for player in staged.players)
        player_ids = dict(zip(user_ids, players.ids.tolist(), strict=True))
        changes.reviews = write_reviews(connection, staged.reviews, staged.scores, player_ids)
        for change, number in zip((changes.players, changes.owned_games, changes.reviews), gone, strict=True):
            change.gone += number
    progress.start("Summarizing", None, "rows")
    with watch.stage("summaries"):
        write_summaries(connection, staged, players.ids)
    with watch.stage("indexes"):
        create_indexes(connection, _INDEXED)
        rebuild_name_search(connection)
        analyze(connection)
    progress.finish()
    return changes
